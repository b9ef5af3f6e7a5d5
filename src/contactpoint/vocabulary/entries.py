"""The ways in which a concept may be written: its labels, and spellings that are as good."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from contactpoint.vocabulary.model import Label, LabelKind
from contactpoint.vocabulary.normalise import normalise, tokenise

_QUALIFIER: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_ABBREVIATION: Final = re.compile(r"([^\W_]{1,7}[^\W\d_a-z])(?:['’]?[a-z]{1,2})?")
_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_BRITISH: Final = (
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("labour", "labor"),
)
_MERGED_TAGS: Final = {"no": "nb", "nn": "nb", "iw": "he"}


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One way in which a concept may be written: a label, or a spelling made from one.

    `concept` is the concept's id, `None` for a false friend: an expression that swallows a label
    and means nothing. `made_by` is the reason code of the step that made this spelling, empty for
    the label itself.
    """

    concept: str | None
    scheme: str
    label: Label
    language: str
    plain: tuple[str, ...]
    folded: tuple[str, ...]
    capitals: int
    made_by: str = ""

    @property
    def kind(self) -> LabelKind:
        return self.label.kind

    @classmethod
    def spelt(
        cls,
        text: str,
        made_by: str,
        label: Label,
        concept: str | None,
        scheme: str = "",
    ) -> Entry:
        """The entry for one of a label's spellings."""
        tokens = tokenise(text)
        return cls(
            concept, scheme, label, primary(label.language),
            tuple(token.plain for token in tokens), tuple(token.folded for token in tokens),
            capitals_of(text) if concept is not None else 0, made_by,
        )  # fmt: skip


def primary(tag: str) -> str:
    """The language alone of a tag such as `nl-BE`; Norwegian is `nb`."""
    tag = tag.lower().replace("_", "-").partition("-")[0]
    return _MERGED_TAGS.get(tag, tag)


def capitals_of(text: str) -> int:
    """How many letters at a label's beginning are an abbreviation; 0 for an ordinary label.

    `LOI` is 3, and so are its plurals `LOI's` and `LOIs`, and `VoT`; `EU law` is 0.
    """
    match = _ABBREVIATION.fullmatch(text)
    if match is None or sum(sign.isupper() for sign in match[1]) < 2:
        return 0
    return len(match[1])


def spellings(text: str, language: str) -> Iterator[tuple[str, str]]:
    """A label's text, and others as good: (text, reason code of the step or empty)."""
    yield text, ""
    bare = _QUALIFIER.sub("", text) if text[-1:] in ")] " else text
    if bare and bare != text:
        yield bare, "qualifier"
    plain = normalise(bare or text)
    if language == "de" and plain.translate(_GERMAN) != plain:
        yield plain.translate(_GERMAN), "spelling"
    if language == "en":
        for one, other in _BRITISH:
            for here, there in ((one, other), (other, one)):
                if here in plain:
                    yield plain.replace(here, there), "spelling"
