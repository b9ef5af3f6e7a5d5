"""What has changed, and where it can't be said: a result has a value or the reason why not.

Nothing is computed over a base that is missing or zero, across a break, or between vintages or
groups of countries that differ, unless the caller asks for it by name; then the reason stands among
the caveats. Every result knows its figures, and so their flags.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from contactpoint.figures.figure import Figure, Series, are_groups, same_place
from contactpoint.figures.periods import Period

Comparison = Literal["previous", "year"]
Direction = Literal["up", "down", "same"]
_WIDEST: Final = 0.20
_PRECISE: Final = 0.02


class Reason(StrEnum):
    """Why there is no value, or what to mind about it; the worst first."""

    NO_FIGURE = "no-figure"
    NO_BASE = "no-base"
    ANOTHER_MEASURE = "another-measure"
    ANOTHER_UNIT = "another-unit"
    ANOTHER_PERIOD = "another-period"
    ANOTHER_PLACE = "another-place"
    ANOTHER_AGGREGATE = "another-aggregate"
    ZERO_BASE = "zero-base"
    BELOW_ZERO = "below-zero"
    BREAK = "break"
    ANOTHER_VINTAGE = "another-vintage"
    TOO_FEW = "too-few"
    ROUNDING = "rounding"
    TOO_SMALL = "too-small"


DESPITE: Final = frozenset({Reason.BREAK, Reason.ANOTHER_VINTAGE, Reason.ANOTHER_AGGREGATE})
"""What a caller may ask to be passed over."""


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a figure differs from another: `value` is 0.03 for three per cent more, `lowest`
    and `highest` are what rounding makes of it; with `None` comes a `reason`."""

    current: Figure | None
    base: Figure | None
    value: float | None = None
    reason: Reason | None = None
    lowest: float | None = None
    highest: float | None = None
    caveats: tuple[Reason, ...] = ()
    comparison: Comparison | None = None

    @property
    def flags(self) -> tuple[str, str]:
        """Of the figure and of its base."""
        return (
            self.current.flags if self.current else "",
            self.base.flags if self.base else "",
        )

    @property
    def percent(self) -> int | None:
        """In whole per cent, halves away from zero, as statistical offices print it."""
        if self.value is None or self.current is None or self.base is None:
            return None
        # Not from `value`: 0.145 * 100 is less than 14.5.
        now, then = self.current.value or 0.0, self.base.value or 0.0
        return int(abs(now - then) * 100 / then + 0.5) * (1 if now >= then else -1)

    @property
    def direction(self) -> Direction | None:
        """Where it went; `same` also where it is less than half a per cent."""
        if self.percent is None:
            return None
        return "same" if self.percent == 0 else "up" if self.percent > 0 else "down"

    @property
    def is_about(self) -> bool:
        """Whether rounding makes the percentage uncertain by more than two points."""
        if self.lowest is None or self.highest is None:
            return False
        return self.highest - self.lowest > _PRECISE


def compare(
    current: Figure | None,
    base: Figure | None,
    *,
    despite: Collection[Reason] = (),
    breaks: bool | None = None,
    comparison: Comparison | None = None,
) -> Change:
    """The change from `base` to `current`. `despite` passes over some of `DESPITE`; `breaks` says
    whether the series breaks between them, where the flag of `current` isn't all that is known. A
    base that `is_mixed` breaks inside itself."""
    caveats: list[Reason] = []
    for reason in _obstacles(current, base, breaks):
        if reason in despite and reason in DESPITE:
            caveats.append(reason)
        else:
            return Change(current, base, reason=reason, comparison=comparison)
    if current is None or base is None or current.value is None or not base.value:
        raise AssertionError("an obstacle was passed over that can't be")
    if are_near(current, base):
        caveats.append(Reason.ANOTHER_VINTAGE)
    lowest = current.lowest / base.highest - 1
    highest = current.highest / base.lowest - 1 if base.lowest > 0 else float("inf")
    value: float | None = current.value / base.value - 1
    short: Reason | None = None
    if base.give or current.give:
        if lowest <= 0 <= highest:
            value, short = None, Reason.ROUNDING
        elif highest - lowest > _WIDEST:
            value, short = None, Reason.TOO_SMALL
    return Change(current, base, value, short, lowest, highest, tuple(caveats), comparison)


def on_previous(figures: Series, when: Period, *, despite: Collection[Reason] = ()) -> Change:
    """The change on the period before."""
    return _within(figures, when, when.previous, "previous", despite)


def on_year(figures: Series, when: Period, *, despite: Collection[Reason] = ()) -> Change:
    """The change on the same period a year before."""
    return _within(figures, when, when.year_before, "year", despite)


def best(
    current: Figure | None,
    bases: Iterable[Figure],
    *,
    despite: Collection[Reason] = (),
    comparison: Comparison | None = None,
) -> Change:
    """The change on the base that compares best, where several vintages of it are kept; else the
    reason of the one that came closest."""
    found = [compare(current, base, despite=despite, comparison=comparison) for base in bases] or [
        compare(current, None, comparison=comparison)
    ]
    order = list(Reason)
    return min(
        found,
        key=lambda one: (
            one.reason is not None and one.lowest is None,
            len(one.caveats),
            -order.index(one.reason) if one.reason else 0,
        ),
    )


def _within(
    figures: Series, when: Period, before: Period, comparison: Comparison,
    despite: Collection[Reason],
) -> Change:  # fmt: skip
    return compare(
        figures.at(when),
        figures.at(before),
        despite=despite,
        breaks=figures.breaks_between(before, when),
        comparison=comparison,
    )


def _obstacles(
    current: Figure | None, base: Figure | None, breaks: bool | None
) -> Iterable[Reason]:
    """What stands between two figures, the worst first."""
    if current is None or current.value is None:
        yield Reason.NO_FIGURE
        return
    if base is None or base.value is None:
        yield Reason.NO_BASE
        return
    if current.measure != base.measure or current.is_example != base.is_example:
        yield Reason.ANOTHER_MEASURE
    if current.unit != base.unit:
        yield Reason.ANOTHER_UNIT
    if current.period.frequency != base.period.frequency:
        yield Reason.ANOTHER_PERIOD
    if not same_place(current, base):
        yield Reason.ANOTHER_AGGREGATE if are_groups(current, base) else Reason.ANOTHER_PLACE
    if base.value <= 0:  # below zero a percentage has no meaning either
        yield Reason.BELOW_ZERO if base.value else Reason.ZERO_BASE
    if base.is_mixed or (current.is_break if breaks is None else breaks):
        yield Reason.BREAK
    if current.vintage != base.vintage and not are_near(current, base):
        yield Reason.ANOTHER_VINTAGE


def are_near(current: Figure, base: Figure) -> bool:
    """Whether they are of two vintages that follow each other."""
    one, other = current.vintage, base.vintage
    return one is not None and other is not None and one != other and one.is_near(other)
