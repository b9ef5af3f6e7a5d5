"""Reads a file from outside in a process of its own, so that nothing it does can hurt this one.

The other side is `child`: it limits its own time and memory before it reads a byte, may open no
file and no connection, and answers with plain JSON.
"""

from __future__ import annotations

import json
from tempfile import TemporaryFile
from typing import Any, Final

from contactpoint.vocabulary.apart import CrashedError, GivenUpError, run_apart
from contactpoint.vocabulary.model import (
    Definition,
    Label,
    Note,
    Scheme,
    VocabularyConcept,
    VocabularyError,
)

MOST_SECONDS: Final = 60
"""Of CPU. EuroVoc whole takes about ten as RDF/XML, the slowest."""
MOST_MEMORY: Final = 2 * 1024**3
_MOST_WAITING: Final = 5 * MOST_SECONDS
_LONGEST_ANSWER: Final = MOST_MEMORY
_CHILD: Final = "contactpoint.vocabulary.formats.child"


def read_guarded(data: bytes, name: str, format_name: str, scheme_id: str | None) -> Scheme:
    """As `Format.read`, in another process."""
    arguments = [format_name, name, scheme_id or "", str(MOST_SECONDS), str(MOST_MEMORY)]
    with TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        try:
            said = run_apart(_CHILD, arguments, file, waiting=_MOST_WAITING, most=_LONGEST_ANSWER)
            answer = json.loads(said)
        except (GivenUpError, CrashedError, ValueError) as error:
            raise _too_much(name) from error
    if "error" in answer:
        raise VocabularyError(answer["error"])
    return from_plain(answer)


def _too_much(name: str) -> VocabularyError:
    return VocabularyError(
        f"{name} takes more than {MOST_SECONDS} seconds or {MOST_MEMORY // 2**30} GB to read, and "
        "was given up. Split it, or convert it with a tool of your own and look what is in it."
    )


def to_plain(scheme: Scheme) -> dict[str, Any]:
    """The scheme as lists and texts, which JSON can hold."""
    return {
        "scheme": [scheme.id, scheme.version, scheme.uri],
        "labels": [_label(label) for label in scheme.labels],
        "other": scheme.other,
        "concepts": [_concept(concept) for concept in scheme.concepts.values()],
    }


def from_plain(plain: dict[str, Any]) -> Scheme:
    """The scheme that `to_plain` was given."""
    slug, version, uri = plain["scheme"]
    concepts = [_plain_concept(one) for one in plain["concepts"]]
    return Scheme(
        id=slug,
        version=version,
        concepts={concept.id: concept for concept in concepts},
        labels=tuple(Label(*one) for one in plain["labels"]),
        uri=uri,
        other=tuple((one[0], one[1], one[2]) for one in plain["other"]),
    )


def _label(label: Label) -> list[str]:
    return [label.text, label.language, label.kind, label.variant]


def _concept(one: VocabularyConcept) -> list[Any]:
    return [
        [one.id, one.uri, one.status, one.replaced_by, one.notation],
        [_label(label) for label in one.labels],
        [[each.text, each.language, each.source, each.context] for each in one.definitions],
        [[each.text, each.language, each.kind] for each in one.notes],
        [one.broader, one.narrower, one.related, one.exact_matches, one.close_matches],
        one.other,
    ]


def _plain_concept(plain: list[Any]) -> VocabularyConcept:
    (slug, uri, status, replaced_by, notation), labels, definitions, notes, relations, other = plain
    broader, narrower, related, exact, close = map(tuple, relations)
    return VocabularyConcept(
        id=slug,
        uri=uri,
        labels=tuple(Label(*each) for each in labels),
        definitions=tuple(Definition(*each) for each in definitions),
        broader=broader,
        narrower=narrower,
        related=related,
        exact_matches=exact,
        close_matches=close,
        status=status,
        replaced_by=replaced_by,
        notation=notation,
        notes=tuple(Note(*each) for each in notes),
        other=tuple((each[0], each[1]) for each in other),
    )
