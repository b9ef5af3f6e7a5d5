"""One figure with all that has to be known before it is compared, and series of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from contactpoint.figures import flags as flagging
from contactpoint.figures.datasets import Indicator, Kind
from contactpoint.figures.errors import NotAddableError
from contactpoint.figures.model import Cell, Cube
from contactpoint.figures.periods import Period, period
from contactpoint.figures.places import is_group, place
from contactpoint.figures.vintages import Vintage, vintage

_A_QUARTER: Final = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A value and what it is. `give` is how far the true value may lie from it to either side: 2.5
    where it is rounded to five. `measure` says what is counted, `source` is for people. An example
    is invented, and is told to be. A sum `is_mixed` where the series breaks after its first part:
    then it counts in both ways and compares with nothing."""

    value: float | None
    period: Period
    geo: str = ""
    measure: str = ""
    unit: str = ""
    flags: str = ""
    vintage: Vintage | None = None
    give: float = 0.0
    kind: Kind = "flow"
    source: str = ""
    is_example: bool = False
    is_mixed: bool = False

    @property
    def lowest(self) -> float:
        """The least that the true value can be; counts don't fall below zero by rounding."""
        value = self.value or 0.0
        return max(0.0, value - self.give) if value >= 0 else value - self.give

    @property
    def highest(self) -> float:
        """The most that the true value can be."""
        return (self.value or 0.0) + self.give

    @property
    def is_break(self) -> bool:
        """Whether the series breaks here: what is before was counted otherwise."""
        return flagging.BREAK in self.flags


@dataclass(frozen=True)
class Series:
    """The figures of one place and one measure, by period."""

    figures: Mapping[Period, Figure] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.figures[when] for when in sorted(self.figures))

    def __len__(self) -> int:
        return len(self.figures)

    def at(self, when: Period | str) -> Figure | None:
        """The figure of a period; `None` where nobody said anything."""
        return self.figures.get(period(when) if isinstance(when, str) else when)

    @property
    def latest(self) -> Figure | None:
        """The newest figure that has a value."""
        return next((one for one in reversed(list(self)) if one.value is not None), None)

    def breaks_between(self, base: Period, current: Period) -> bool:
        """Whether the series breaks inside `base` or after it, up to and with `current`."""
        mixed = self.figures.get(base)
        return (mixed is not None and mixed.is_mixed) or any(
            one.is_break for one in self if base < one.period <= current
        )

    def quarters(self) -> Series:
        """Quarters made of their three months, as Eurostat's quarterly report does.

        A quarter with a month missing has no figure; the give of three roundings adds up. Raises
        `NotAddableError` for anything but months of a flow: above all, quarters never make a year,
        because a year's figure counts each person once and is revised on its own."""
        found: dict[Period, Figure] = {}
        for one in self:
            if one.period.frequency != "M" or one.kind != "flow":
                what = "on one day" if one.kind != "flow" else f"of {one.period.code}"
                raise NotAddableError(
                    f"Figures {what} aren't added up; only months of what is counted during a "
                    "month are. Take the figure that the source publishes for the whole."
                )
            begins = one.period.shifted(-((one.period.month - 1) % _A_QUARTER))
            quarter = Period(begins.year, begins.month, "Q")
            if quarter not in found:
                found[quarter] = self._quarter(quarter, begins)
        return Series(found)

    def _quarter(self, quarter: Period, begins: Period) -> Figure:
        months = [self.figures.get(begins.shifted(number)) for number in range(_A_QUARTER)]
        here = [one for one in months if one is not None]
        values = [one.value for one in here if one.value is not None]
        is_whole = len(values) == _A_QUARTER
        return replace(
            here[0],
            period=quarter,
            value=sum(values) if is_whole else None,
            flags=flagging.merged(*(one.flags for one in here)),
            give=sum(one.give for one in here),
            is_mixed=any(one is not None and one.is_break for one in months[1:]),
        )


def series(cube: Cube, indicator: Indicator | None = None, **codes: str) -> Series:
    """One series of a cube: what `indicator` counts, and `codes` for what it leaves open (`geo`).

    A code that the cube doesn't have gives an empty series. Raises `FiguresError` where a dimension
    but time is left open that has several codes."""
    wanted = {**(indicator.codes if indicator else {}), **codes}
    ids = {one.id for one in cube.dimensions}
    if indicator is not None:
        wanted = {name: code for name, code in wanted.items() if name in ids or name in codes}
    time = cube.time
    geo = wanted.get("geo") or _only(cube, "geo")
    unit = wanted.get("unit") or _only(cube, "unit") or cube.origin.unit
    template = Figure(
        value=None,
        period=Period(1, 1, "A"),
        geo=cube.origin.aggregate if geo == "EU" and cube.origin.aggregate else place(geo),
        measure=_measure(cube, indicator, wanted),
        unit=unit,
        vintage=vintage(cube.origin.extracted) if cube.origin.extracted else None,
        give=indicator.dataset.rounding / 2 if indicator and indicator.dataset.rounding > 1 else 0,
        kind=indicator.dataset.kind if indicator else "flow",
        source=f"{cube.origin.publisher} ({cube.origin.dataset})".replace(" ()", ""),
    )
    found: dict[Period, Figure] = {}
    for code in time.codes:
        cell = cube.cell(**{**wanted, time.id: code})
        if cell is not None:
            found[period(code)] = _figure(template, period(code), cell)
    made = Series(found)
    return made.quarters() if indicator and indicator.made_of else made


def _figure(template: Figure, when: Period, cell: Cell) -> Figure:
    return replace(template, period=when, value=cell.value, flags=cell.flags)


def _only(cube: Cube, name: str) -> str:
    codes = next((one.codes for one in cube.dimensions if one.id == name), ())
    return codes[0] if len(codes) == 1 else ""


def _measure(cube: Cube, indicator: Indicator | None, codes: Mapping[str, str]) -> str:
    """What is counted, without place, period and unit: figures compare where it is the same."""
    told = dict(codes)
    for one in cube.dimensions:
        if len(one.codes) == 1:
            told.setdefault(one.id, one.codes[0])
    for name in ("geo", "unit", "freq", cube.time.id):
        told.pop(name, None)
    what = indicator.name.rpartition("-")[0] if indicator and _is_timed(indicator) else ""
    what = what or (indicator.name if indicator else cube.origin.dataset)
    return " ".join([what, *(f"{name}={code}" for name, code in sorted(told.items()))]).strip()


def _is_timed(indicator: Indicator) -> bool:
    return indicator.name.endswith(("-month", "-quarter", "-year"))


def same_place(one: Figure, other: Figure) -> bool:
    """Whether two figures are of the same place, in the same composition."""
    return place(one.geo) == place(other.geo)


def are_groups(one: Figure, other: Figure) -> bool:
    """Whether both are of a group of countries, the EU of 28 and that of 27 for example."""
    return is_group(one.geo) and is_group(other.geo)
