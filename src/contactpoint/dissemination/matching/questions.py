"""Searches that are followed: when such a search lists a thing, without asking the index.

A question is taken apart once with the glossary as it is, and kept. Only one thing of the index
bears on the verdict: whether a word stands in it, the new thing's words included. Then the word is
looked for in other languages just as it is written (`Composer.is_at_home`), and is no slip of the
keyboard. So a question has a few readings, made when they are needed.
"""

import sys
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import QueryDict

from contactpoint.dissemination.matching.conditions import SHARED, Condition, asked
from contactpoint.dissemination.matching.needs import Needs, either, needs
from contactpoint.dissemination.matching.sheets import Sheet, fact_of
from contactpoint.glossary.models.decisions import key_of
from contactpoint.glossary.remembering import PortalVocabulary
from contactpoint.search.asking.composing import Composer
from contactpoint.search.asking.requesting import requested
from contactpoint.search.asking.results import Selection
from contactpoint.search.asking.slips import slips
from contactpoint.search.asking.understanding import Question, understand
from contactpoint.search.engines.base import Engine
from contactpoint.search.engines.queries import Everything, Query
from contactpoint.search.showing.addresses import Asked, read
from contactpoint.search.showing.naming import Names

KEPT: Final = 20_000
"""So many questions stay taken apart in a process."""


class _AllNames:
    """Knows every value: what has gone since is asked for, and nothing has it."""

    def learn(self, values: Iterable[tuple[str, str]]) -> None:
        """Nothing to look up."""

    def knows(self, facet: str, value: str) -> bool:
        """Whatever is asked."""
        return True

    def recognises(self, token: str) -> bool:
        """Whatever is asked."""
        return True

    def label(self, facet: str, value: str) -> str:
        """Shown to nobody."""
        return value


class _Everywhere:
    """Stands for an index in which every word stands."""

    def frequencies(self, terms: Sequence[tuple[str, str]]) -> list[int]:
        """Once each."""
        return [1] * len(terms)


class _Composer(Composer):
    """Composes as if every word stood somewhere: to ask one thing for what stands nowhere else
    changes no verdict. `away` are the words that are not at home."""

    away: frozenset[str] = frozenset()

    def is_at_home(self, word: str) -> bool:
        """As it was said."""
        return word not in self.away


@dataclass(frozen=True, slots=True, eq=False)
class _Written:
    """Ways in which a word may stand in an index, as its tokens and as facts of one thing."""

    terms: tuple[tuple[str, str], ...]
    facts: frozenset[str]


def _written(terms: Iterable[tuple[str, str]]) -> _Written:
    return _shared(tuple(terms))


@lru_cache(SHARED)
def _shared(terms: tuple[tuple[str, str], ...]) -> _Written:
    """Once for all searches that ask for the word."""
    return _Written(terms, frozenset(sys.intern(fact_of(*term)) for term in terms))


