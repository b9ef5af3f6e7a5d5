"""Whether something is there already: by its source address, its title, or how its text begins.

What is there is loaded once for a reading, only when something new turns up, as short keys: the
question whether a new item is one of twenty thousand then compares a handful of titles.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from contactpoint.intake.models import ImportedItem
from contactpoint.intake.problems import Problem, problem
from contactpoint.outputs.models import Output
from contactpoint.vocabulary import fold

_ALIKE_TITLE: Final = 92.0
_ALIKE_TEXT: Final = 90.0
_LONGEST_WORDS: Final = 4
_FEWEST_WORDS: Final = 3
_OPENING: Final = 8
_WAITING: Final = (ImportedItem.Status.PENDING, ImportedItem.Status.CHANGED)


@dataclass(frozen=True, slots=True)
class Known:
    """Something that is there: a page, or (0) an item that waits."""

    title: str
    folded: str
    teaser: str
    page: int


def is_duplicate(problems: Iterable[Mapping[str, Any]]) -> bool:
    """Whether one of the problems is that the item may be there already."""
    return any(found["code"].startswith("duplicate-") for found in problems)


def address_key(address: str) -> str:
    """Two ways to write an address are one: without scheme, `www.`, query marks of campaigns."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    query = "&".join(
        sorted(part for part in parts.query.split("&") if part and not part.startswith("utm_"))
    )
    return f"{host}{parts.path.rstrip('/')}{'?' if query else ''}{query}" if host else ""


class Duplicates:
    """What is there in one language, pages and items that wait."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._addresses: dict[str, Known] = {}
        self._by_words: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self._by_opening: dict[str, list[Known]] = defaultdict(list)
        self._is_loaded = False

    def find(self, *, title: str, teaser: str, address: str) -> Problem | None:
        """The strongest sign that the item is there already: address, then title, then text."""
        self._load()
        folded = fold(title)
        known = self._addresses.get(address_key(address)) if address else None
        if known:
            return _said("duplicate-address", known)
        for one in self._near(folded):
            alike = fuzz.token_sort_ratio(folded, one.folded) >= _ALIKE_TITLE
            if alike and _numbers(folded) == _numbers(one.folded):
                return _said("duplicate-title", one)
        words = fold(teaser)
        for one in self._by_opening.get(_opening(words), []):
            if fuzz.ratio(words, one.teaser) >= _ALIKE_TEXT:
                return _said("duplicate-text", one)
        return None

    def _add(self, *, title: str, teaser: str, address: str, page: int = 0) -> None:
        known = Known(title, fold(title), fold(teaser), page)
        key = address_key(address)
        if key:
            self._addresses.setdefault(key, known)
        for pair in _pairs(known.folded):
            self._by_words[pair].append(known)
        opening = _opening(known.teaser)
        if opening:
            self._by_opening[opening].append(known)

    def _load(self) -> None:
        if self._is_loaded:
            return
        self._is_loaded = True
        pages = Output.objects.filter(locale__language_code=self._language)
        for title, teaser, address, pk in pages.values_list(
            "title", "teaser", "source_url", "pk"
        ).iterator(2_000):
            self._add(title=title, teaser=teaser, address=address, page=pk)
        waiting = ImportedItem.objects.filter(status__in=_WAITING, language=self._language)
        for found in waiting.values_list("inferred", flat=True).iterator(500):
            self._add(
                title=found["title"],
                teaser=found["teaser"],
                address=found.get("source_url", ""),
            )

    def _near(self, folded: str) -> Iterable[Known]:
        met: set[int] = set()
        for pair in _pairs(folded):
            for one in self._by_words.get(pair, []):
                if id(one) not in met:
                    met.add(id(one))
                    yield one


def _pairs(folded: str) -> list[tuple[str, str]]:
    """Pairs of the longest words: titles that are almost the same have one in common.

    A title of one or two words ("Newsletter") tells nothing.
    """
    words = sorted(set(folded.split()), key=lambda word: (-len(word), word))
    if len(words) < _FEWEST_WORDS:
        return []
    longest = sorted(words[:_LONGEST_WORDS])
    return [(one, other) for place, one in enumerate(longest) for other in longest[place + 1 :]]


def _numbers(folded: str) -> set[str]:
    """“Bulletin 12” is not “Bulletin 13”, nor the report of a year that of the next."""
    return set(re.findall(r"\d+", folded))


def _opening(folded: str) -> str:
    words = folded.split()
    if len(words) < _OPENING:
        return ""
    return blake2b(" ".join(words[:_OPENING]).encode(), digest_size=8).hexdigest()


def _said(code: str, known: Known) -> Problem:
    return problem(code, title=known.title, page=known.page)
