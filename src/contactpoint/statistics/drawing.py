"""Draws the example series from the levels and weights of `data/examples.toml`, by rules that give
the same on every machine: levels with seasons and waves, then gaps, flags, rounding and revisions,
as real tables have them.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from hashlib import blake2b
from itertools import count, takewhile
from math import exp, pi, sin
from typing import Final

from contactpoint.figures import Dataset, Period, period
from contactpoint.figures.building import NOTHING
from contactpoint.figures.periods import Frequency
from contactpoint.statistics.configured import read_data

Values = dict[str, dict[Period, float]]
"""By place and period, before rounding."""

_SEASON: Final = (0.94, 0.9, 0.98, 0.92, 0.95, 0.97, 1.03, 1.01, 1.11, 1.16, 1.08, 0.95)
_BESIDE: Final = frozenset({"CH", "IS", "LI", "NO", "UK"})
_GROUPS: Final = frozenset({"EU27_2020", "EU28"})
_LATE: Final = frozenset({"CY", "EL", "IT", "IS", "MT"})
"""Who hasn't reported the newest period when it first comes out."""
_NEVER_MISSING: Final = frozenset({"BE", "DE", "FR", "LU", "NL", "LI"})
_NO_RESETTLEMENT: Final = frozenset({"BG", "CY", "CZ", "EL", "HR", "HU", "LV", "MT", "PL", "SK"})
_FIRST: Final = 2015
_UK_LEFT: Final = 2020
_PROTECTED_SINCE: Final = period("2022-03")
_MINORS_SINCE: Final = period("2021-01")
_PROVISIONAL: Final[Mapping[Frequency, int]] = {"M": 3, "Q": 1, "A": 1, "S": 1}
_REVISED_MONTHS: Final = 24
_REASONS: Final = {"FAM": "family", "EDUC": "education", "EMP": "work", "OTH": "other"}
_ASYLUM, _PROTECTION, _PERMITS, _RETURNS, _PEOPLE, _PEOPLE_LATER = range(6)


@cache
def drawn() -> tuple["Drawn", ...]:
    """The vintages, the older one first."""
    said = read_data("examples")["vintages"]
    return tuple(
        Drawn(one["extracted"], period(one["until"]), one["years_until"], is_newest=at == len(said))
        for at, one in enumerate(said, 1)
    )


