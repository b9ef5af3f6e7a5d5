"""The shapes of a vocabulary: schemes, concepts and labels, as SKOS names them.

They hold no behaviour beyond look-up, so that a web application, a command line and a test
can build them from whatever they have (a file, a database) and get the same matching.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

LabelKind = Literal["preferred", "alternative", "hidden"]
NoteKind = Literal["note", "scope", "editorial", "history", "change", "example"]
Status = Literal["proposed", "approved", "deprecated"]


class VocabularyError(ValueError):
    """A vocabulary can't be read or used. The message says where, what, and the mend."""


@dataclass(frozen=True, slots=True)
class Label:
    """One name of a concept in one language (`language` is a lower-case BCP 47 tag, e.g. `nl`).

    `variant` is empty, or says whose usage it is: a country (`AT`, `LU`) or `EU acquis`."""

    text: str
    language: str
    kind: LabelKind = "preferred"
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a concept means, in one language, with the source that says so (empty if unstated).

    `context` is empty, or where the meaning holds: `global` or `EU`."""

    text: str
    language: str
    source: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a concept; `kind` says which of SKOS's documentation properties it is."""

    text: str
    language: str
    kind: NoteKind = "note"


@dataclass(frozen=True, slots=True)
class VocabularyConcept:
    """One SKOS concept. `broader`, `narrower` and `related` hold concept ids of the same scheme;
    `exact_matches` and `close_matches` hold addresses in other vocabularies. `other` keeps what a
    file says beyond this model, as (predicate, object) in N-Triples, so that nothing is lost."""

    id: str
    uri: str = ""
    labels: tuple[Label, ...] = ()
    definitions: tuple[Definition, ...] = ()
    broader: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    exact_matches: tuple[str, ...] = ()
    close_matches: tuple[str, ...] = ()
    status: Status = "approved"
    replaced_by: str = ""
    notation: str = ""
    notes: tuple[Note, ...] = ()
    other: tuple[tuple[str, str], ...] = ()

    def label(self, language: str = "en") -> str:
        """Preferred label in `language`, else in English, else in any, else the id.

        One that all use goes before a national variant."""
        preferred: dict[str, str] = {}
        national: dict[str, str] = {}
        for label in self.labels:
            if label.kind == "preferred":
                (national if label.variant else preferred).setdefault(label.language, label.text)
        preferred = {**national, **preferred}
        return (
            preferred.get(language)
            or preferred.get("en")
            or next(iter(preferred.values()), "")
            or self.id
        )


@dataclass(frozen=True, slots=True)
class Scheme:
    """A concept scheme in one version. `concepts` maps concept id to concept, in file order.

    `other` keeps statements of the file that are about no concept, as (subject, predicate, object)
    in N-Triples."""

    id: str
    version: str = ""
    concepts: Mapping[str, VocabularyConcept] = field(default_factory=dict)
    labels: tuple[Label, ...] = ()
    uri: str = ""
    other: tuple[tuple[str, str, str], ...] = ()
