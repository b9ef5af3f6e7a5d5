"""Figures beside each other: a share of a whole, a rate per million inhabitants, a rank.

As with changes, there is a value or the reason why not, and rounding is carried along.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from contactpoint.figures.changes import Reason, are_near
from contactpoint.figures.figure import Figure, same_place
from contactpoint.figures.places import is_country, is_part, place

_MILLION = 1_000_000
_ENOUGH = 0.9


@dataclass(frozen=True, slots=True)
class Ratio:
    """One figure over another: 0.25 for a quarter, 317.0 for 317 per million inhabitants."""

    part: Figure | None
    whole: Figure | None
    value: float | None = None
    reason: Reason | None = None
    lowest: float | None = None
    highest: float | None = None
    caveats: tuple[Reason, ...] = ()

    @property
    def flags(self) -> tuple[str, str]:
        """Of the one and of the other."""
        return self.part.flags if self.part else "", self.whole.flags if self.whole else ""


@dataclass(frozen=True, slots=True)
class Rank:
    """Which place a country has among `of`, from 1; `first` and `last` are the places that rounding
    leaves possible, `ties` the others with the same figure, `unknown` the
    countries without one."""

    figure: Figure | None
    position: int | None = None
    reason: Reason | None = None
    first: int | None = None
    last: int | None = None
    of: int = 0
    ties: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def share(part: Figure | None, whole: Figure | None) -> Ratio:
    """How much of a whole a part is, both of the same period, unit and vintage: a country of a
    group that it belongs to, or what is counted in one place of what else is counted there."""
    reason = _missing(part, whole)
    if part is None or whole is None or reason:
        return Ratio(part, whole, reason=reason)
    reason = _no_part(part, whole)
    if reason:
        return Ratio(part, whole, reason=reason)
    caveats = (Reason.ANOTHER_VINTAGE,) if part.vintage != whole.vintage else ()
    return _ratio(part, whole, 1, caveats)


def per_million(figure: Figure | None, population: Figure | None) -> Ratio:
    """How many to a million inhabitants, by the population on 1 January of the year; by that of the
    year before, with a caveat, where the newer isn't there yet."""
    reason = _missing(figure, population)
    if figure is None or population is None or reason:
        return Ratio(figure, population, reason=reason)
    if figure.is_example != population.is_example:
        return Ratio(figure, population, reason=Reason.ANOTHER_MEASURE)
    if not same_place(figure, population):
        return Ratio(figure, population, reason=Reason.ANOTHER_PLACE)
    behind = figure.period.year - population.period.year
    if behind not in (0, 1):
        return Ratio(figure, population, reason=Reason.ANOTHER_PERIOD)
    return _ratio(figure, population, _MILLION, (Reason.ANOTHER_PERIOD,) * behind)


def rank(figures: Iterable[Figure], geo: str, members: Collection[str] = ()) -> Rank:
    """The place of a country among the countries; groups of them don't count. There is none where
    too few of `members`, the countries of the group that it is told in, have a figure."""
    countries = {place(one.geo): one for one in figures if is_country(place(one.geo))}
    mine = countries.get(place(geo))
    if mine is None or mine.value is None:
        return Rank(mine, reason=Reason.NO_FIGURE)
    for reason, same in (
        (
            Reason.ANOTHER_MEASURE,
            {(one.measure, one.unit, one.is_example) for one in countries.values()},
        ),
        (Reason.ANOTHER_PERIOD, {one.period for one in countries.values()}),
        (Reason.ANOTHER_VINTAGE, {one.vintage for one in countries.values()}),
    ):
        if len(same) > 1:
            return Rank(mine, reason=reason)
    known = {name: one for name, one in countries.items() if one.value is not None}
    unknown = tuple(sorted({*countries, *members} - set(known)))
    if not are_enough(known, members):
        return Rank(mine, reason=Reason.TOO_FEW, unknown=unknown)
    others = [one for one in known.values() if one is not mine]
    return Rank(
        mine,
        position=1 + sum((one.value or 0.0) > mine.value for one in others),
        first=1 + sum(one.lowest > mine.highest for one in others),
        last=1 + sum(one.highest >= mine.lowest for one in others),
        of=len(known),
        ties=tuple(sorted(name for name, one in known.items()
                          if one is not mine and one.value == mine.value)),
        unknown=unknown,
    )  # fmt: skip


def are_enough(known: Collection[str], members: Collection[str]) -> bool:
    """Whether nine tenths of a group of countries have a figure: a place among fewer says little.

    >>> are_enough({"BE", "NL", "CH"}, {"BE", "NL", "LU"})
    False
    """
    return len(set(known) & set(members)) >= _ENOUGH * len(members)


def _missing(part: Figure | None, whole: Figure | None) -> Reason | None:
    if part is None or part.value is None:
        return Reason.NO_FIGURE
    if whole is None or whole.value is None:
        return Reason.NO_BASE
    if whole.value < 0:
        return Reason.BELOW_ZERO
    return None if whole.value else Reason.ZERO_BASE


def _no_part(part: Figure, whole: Figure) -> Reason | None:
    """Why one figure is no part of another."""
    is_elsewhere = not same_place(part, whole)
    found = {
        Reason.ANOTHER_MEASURE: part.is_example != whole.is_example
        or (is_elsewhere and part.measure != whole.measure),
        Reason.ANOTHER_UNIT: part.unit != whole.unit,
        Reason.ANOTHER_PERIOD: part.period != whole.period,
        Reason.ANOTHER_PLACE: is_elsewhere and not is_part(part.geo, whole.geo, part.period),
        Reason.ANOTHER_VINTAGE: part.vintage != whole.vintage and not are_near(part, whole),
    }
    return next((reason for reason, is_so in found.items() if is_so), None)


def _ratio(part: Figure, whole: Figure, by: int, caveats: tuple[Reason, ...]) -> Ratio:
    value, base = part.value or 0.0, whole.value or 0.0
    return Ratio(
        part,
        whole,
        by * value / base,
        lowest=by * part.lowest / whole.highest,
        highest=by * part.highest / whole.lowest if whole.lowest > 0 else float("inf"),
        caveats=caveats,
    )
