"""What was printed at the time, as a line over time: several vintages, each with its own figures.

A line of a table has one vintage. Of what was printed there is a figure here and another there, and
sometimes two for one period, since the first was revised: the newest is shown, all are kept.
"""

from collections.abc import Iterable
from operator import attrgetter

from contactpoint.figures import Change, Figure, Period, Vintage, best
from contactpoint.figures import Series as FigureSeries
from contactpoint.figures.changes import Comparison
from contactpoint.statistics.packing import at_ordinal, ordinal


class Printed:
    """All figures that were printed for one place and one kind of period; there is one at least."""

    __slots__ = ("_by_period", "begins", "frequency")

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._by_period: dict[Period, list[Figure]] = {}
        for one in sorted(figures, key=attrgetter("period", "vintage")):
            self._by_period.setdefault(one.period, []).append(one)
        first = next(iter(self._by_period))
        self.frequency, self.begins = first.frequency, ordinal(first)

    def __len__(self) -> int:
        return ordinal(next(reversed(self._by_period))) - self.begins + 1

    @property
    def periods(self) -> list[Period]:
        """From the first to the last, with those in between for which nothing was printed."""
        return [at_ordinal(self.begins + at, self.frequency) for at in range(len(self))]

    @property
    def values(self) -> list[float | None]:
        """Beside them; the newest of each."""
        return [one.value if (one := self.at(when)) else None for when in self.periods]

    def value(self, number: int) -> float | None:
        """Of the period with a number; `None` where there is no number."""
        found = self.at(at_ordinal(number, self.frequency))
        return found.value if found else None

    def flags(self, number: int) -> str:
        """Of the period with a number, as letters."""
        found = self.at(at_ordinal(number, self.frequency))
        return found.flags if found else ""

    def at(self, when: Period) -> Figure | None:
        """What was printed last for a period; a value before none, which only says that something
        was printed without one."""
        found = self._by_period.get(when)
        if not found:
            return None
        valued = [one for one in found if one.value is not None]
        return (valued or found)[-1]

    def figures(self, since: Period | None = None, until: Period | None = None) -> FigureSeries:
        """As the library compares them, the newest of each period."""
        return FigureSeries(
            {
                when: one
                for when in self._by_period
                if (since is None or since <= when)
                and (until is None or when <= until)
                and (one := self.at(when)) is not None
            }
        )

    @property
    def latest(self) -> Figure | None:
        """The newest period that has a value."""
        return self.figures().latest

    def change(self, when: Period, comparison: Comparison) -> Change:
        """On the base that compares best among all that were printed for the period before."""
        before = when.previous if comparison == "previous" else when.year_before
        return best(self.at(when), self.valued(before), comparison=comparison)

    def valued(self, when: Period) -> list[Figure]:
        """All figures that were printed for a period, the oldest first."""
        return [one for one in self._by_period.get(when, ()) if one.value is not None]

    def vintages(self) -> set[Vintage]:
        """Of all figures."""
        return {one.vintage for found in self._by_period.values() for one in found if one.vintage}
