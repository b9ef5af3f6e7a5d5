"""Words of a text as they are compared: cut and folded as the vocabulary does, in one pass.

Two forms of each word are kept, as in `contactpoint.vocabulary.normalise`: *plain* (small letters,
accents kept) is what stemmers know, *folded* (no accents) is what is indexed as the surface.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from contactpoint.vocabulary.normalise import HYPHENS, Cut, cut, pieces

LONGEST: Final = 100
"""Characters of a word that count: engines refuse words of many thousands."""
_MOST_KEPT: Final = 1 << 16
_LONGEST_KEPT: Final = 40
_ONE_HYPHEN: Final = frozenset(HYPHENS)
_HYPHEN: Final = re.compile(f"[{re.escape(HYPHENS)}]")
_BETWEEN_THOUSANDS: Final = frozenset(".,\u066c \u00a0\u2009\u202f")
_THOUSANDS: Final = re.compile(rf"\d[{''.join(_BETWEEN_THOUSANDS)}]\d{{3}}(?!\w)")
_THREE: Final = 3
_MOST_OF_THREE: Final = 4
"""Groups of digits in a number; longer rows are those of a table."""


class Word(NamedTuple):
    """A word in its two forms. Neither holds a space; both are empty for what is no word."""

    plain: str
    folded: str


class _Digits(dict[int, int | str]):
    """For `str.translate`: digits of any script become those of ASCII; signs go, as `¼` has one."""

    def __missing__(self, sign: int) -> int | str:
        letter = chr(sign)
        digit = unicodedata.decimal(letter, None)
        is_kept = letter.isalnum() or unicodedata.category(letter)[0] == "M"
        self[sign] = str(digit) if digit is not None else sign if is_kept else ""
        return self[sign]


_DIGITS: Final = _Digits()


class _Words(dict[str, Word]):
    """Words by how they are written; filled as they come, emptied when there are too many."""

    def __missing__(self, raw: str) -> Word:
        piece = pieces(raw)[0]
        word = Word(_bare(piece.plain), _bare(piece.folded))
        if len(raw) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[raw] = word
        return word


class _Folded(dict[str, str]):
    """The same for the folded form alone."""

    def __missing__(self, raw: str) -> str:
        folded = _words[raw].folded
        if len(raw) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[raw] = folded
        return folded


_words: Final = _Words()
_folded: Final = _Folded()


def _bare(text: str) -> str:
    is_bare = text.isascii() and text.isalnum()
    return (text if is_bare else text.translate(_DIGITS))[:LONGEST]


def word_of(raw: str) -> Word:
    """The two forms of one word as it is written."""
    return _words[raw]


def surfaces(text: str) -> list[str]:
    """The folded words of a text, in order; digits of all scripts are written 0 to 9."""
    return list(filter(None, map(_folded.__getitem__, cut(text).raws)))


def plain_words(text: str) -> list[str]:
    """The same words with their accents, one for each of `surfaces`."""
    return [word.plain for word in map(_words.__getitem__, cut(text).raws) if word.folded]


class Joined(NamedTuple):
    """Words with a hyphen between them, as one: `re-admission` is `readmission`. So is a number
    with its thousands apart: `580,800`, `580.800` and `580 800` are `580800`.

    `first` and `last` count the words of the text from 0, both included.
    """

    first: int
    last: int
    start: int
    end: int
    plain: str


def joined(text: str, words: Cut | None = None) -> list[Joined]:
    """Words that hyphens join, and digits of one number, each run of them as one word; places in
    `surfaces`, offsets too.

    With `words` only of these words of the text, among which places count.
    """
    has_hyphens = _HYPHEN.search(text) is not None
    has_thousands = _THOUSANDS.search(text) is not None
    if not (has_hyphens or has_thousands):
        return []
    raws, starts, ends = cut(text) if words is None else words
    places = [place for place, raw in enumerate(raws) if _folded[raw]]
    gaps = [text[ends[one] : starts[other]] for one, other in pairwise(places)]
    runs = list(_hyphened(gaps)) if has_hyphens else []
    if has_thousands:
        runs += _thousands([_folded[raws[place]] for place in places], gaps)
    found: list[Joined] = []
    for first, last in sorted(runs):
        plain = "".join(_words[raws[one]].plain for one in places[first : last + 1])[:LONGEST]
        found.append(Joined(first, last, starts[places[first]], ends[places[last]], plain))
    return found


def _hyphened(gaps: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first and the last word of each run, by what stands between words."""
    first = 0
    for last, gap in enumerate((*gaps, "")):
        if gap not in _ONE_HYPHEN:
            if last > first:
                yield first, last
            first = last + 1


def _thousands(words: Sequence[str], gaps: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The same for numbers: up to three digits, then groups of three, parted by one sign."""
    first = 0
    while first < len(words):
        last = first
        while (
            last < len(gaps)
            and gaps[last] in _BETWEEN_THOUSANDS
            and gaps[last] == gaps[first]
            and len(words[last + 1]) == _THREE
            and words[last + 1].isdigit()
        ):
            last += 1
        begins = words[first].isdigit() and len(words[first]) <= _THREE
        if begins and words[first][0] != "0" and 0 < last - first <= _MOST_OF_THREE:
            yield first, last
        first = max(last, first + 1) if not begins else last + 1