class Drawn:
    """All tables as one vintage has them."""

    def __init__(
        self, extracted: date, until: Period, years_until: int, *, is_newest: bool
    ) -> None:
        said = read_data("examples")
        self.weights: Mapping[str, list[float]] = said["places"]
        self.levels: Mapping[str, list[float]] = said["years"]
        self.extracted, self.until, self.years_until = extracted, until, years_until
        self.is_newest = is_newest
        self._tables: dict[str, Callable[[], Iterator[tuple[dict[str, str], Values]]]] = {
            "migr_asyappctzm": self._applicants,
            "migr_asyappctza": self._applicants_by_year,
            "migr_asydcfstq": self._decisions,
            "migr_asydcfina": self._final_decisions,
            "migr_asypenctzm": self._pending,
            "migr_asyumactm": self._minors,
            "migr_asyresa": self._resettled,
            "migr_asytpsm": self._protected,
            "migr_resfirst": self._permits,
            "migr_eiord": self._ordered,
            "migr_eirtn": self._returned,
            "demo_pjan": self._population,
        }

    def table(self, code: str) -> Iterator[tuple[dict[str, str], Values]]:
        """A dataset: codes of the dimensions that vary, and the lines of countries and groups."""
        for codes, values in self._tables[code]():
            yield codes, _with_groups(values)

    def cell(self, dataset: Dataset, geo: str, when: Period, value: float) -> tuple[float, str]:
        """What the table says: the value rounded as the source does, or none, and flags."""
        code = dataset.code[:11]  # tables by month and by year have the same breaks and gaps
        ends = self.until if when.frequency == "M" else self._last(when.frequency)
        flags = "p" if when > ends.shifted(-_PROVISIONAL[when.frequency]) else ""
        if dataset.kind == "opening":  # a count of inhabitants hardly changes
            return self._rounded(dataset, value), flags
        if geo in _GROUPS:
            members = set(self.weights) - _BESIDE
            is_short = any(self._is_missing(code, one, when, ends) for one in members)
            value *= 1 - 0.01 * self._revision(code, geo, when, ends)
            return self._rounded(dataset, value), flags + "s" * is_short
        if geo == "LI" and dataset.rounding > 1 and _chance(code, when.code) < 0.25:
            return NOTHING, "c"
        if self._is_missing(code, geo, when, ends):
            return NOTHING, ""
        if _break_year(code, geo) == when.year and when.month == 1:
            flags += "b"
        if _chance("estimate", code, geo, when.code) < 0.01:
            flags += "e"
        value *= 1 - 0.05 * max(0.0, self._revision(code, geo, when, ends) - 0.4)
        return self._rounded(dataset, value), flags

    def _revision(self, code: str, geo: str, when: Period, ends: Period) -> float:
        """How much of a period was reported late: of the newest two years, in the older vintage."""
        months = (ends.year - when.year) * 12 + ends.month - when.month
        if self.is_newest or months >= _REVISED_MONTHS:
            return 0.0
        return _chance("revision", code, geo, when.code)

    def _rounded(self, dataset: Dataset, value: float) -> float:
        return max(0.0, round(value / dataset.rounding) * dataset.rounding)

    def _is_missing(self, code: str, geo: str, when: Period, ends: Period) -> bool:
        if geo in _LATE and when == ends and when.frequency != "A":
            return True
        if geo in _NEVER_MISSING or _chance("gap", code, geo) > 0.12:
            return False
        begins = Period(2017 + int(_chance("year of gap", code, geo) * 7), 4, "M")
        return Period(begins.year, 1, "A") == when or (
            when.frequency != "A" and begins <= Period(when.year, when.month, "M")
            and when < begins.shifted(3)
        )  # fmt: skip

    def _last(self, frequency: Frequency) -> Period:
        if frequency == "A":
            return Period(self.years_until, 1, "A")
        return Period(self.until.year, (self.until.month - 1) // 3 * 3 + 1, "Q")

    def _periods(self, frequency: Frequency, since: Period | None = None) -> list[Period]:
        first = since or Period(_FIRST, 1, frequency)
        last = self.until if frequency == "M" else self._last(frequency)
        return list(takewhile(lambda one: one <= last, (first.shifted(n) for n in count())))

    def _applicants(self) -> Iterator[tuple[dict[str, str], Values]]:
        yield {"applicant": "FRST"}, self.first_time
        yield {"applicant": "TOTAL"}, _times(self.first_time, lambda geo: 1.06 + _chance(geo) / 8)

    def _applicants_by_year(self) -> Iterator[tuple[dict[str, str], Values]]:
        for codes, months in self._applicants():
            # Somebody who asks twice in a year counts once in the figure of the year.
            yield codes, _times(_added(months, "A", self._last("A")), lambda _geo: 0.996)

    def _decisions(self) -> Iterator[tuple[dict[str, str], Values]]:
        asked = _added(self.first_time, "Q", self._last("Q"))
        decided = {
            geo: {
                when: 0.3 * (1 + 0.1 * (_chance("decisions", geo, when.code) - 0.5))
                * sum(line.get(when.shifted(-back), line[min(line)]) for back in (1, 2, 3))
                for when in line
            }
            for geo, line in asked.items()
        }  # fmt: skip
        yield {"decision": "TOTAL"}, decided
        yield {"decision": "POS"}, _times(decided, _granted)

    def _final_decisions(self) -> Iterator[tuple[dict[str, str], Values]]:
        ((_, decided), _positive) = self._decisions()
        years = _added(decided, "A", self._last("A"))
        final = _times(years, lambda geo: 0.22 + _chance("appeals", geo) / 6)
        yield {"decision": "TOTAL"}, final
        yield {"decision": "POS"}, _times(final, lambda geo: 0.75 * _granted(geo))

    def _pending(self) -> Iterator[tuple[dict[str, str], Values]]:
        ((_, decided), _positive) = self._decisions()
        found: Values = {}
        for geo, line in self.first_time.items():
            waiting = 6 * line[min(line)]
            found[geo] = {}
            for when, came in line.items():
                quarter = Period(when.year, (when.month - 1) // 3 * 3 + 1, "Q")
                went = decided[geo].get(quarter, 3 * came) / 3
                waiting = max(2 * came, waiting + came - went)
                found[geo][when] = waiting
        yield {}, found

    def _minors(self) -> Iterator[tuple[dict[str, str], Values]]:
        few = _times(self.first_time, lambda geo: 0.02 + _chance("minors", geo) / 16)
        yield {"age": "Y_LT18"}, {
            geo: {when: value for when, value in line.items() if when >= _MINORS_SINCE}
            for geo, line in few.items()
        }  # fmt: skip

    def _resettled(self) -> Iterator[tuple[dict[str, str], Values]]:
        found = self._years("resettled", _ASYLUM, waves=0.4)
        yield {}, _times(found, lambda geo: 0.0 if geo in _NO_RESETTLEMENT else 1.2)

    def _protected(self) -> Iterator[tuple[dict[str, str], Values]]:
        found: Values = {}
        for geo, weights in self._here(_PROTECTION):
            found[geo] = {}
            for when in self._periods("M", _PROTECTED_SINCE):
                since = (when.year - 2022) * 12 + when.month - 2
                level = self._level("protection", when) * (1 - exp(-since / 2.5))
                wave = 1 + 0.06 * sin(2 * pi * (since / 30 + _chance("protected", geo)))
                found[geo][when] = level * weights / 1000 * wave
        yield {}, found

    def _permits(self) -> Iterator[tuple[dict[str, str], Values]]:
        found = {code: self._years(name, _PERMITS, waves=0.15) for code, name in _REASONS.items()}
        everything = {
            geo: {when: sum(one[geo][when] for one in found.values()) for when in line}
            for geo, line in found["FAM"].items()
        }
        yield {"reason": "TOTAL"}, everything
        for code, values in found.items():
            yield {"reason": code}, values

    def _ordered(self) -> Iterator[tuple[dict[str, str], Values]]:
        yield {}, self._years("ordered", _RETURNS, waves=0.2)

    def _returned(self) -> Iterator[tuple[dict[str, str], Values]]:
        ((_, ordered),) = self._ordered()
        yield {}, _times(ordered, lambda geo: 0.15 + _chance("returned", geo) / 3)

    def _population(self) -> Iterator[tuple[dict[str, str], Values]]:
        found: Values = {}
        for geo, weights in self.weights.items():
            then, later = weights[_PEOPLE], weights[_PEOPLE_LATER]
            found[geo] = {
                when: 1000 * (then + (later - then) * (when.year - _FIRST) / 10)
                * (1 + (_chance("people", geo, when.code) - 0.5) / 500)
                for when in self._periods("A")
            }  # fmt: skip
        yield {}, _without_who_left(found)

    @cached_property
    def first_time(self) -> Values:
        """First-time applicants by month, from which most else is derived."""
        found: Values = {
            geo: {
                when: self._level("applicants", when) / 12 * weight / 1000
                * _SEASON[when.month - 1] * _wave(geo, when, 0.4)
                * (1 + 0.12 * (_chance("month", geo, when.code) - 0.5))
                for when in self._periods("M")
            }
            for geo, weight in self._here(_ASYLUM)
        }  # fmt: skip
        return _without_who_left(found)

    def _years(self, name: str, weight: int, *, waves: float) -> Values:
        return _without_who_left(
            {
                geo: {
                    when: 1000 * self.levels[name][when.year - _FIRST] * weights / 1000
                    * _wave(f"{name} {geo}", when, waves)
                    for when in self._periods("A")
                }
                for geo, weights in self._here(weight)
            }
        )  # fmt: skip

    def _here(self, weight: int) -> Iterator[tuple[str, float]]:
        return ((geo, one[weight]) for geo, one in self.weights.items() if one[weight])

    def _level(self, name: str, when: Period) -> float:
        """In persons, between the levels of two years."""
        levels = self.levels[name]
        at = max(0.0, when.year - _FIRST + (when.month - 6.5) / 12)
        year = min(int(at), len(levels) - 2)
        return 1000 * (levels[year] + min(at - year, 1.5) * (levels[year + 1] - levels[year]))


def _wave(name: str, when: Period, height: float) -> float:
    """Goes up and down over some years, each place by its own clock."""
    years = when.year + when.month / 12
    length, begins = 3 + 4 * _chance("length", name), _chance("begins", name)
    return exp(height * sin(2 * pi * (years / length + begins)))


def _granted(geo: str) -> float:
    return 0.28 + 0.3 * _chance("granted", geo)


def _break_year(code: str, geo: str) -> int:
    chance = _chance("break", code, geo)
    return 2017 + int(chance * 100) if chance < 0.06 else 0


def _times(values: Values, factor: Callable[[str], float]) -> Values:
    return {
        geo: {when: value * factor(geo) for when, value in line.items()}
        for geo, line in values.items()
    }


def _added(values: Values, frequency: Frequency, last: Period) -> Values:
    """Shorter periods as longer ones, up to the last whole one."""
    found: Values = {}
    for geo, line in values.items():
        found[geo] = {}
        for when, value in line.items():
            month = 1 if frequency == "A" else (when.month - 1) // 3 * 3 + 1
            whole = Period(when.year, month, frequency)
            if whole <= last:
                found[geo][whole] = found[geo].get(whole, 0.0) + value
    return found


def _with_groups(values: Values) -> Values:
    """With the EU of today for all years, and that of 28 for as long as there was one."""
    today: dict[Period, float] = {}
    for geo, line in values.items():
        if geo not in _BESIDE:
            for when, value in line.items():
                today[when] = today.get(when, 0.0) + value
    left = values.get("UK", {})
    before = {when: value + left[when] for when, value in today.items() if when in left}
    groups = {"EU27_2020": today, **({"EU28": before} if before else {})}
    return groups | {geo: line for geo, line in values.items() if line}


def _without_who_left(values: Values) -> Values:
    kept = {when: v for when, v in values.get("UK", {}).items() if when.year < _UK_LEFT}
    return {geo: line for geo, line in values.items() if geo != "UK"} | (
        {"UK": kept} if kept else {}
    )


def _chance(*words: str) -> float:
    """A number from 0 to 1 that looks drawn by lot, and is the same for the same words."""
    digest = blake2b("\n".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64
