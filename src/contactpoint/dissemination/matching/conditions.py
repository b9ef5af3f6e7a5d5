"""A question to an engine as a condition that one thing meets or not: no scores, no index.

The same verdict as every engine's, which `tests/dissemination/matching/test_conditions.py` holds
against the embedded one. What only orders is left away, and what means the same is put together:
one word in twenty-seven languages is one set of facts.
"""

import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from contactpoint.dissemination.matching.sheets import Sheet, fact_of
from contactpoint.search.engines.base import Request
from contactpoint.search.engines.queries import (
    AllOf,
    AnyOf,
    Best,
    Everything,
    Facet,
    Key,
    Narrowing,
    Nothing,
    Phrase,
    Prefix,
    Query,
    Term,
)


class Condition(ABC):
    """Something that a thing meets or not."""

    __slots__ = ()

    @abstractmethod
    def holds(self, sheet: Sheet) -> bool:
        """Whether it does."""


@dataclass(frozen=True, slots=True)
class Has(Condition):
    """One of these facts."""

    facts: frozenset[str]

    def holds(self, sheet: Sheet) -> bool:
        """By the intersection of two sets."""
        return not self.facts.isdisjoint(sheet.facts)


@dataclass(frozen=True, slots=True)
class InARow(Condition):
    """Words one after the other."""

    field: str
    tokens: tuple[str, ...]

    def holds(self, sheet: Sheet) -> bool:
        """In one line."""
        return sheet.has_in_a_row(self.field, self.tokens)


@dataclass(frozen=True, slots=True)
class Begins(Condition):
    """A word that begins so."""

    field: str
    start: str

    def holds(self, sheet: Sheet) -> bool:
        """In one field."""
        return sheet.begins(self.field, self.start)


@dataclass(frozen=True, slots=True)
class Some(Condition):
    """At least so many of the conditions."""

    conditions: tuple[Condition, ...]
    least: int = 1

    def holds(self, sheet: Sheet) -> bool:
        """Asks no further than it has to."""
        if self.least <= 1:
            return any(one.holds(sheet) for one in self.conditions)
        return sum(one.holds(sheet) for one in self.conditions) >= self.least


@dataclass(frozen=True, slots=True)
class Every(Condition):
    """All of the conditions, and none of `excluded`; with neither, everything."""

    conditions: tuple[Condition, ...] = ()
    excluded: tuple[Condition, ...] = ()

    def holds(self, sheet: Sheet) -> bool:
        """Asks no further than it has to."""
        return all(one.holds(sheet) for one in self.conditions) and not any(
            one.holds(sheet) for one in self.excluded
        )


@dataclass(frozen=True, slots=True)
class Dated(Condition):
    """A day between two, both included; None leaves an end open."""

    first: int | None
    last: int | None

    def holds(self, sheet: Sheet) -> bool:
        """What has no day does not."""
        day = sheet.document.day
        if day is None:
            return False
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


SHARED: Final = 50_000
"""So many sets of facts are kept once, whoever asks for them."""
NEVER: Final = Some(())
ALWAYS: Final = Every()


def condition(query: Query) -> Condition:  # noqa: PLR0911 — one a kind of query
    """The query without its scores."""
    match query:
        case Term(field, token):
            return _has([fact_of(field, token)])
        case Phrase(field, tokens):
            return InARow(field, tokens) if len(tokens) > 1 else _has([fact_of(field, tokens[0])])
        case Prefix(field, start):
            return Begins(field, start)
        case Facet(name, value):
            return _has([f"{name}={value}"])
        case Key(keys):
            return _has([f"key={key}" for key in keys])
        case AnyOf(queries, least):
            return _some([condition(one) for one in queries], least)
        case Best(queries):
            return _some([condition(one) for one in queries])
        case AllOf(queries, excluded):
            return every(map(condition, queries), map(condition, excluded))
        case Everything():
            return ALWAYS
        case Nothing():
            return NEVER


def asked(request: Request) -> Condition:
    """The whole request but its clock: what is out of date is told by no source."""
    wanted: list[Condition] = []
    excluded: list[Condition] = []
    for name, narrowing in request.narrowings.items():
        wanted += _wanted(name, narrowing)
        excluded += [_has([f"{name}={value}" for value in narrowing.none])] * bool(narrowing.none)
    if request.days != (None, None):
        wanted.append(Dated(*request.days))
    return every([condition(request.query), *wanted], excluded)


def listed(request: Request, sheet: Sheet) -> bool:
    """Whether an engine that has the thing would list it."""
    until = sheet.document.until
    return (until is None or until > request.now) and asked(request).holds(sheet)


def every(wanted: Iterable[Condition], excluded: Iterable[Condition] = ()) -> Condition:
    """All of them; what nests for nothing is taken out."""
    kept: list[Condition] = []
    out = [one for one in excluded if one != NEVER]
    for one in wanted:
        if isinstance(one, Every):
            kept += one.conditions
            out += one.excluded
        else:
            kept.append(one)
    if any(one == NEVER for one in kept):
        return NEVER
    return kept[0] if len(kept) == 1 and not out else Every(tuple(kept), tuple(out))


def _wanted(name: str, narrowing: Narrowing) -> Iterable[Condition]:
    if narrowing.any:
        yield _has([f"{name}={value}" for value in narrowing.any])
    for value in narrowing.all:
        yield _has([f"{name}={value}"])


def _some(conditions: Sequence[Condition], least: int = 1) -> Condition:
    if len(conditions) < max(least, 1):
        return NEVER
    if least > 1:
        return Some(tuple(conditions), least)
    facts: set[str] = set()
    others: list[Condition] = []
    for one in conditions:
        if isinstance(one, Has):
            facts |= one.facts
        elif isinstance(one, Some) and one.least <= 1:
            others += one.conditions
        else:
            others.append(one)
    kept = [*([_has(facts)] if facts else []), *others]
    return kept[0] if len(kept) == 1 else Some(tuple(kept))


def _has(facts: Iterable[str]) -> Condition:
    found = frozenset(map(sys.intern, facts))
    return _shared(found) if found else NEVER


@lru_cache(SHARED)
def _shared(facts: frozenset[str]) -> Has:
    """Many searches ask for the same words."""
    return Has(facts)
