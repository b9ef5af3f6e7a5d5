"""Text to comparable words, without losing where each word stands in the original.

Two forms of each word are kept. *Plain* is Unicode's NFKC with case folded and invisible marks
(soft hyphen, joiners, Arabic vowel signs, tatweel) removed; an Arabic hamza behind the yeh that
ends a word stands on it, as it should. *Folded* also drops accents. Nothing is ever compared by
offset in a changed text: words are cut from the original first.

Apostrophes are read by what stands before them: an elided word of French, Italian, Irish or
Maltese is a word of its own (`d'asile`), in Cyrillic and Armenian the sign is part of the word, and
a short tail is an ending (`LOI's`, `EMN'nin`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

_INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060\ufeff\u064b-\u065f\u0670\u0640"
)
_STRIP: Final = re.compile(f"[{_INVISIBLE}]+")
# Keyboards make it easier to write it beside its yeh, with dots or without.
_HAMZA_BESIDE: Final = re.compile(r"[\u064a\u0649\u06cc]\u0621(?!\w)")
_HAMZA_ON_YEH: Final = "\u0626"
APOSTROPHES: Final = "'’‘ʼʹ`´＇"
HYPHENS: Final = "-‐‑‒–—−"
# A word, its combining marks and invisible joiners; with apostrophes inside.
_WORD: Final = rf"[^\W_]+(?:[\u0300-\u036f\u0483-\u0487{_INVISIBLE}]+[^\W_]*)*"
WORDS: Final = re.compile(rf"{_WORD}(?:[{APOSTROPHES}]{_WORD})*")
_AROUND_WORDS: Final = re.compile(f"({WORDS.pattern})")
# The same where no mark stands in the text and apostrophes are looked at afterwards.
_AROUND_LETTERS: Final = re.compile(r"(\w+)")
_MARKED: Final = re.compile(f"[\u0300-\u036f\u0483-\u0487{_INVISIBLE}_]")
_APOSTROPHE: Final = re.compile(f"[{APOSTROPHES}]")
_ONE_APOSTROPHE: Final = frozenset(APOSTROPHES)
# Letters that Unicode does not take apart into base and accent.
_LETTERS: Final = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i",
        "ŧ": "t", "ŋ": "n", "ə": "e", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي",
        "ې": "ي", "ۍ": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ؤ": "و", "ئ": "ي",
    }
)  # fmt: skip
_ELIDED: Final = frozenset(
    [
        "l",
        "d",
        "j",
        "m",
        "t",
        "s",
        "n",
        "c",
        "qu",
        "jusqu",
        "lorsqu",
        "puisqu",
        "quoiqu",
        "quelqu",
        "presqu",
        "dell",
        "all",
        "nell",
        "sull",
        "dall",
        "coll",
        "un",
        "quell",
        "gl",
        "b",
        "f",
        "x",
        "bil",
        "mill",
    ]
)
_LONGEST_TAIL: Final = 4


class _Marks(dict[int, int | None]):
    """For `str.translate`: combining marks go, all other characters stay. Filled as they come."""

    def __missing__(self, sign: int) -> int | None:
        self[sign] = None if unicodedata.category(chr(sign)) == "Mn" else sign
        return self[sign]


_MARKS: Final = _Marks()


class Piece(NamedTuple):
    """A word inside a run of letters: where it stands in that run, and its comparable forms."""

    start: int
    end: int
    plain: str
    folded: str
    tail: str


def normalise(text: str) -> str:
    """Plain form: NFKC, case folded, invisible marks removed. Idempotent."""
    if text.isascii():
        return text.lower()
    previous = ""
    while previous != text:
        previous = text
        text = _STRIP.sub("", unicodedata.normalize("NFKC", text).casefold())
        text = _HAMZA_BESIDE.sub(_HAMZA_ON_YEH, text)
    return text


def fold(text: str) -> str:
    """Folded form: plain, without accents. Idempotent; `fold(normalise(x)) == fold(x)`."""
    if text.isascii():
        return text.lower()
    previous = ""
    while previous != text:
        previous = text
        apart = unicodedata.normalize("NFKD", normalise(text))
        text = unicodedata.normalize("NFKC", apart.translate(_MARKS)).translate(_LETTERS)
    return text


def _joins_at_apostrophe(letter: str) -> bool:
    """Cyrillic and Armenian write an apostrophe inside a word."""
    return "\u0400" <= letter <= "\u058f"


@lru_cache(maxsize=1 << 15)
def pieces(run: str) -> tuple[Piece, ...]:
    """Take a run of letters (one match of `WORDS`) apart at its apostrophes.

    Returns one piece for most runs; `start` and `end` count characters from the run's start and
    include an ending after the apostrophe, which `tail` repeats.
    """
    if not _APOSTROPHE.search(run):
        plain = normalise(run)
        return (Piece(0, len(run), plain, fold(plain), ""),)
    found: list[Piece] = []
    start = 0
    parts = _APOSTROPHE.split(run)
    for position, part in enumerate(parts):
        end = start + len(part)
        plain = normalise(part)
        previous = found[-1] if found else None
        if previous is not None and previous.plain not in _ELIDED:
            if previous.plain and _joins_at_apostrophe(previous.plain[-1]):
                plain = previous.plain + plain
                found[-1] = Piece(previous.start, end, plain, fold(plain), "")
                start = end + 1
                continue
            if len(plain) <= _LONGEST_TAIL and position == len(parts) - 1:
                found[-1] = previous._replace(end=end, tail=plain)
                start = end + 1
                continue
        found.append(Piece(start, end, plain, fold(plain), ""))
        start = end + 1
    return tuple(found)


class Token(NamedTuple):
    """A word of a text. `start` and `end` are character offsets into that text."""

    start: int
    end: int
    plain: str
    folded: str
    tail: str


class Cut(NamedTuple):
    """The words of a text as they are written, with the character offsets of each."""

    raws: list[str]
    starts: list[int]
    ends: list[int]


def cut(text: str) -> Cut:
    """The words that `tokenise` gives, as they are written: a tenth of the work."""
    is_plain = _MARKED.search(text) is None
    parts = (_AROUND_LETTERS if is_plain else _AROUND_WORDS).split(text)
    places = list(accumulate(map(len, parts)))
    words = Cut(parts[1::2], places[0:-1:2], places[1::2])
    if _APOSTROPHE.search(text) is None:
        return words
    return _joined(text, words, parts) if is_plain else _apart(words)


def _joined(text: str, words: Cut, parts: list[str]) -> Cut:
    """Words between which an apostrophe stands, joined where it does not part them."""
    raws, starts, ends = words
    beside = [place for place, gap in enumerate(parts[2:-1:2]) if gap in _ONE_APOSTROPHE]
    joined = Cut([], [], [])
    done = 0
    for place in beside:
        if place < done:
            continue
        last = place + 1
        while last < len(raws) - 1 and parts[2 * last + 2] in _ONE_APOSTROPHE:
            last += 1
        found = pieces(text[starts[place] : ends[last]])
        if len(found) == last - place + 1:
            continue
        offset = starts[place]
        _extend(joined, words, done, place)
        for piece in found:
            joined.raws.append(text[offset + piece.start : offset + piece.end])
            joined.starts.append(offset + piece.start)
            joined.ends.append(offset + piece.end)
        done = last + 1
    if not done:
        return words
    _extend(joined, words, done, len(raws))
    return joined


def _apart(runs: Cut) -> Cut:
    """Runs of letters and marks, taken apart at the apostrophes that part words."""
    words = Cut([], [], [])
    for run, offset in zip(runs.raws, runs.starts, strict=True):
        for piece in pieces(run):
            words.raws.append(run[piece.start : piece.end])
            words.starts.append(offset + piece.start)
            words.ends.append(offset + piece.end)
    return words


def _extend(words: Cut, others: Cut, first: int, last: int) -> None:
    words.raws.extend(others.raws[first:last])
    words.starts.extend(others.starts[first:last])
    words.ends.extend(others.ends[first:last])


def tokenise(text: str) -> list[Token]:
    """All words of `text` in order. Never raises, whatever the characters."""
    tokens: list[Token] = []
    for match in WORDS.finditer(text):
        offset = match.start()
        for start, end, plain, folded, tail in pieces(match.group()):
            tokens.append(Token(offset + start, offset + end, plain, folded, tail))
    return tokens