class Standing:
    """Whether words stand in the index, as it will be with one more thing in it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._terms: dict[tuple[str, str], bool] = {}
        self._known: dict[_Written, bool] = {}

    def any(self, words: _Written, sheet: Sheet | None) -> bool:
        """Whether one of these stands in the index, or in the thing if there is one."""
        known = self._known.get(words)
        if known is None:
            known = self._known[words] = self._in_index(words.terms)
        return known or (sheet is not None and not words.facts.isdisjoint(sheet.facts))

    def _in_index(self, terms: Sequence[tuple[str, str]]) -> bool:
        new = [term for term in terms if term not in self._terms]
        if new:
            counts = self._engine.frequencies(new)
            self._terms.update((one, count > 0) for one, count in zip(new, counts, strict=True))
        return any(self._terms[term] for term in terms)


@dataclass(slots=True)
class _Reading:
    """A question as understood, with what its verdict may hang on."""

    question: Question
    homes: dict[str, _Written]
    conditions: dict[frozenset[str], Condition] = field(default_factory=dict)


@dataclass(slots=True)
class Followed:
    """One search, taken apart. `slipped` reads it where none of `doubted` is written anywhere."""

    asked: Asked
    language: str
    selection: Selection
    folded: str
    plain: _Reading
    slipped: _Reading | None = None
    doubted: _Written = field(default_factory=lambda: _written(()))

    def lists(self, sheet: Sheet, standing: Standing) -> bool:
        """Whether the search lists the thing, once the index has it."""
        if self._is_pinned(sheet):
            return self._condition_of(Everything()).holds(sheet)
        return self._wanted(sheet, standing).holds(sheet)

    def compose(self, standing: Standing) -> None:
        """Make now what is wanted of a thing that brings no new word."""
        self._wanted(None, standing)

    def _wanted(self, sheet: Sheet | None, standing: Standing) -> Condition:
        reading = self.plain
        if self.slipped is not None and not standing.any(self.doubted, sheet):
            reading = self.slipped
        away = frozenset(
            word for word, written in reading.homes.items() if not standing.any(written, sheet)
        )
        return self._condition(reading, away)

    def needs(self) -> Needs:
        """Of what a thing must have something to be listed, whatever else stands in the index."""
        found = [
            needs(self._condition(reading, frozenset(reading.homes)))
            for reading in (self.plain, self.slipped)
            if reading is not None
        ]
        put_first = f"q:{self.folded}"
        return [need | {put_first} if self.folded else need for need in either(found)]

    def _is_pinned(self, sheet: Sheet) -> bool:
        return bool(self.folded) and not sheet.pinned.isdisjoint(
            ((self.folded, ""), (self.folded, self.language))
        )

    def _condition(self, reading: _Reading, away: frozenset[str]) -> Condition:
        known = reading.conditions.get(away)
        if known is None:
            composer = _composer(reading.question, self.selection, away)
            known = reading.conditions[away] = self._condition_of(composer.strict())
        return known

    def _condition_of(self, query: Query) -> Condition:
        return asked(requested(query, self.selection, 0))


class Questions:
    """Searches taken apart with one state of the glossary."""

    def __init__(self, words: PortalVocabulary, engine: Engine) -> None:
        self.words = words
        self._engine = engine
        self._kept: OrderedDict[str, Followed] = OrderedDict()

    def followed(self, address: str) -> Followed:
        """The search at an address such as `/en/search/?q=housing`."""
        known = self._kept.get(address)
        if known is not None:
            self._kept.move_to_end(address)
            return known
        made = self._kept[address] = self._made(address)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return made

    def unknown(self, addresses: Iterable[str]) -> list[str]:
        """Those that are not taken apart yet, as many as are kept."""
        new = {one: None for one in addresses if one not in self._kept}
        return list(new)[: KEPT - len(self._kept)]

    def _made(self, address: str) -> Followed:
        language, given = taken_apart(address)
        selection = given.selection()
        question = understand(given.text, language, selection, self.words)
        made = Followed(
            given,
            language,
            selection,
            key_of(given.text) if given.text else "",
            _Reading(question, _homes(question, selection)),
        )
        composer = Composer(
            self._engine, question, _spoken(), selection.languages, selection.narrower
        )
        found = slips(question, composer, self.words)
        if found:
            other = understand(given.text, language, selection, self.words, found)
            made.slipped = _Reading(other, _homes(other, selection))
            made.doubted = _written(
                ("surface", item.words[0])
                for unit in question.units
                for item in unit.items
                if any(note.start <= item.start < note.end for note in found)
            )
        return made


def taken_apart(address: str) -> tuple[str, Asked]:
    """The language and what is asked for; every value is taken for one that there is."""
    parts = urlsplit(address)
    language = parts.path.strip("/").partition("/")[0]
    reading = read(QueryDict(parts.query), cast(Names, _AllNames()))
    return language, reading.asked


def _spoken() -> list[str]:
    return [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]


def _composer(question: Question, selection: Selection, away: frozenset[str]) -> _Composer:
    engine: Any = _Everywhere()
    made = _Composer(engine, question, _spoken(), selection.languages, selection.narrower)
    made.away = away
    return made


def _homes(question: Question, selection: Selection) -> dict[str, _Written]:
    """By word, what makes it be at home."""
    composer = _composer(question, selection, frozenset())
    items = [item for unit in question.units for item in unit.items] + question.excluded
    words = {
        word
        for item in items
        if item.kind == "word"
        for spelling in item.spellings
        for word in spelling
    }
    return {word: _written(composer.home_terms(word)) for word in sorted(words)}
