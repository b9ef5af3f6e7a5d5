"""Words of a text as they are compared: cut and folded as the vocabulary does, in one pass.

Two forms of each word are kept, as in `contactpoint.vocabulary.normalise`: *plain* (small letters,
accents kept) is what stemmers know, *folded* (no accents) is what is indexed as the surface.
"""

import re
import unicodedata
from typing import Final, NamedTuple

from contactpoint.vocabulary.normalise import HYPHENS, Cut, cut, pieces

LONGEST: Final = 100
"""Characters of a word that count: engines refuse words of many thousands."""
_MOST_KEPT: Final = 1 << 16
_LONGEST_KEPT: Final = 40
_ONE_HYPHEN: Final = frozenset(HYPHENS)
_HYPHEN: Final = re.compile(f"[{re.escape(HYPHENS)}]")


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
    """Words with a hyphen between them, as one: `re-admission` is `readmission`.

    `first` and `last` count the words of the text from 0, both included.
    """

    first: int
    last: int
    start: int
    end: int
    plain: str


def joined(text: str, words: Cut | None = None) -> list[Joined]:
    """Words that hyphens join, each run of them as one word; places in `surfaces`, offsets too.

    With `words` only of these words of the text, among which places count.
    """
    if _HYPHEN.search(text) is None:
        return []
    raws, starts, ends = cut(text) if words is None else words
    places = [place for place, raw in enumerate(raws) if _folded[raw]]
    found: list[Joined] = []
    first = 0
    for last, place in enumerate(places):
        goes_on = last + 1 < len(places) and (
            text[ends[place] : starts[places[last + 1]]] in _ONE_HYPHEN
        )
        if goes_on:
            continue
        if last > first:
            run = [_words[raws[one]].plain for one in places[first : last + 1]]
            plain = "".join(run)[:LONGEST]
            found.append(Joined(first, last, starts[places[first]], ends[place], plain))
        first = last + 1
    return found
