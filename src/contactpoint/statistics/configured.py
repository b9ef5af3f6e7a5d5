"""What is fetched and what is shown, as `data/sources.toml` and `data/indicators.toml` say it."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from contactpoint.figures import FiguresError, Indicator, Period, indicator
from contactpoint.figures.datasets import Dataset, datasets
from contactpoint.figures.periods import Frequency

_more: list[Callable[[], Mapping[str, "Shown"]]] = []

PUBLISHED = "published-figures"
"""The dataset of what was printed at the time."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is asked of Eurostat for one dataset."""

    dataset: Dataset
    every: timedelta
    filters: Mapping[str, tuple[str, ...]]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One of the portal's indicators. `concept` names it; `by` has the library's indicator for each
    kind of period that figures are published for."""

    name: str
    concept: str
    sentence: str
    by: Mapping[Frequency, Indicator]
    published: str = ""
    parts: tuple[Indicator, ...] = ()
    """What its figures of years are made of, which no page of its own tells."""

    def counted(self, when: Period) -> tuple[Indicator, Period] | None:
        """What answers for a period: an indicator of the library, and the period to look at, which
        is the last month where something is counted at the end. None where nothing does."""
        if when.frequency in self.by:
            return self.by[when.frequency], when
        monthly = self.by.get("M")
        if monthly is None:
            return None
        if monthly.dataset.kind == "stock":
            return monthly, when.last_month
        if when.frequency == "Q" and monthly.dataset.kind == "flow":
            return replace(monthly, made_of="M"), when
        return None


@cache
def sources() -> Mapping[str, Source]:
    """By the code of the dataset."""
    said = read_data("sources")
    known = datasets()
    return {
        code: Source(
            known[code],
            timedelta(days=one["every_days"]),
            {name: tuple(codes) for name, codes in one["filters"].items()},
            tuple(said["places"]),
        )
        for code, one in said["datasets"].items()
    }


def source(code: str) -> Source:
    """The source called so, in any case. Raises `FiguresError`."""
    found = sources().get(code.lower())
    if found is None:
        raise FiguresError(
            f"{code[:100]!r} is neither a file nor a dataset that is fetched. Datasets are: "
            f"{', '.join(sources())}."
        )
    return found


@cache
def population() -> Shown:
    """What rates are told by. It isn't among the portal's indicators."""
    return Shown("population", "", "population", {"A": indicator("population")})


def shown() -> Mapping[str, Shown]:
    """The portal's indicators, in their order: those that it ships, then those of national tables
    that were loaded."""
    found = shipped()
    for asked in _more:
        more = asked()
        found = {**found, **more} if more else found
    return found


def show_more(more: Callable[[], Mapping[str, Shown]]) -> None:
    """Have `shown` ask for others, too."""
    _more.append(more)


@cache
def shipped() -> Mapping[str, Shown]:
    """Those that are configured."""
    frequencies: dict[str, Frequency] = {"month": "M", "quarter": "Q", "year": "A"}
    return {
        name: Shown(
            name,
            one["concept"],
            one["sentence"],
            {
                frequency: indicator(one[word])
                for word, frequency in frequencies.items()
                if word in one
            },
            one.get("published", ""),
            tuple(indicator(part) for part in one.get("parts", ())),
        )
        for name, one in read_data("indicators").items()
    }


def read_data(name: str) -> dict[str, Any]:
    """One of this app's own tables, `data/<name>.toml`."""
    path = files("contactpoint.statistics") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
