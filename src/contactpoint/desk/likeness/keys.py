"""Numbers by which an index finds texts that are alike, without comparing each with each.

Titles: the words without case, accents and order, and the same with one word left out, so that
titles which differ by a word share a number. Teasers: how they begin. Texts: MinHash (A. Broder,
1997) over runs of four words, cut into bands; two texts that have seven tenths of their runs in
common share a band nine times in ten, texts that have three tenths in common one time in sixteen,
and are then compared.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final
from urllib.parse import urlsplit

import numpy as np
from rapidfuzz import fuzz

from contactpoint.desk.models.likeness import By
from contactpoint.outputs.models.words import words_of

BANDS: Final = 8
_ROWS: Final = 4
_RUN: Final = 4
_FEWEST_WORDS: Final = 25
_FEWEST_TITLE_WORDS: Final = 3
_MOST_TITLE_WORDS: Final = 12
_OPENING: Final = 8
_SAME_LETTERS: Final = 92.0
_SAME_TEASER: Final = 90.0
_LONGEST_TEXT: Final = 60_000
_random: Final = np.random.default_rng(28)
_FACTORS: Final = _random.integers(1, 2**63, BANDS * _ROWS, dtype=np.uint64) * 2 + 1
_SUMMANDS: Final = _random.integers(0, 2**63, BANDS * _ROWS, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Known:
    """What an output is compared by; an empty set says nothing."""

    source: str = ""
    title: frozenset[str] = frozenset()
    teaser: str = ""
    runs: frozenset[int] = field(default=frozenset(), repr=False)


def known(title: str, text: str, source_url: str, *, teaser: str = "") -> Known:
    """The parts of an output that are compared; `text` is all of it, the teaser too."""
    words = words_of(text[:_LONGEST_TEXT])
    runs: Iterable[int] = ()
    if len(words) >= _FEWEST_WORDS:
        runs = (
            _number(" ".join(words[start : start + _RUN])) for start in range(len(words) - _RUN + 1)
        )
    opening = words_of(teaser)
    return Known(
        plain_address(source_url),
        frozenset(words_of(title)),
        " ".join(opening) if len(opening) >= _OPENING else "",
        frozenset(runs),
    )


def keys(of: Known, language: str) -> list[tuple[By, int]]:
    """All numbers of an output, each once."""
    found: dict[tuple[By, int], None] = {}
    if of.source:  # a source is the same in every language
        found[By.SOURCE, _number("source", of.source)] = None
    words = sorted(of.title)
    if words:
        found[By.TITLE, _number("title", language, *words)] = None
    if len(words) >= _FEWEST_TITLE_WORDS:
        longest = sorted(sorted(words, key=lambda word: (-len(word), word))[:_MOST_TITLE_WORDS])
        found[By.TITLE, _number("title", language, *longest)] = None
        for word in longest:
            rest = [one for one in longest if one != word]
            found[By.TITLE, _number("title", language, *rest)] = None
    if of.teaser:
        opening = of.teaser.split()[:_OPENING]
        found[By.TEXT, _number("opening", language, *opening)] = None
    for band in _bands(of.runs):
        found[By.TEXT, _number("text", language, band)] = None
    return list(found)


def likeness(one: Known, other: Known) -> tuple[By, int] | None:
    """What two outputs have most in common and how much of it, in percent; None if too little."""
    if one.source and one.source == other.source:
        return By.SOURCE, 100
    text = _share(one.runs, other.runs)
    if text >= 50:
        return By.TEXT, text
    if any(word[:1].isdigit() for word in one.title ^ other.title):
        return None  # “Bulletin 12” is not “Bulletin 13”, nor the report of a year that of the next
    title = _share(one.title, other.title)
    letters = fuzz.ratio(" ".join(sorted(one.title)), " ".join(sorted(other.title)))
    if title >= 60 or letters >= _SAME_LETTERS:
        return By.TITLE, max(title, round(letters) if letters >= _SAME_LETTERS else 0)
    teaser = fuzz.ratio(one.teaser, other.teaser) if one.teaser and other.teaser else 0.0
    return (By.TEXT, round(teaser)) if teaser >= _SAME_TEASER else None


def plain_address(url: str) -> str:
    """An address without what does not change where it leads: scheme, `www.`, the order of what is
    asked, marks of campaigns. Empty where there is none, or where it is a whole site and no page.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.rstrip("/")
    asked = (part for part in parts.query.split("&") if part and not part.startswith("utm_"))
    query = "&".join(sorted(asked))
    if not host or not (path or query):
        return ""
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def _share(one: AbstractSet[object], other: AbstractSet[object]) -> int:
    together = len(one | other)
    return round(100 * len(one & other) / together) if together else 0


def _bands(runs: frozenset[int]) -> Sequence[str]:
    if not runs:
        return []
    hashes = np.fromiter((run & 0xFFFF_FFFF_FFFF_FFFF for run in runs), np.uint64, len(runs))
    least = [
        int(((hashes * factor + summand) >> np.uint64(32)).min())
        for factor, summand in zip(_FACTORS, _SUMMANDS, strict=True)
    ]
    return [f"{band}:{least[band * _ROWS : (band + 1) * _ROWS]}" for band in range(BANDS)]


def _number(*parts: str) -> int:
    """A signed number of 64 bits, as databases keep them."""
    return int.from_bytes(blake2b("\0".join(parts).encode(), digest_size=8).digest(), signed=True)
