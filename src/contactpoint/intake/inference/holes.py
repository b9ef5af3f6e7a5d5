"""Sentences with a hole: where the text of a link was lost when the listing was saved.

Two marks are sure: a capitalised word that begins sentences in mid-sentence before a small letter
(“launched This new website …”), and a word that can't stand before a full stop (“available on .”).
A stray space before punctuation and quotation marks that don't pair are weaker, and told apart.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from contactpoint.intake.phrases import Phrases, phrases

_CONTEXT: Final = 40
_EMPTY: Final = re.compile(r"\(\s*\)|[“«\"]\s*[”»]|\[\s*\]")
_STRAY: Final = re.compile(r"\w (?=[.,;:!?](?:\s|$))")
# French sets a space before these on purpose.
_STRAY_FRENCH: Final = re.compile(r"\w (?=[.,](?:\s|$))")


@dataclass(frozen=True, slots=True)
class Hole:
    """Something was lost at `position`; `before` and `after` are the words around it."""

    position: int
    before: str
    after: str


@cache
def _patterns(found: Phrases) -> tuple[re.Pattern[str], re.Pattern[str]]:
    openers = "|".join(found.openers)
    dangling = "|".join(found.dangling)
    spaced = "|".join((*found.dangling, *found.dangling_before_space))
    return (
        re.compile(rf"(?<=[^\W\d_A-Z)])\)? (?=(?:{openers}) [^\W\d_A-Z]\w)"),
        re.compile(rf"\b(?:(?:{dangling}) ?|(?:{spaced}) )(?=[.,;:!?](?:\s|$))"),
    )


def holes(text: str, language: str) -> list[Hole]:
    """Sure holes of a cleaned text, in order."""
    opener, dangling = _patterns(phrases(language))
    ends = [match.end() for match in opener.finditer(text) if not _quoted(text, match.end())]
    ends += [match.end() for match in dangling.finditer(text)]
    ends += [match.start() for match in _EMPTY.finditer(text)]
    return [_hole(text, end) for end in sorted(set(ends))]


def stray_spaces(text: str, language: str) -> list[Hole]:
    """Places with a space before punctuation that are no sure hole."""
    pattern = _STRAY_FRENCH if language.startswith("fr") else _STRAY
    sure = {hole.position for hole in holes(text, language)}
    found = (_hole(text, match.end()) for match in pattern.finditer(text))
    return [hole for hole in found if hole.position not in sure]


def unpaired_quotes(text: str) -> bool:
    """Whether a quotation opens and never closes, or closes and never opened."""
    plain, opening, closing = text.count('"'), text.count("“"), text.count("”")
    if text.count("«") != text.count("»"):
        return True
    # An old editor often turned only one of a pair into a typographic mark.
    return (plain + opening + closing) % 2 == 1 and "„" not in text


def _quoted(text: str, position: int) -> bool:
    """Inside a quotation a title may begin with a capital."""
    before = text[:position]
    return (before.count('"') + before.count("“") + before.count("”")) % 2 == 1 or before.count(
        "«"
    ) > before.count("»")


def _hole(text: str, position: int) -> Hole:
    before = text[:position].rstrip()
    after = text[position:].lstrip()
    return Hole(position, _last(before), _first(after))


def _last(text: str) -> str:
    return text if len(text) <= _CONTEXT else text[-_CONTEXT:].split(" ", 1)[-1]


def _first(text: str) -> str:
    return text if len(text) <= _CONTEXT else text[:_CONTEXT].rsplit(" ", 1)[0]
