"""A report on one period: each indicator for the country and the EU, with its changes, or why not.

Costs three queries: the extractions, their lines, and the concepts' names; and one for each
indicator that was printed and has no table.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from contactpoint.figures import Change, Figure, Period, best, on_previous, on_year
from contactpoint.figures.telling import Teller
from contactpoint.glossary.models import Concept
from contactpoint.glossary.naming import label_in
from contactpoint.statistics.answering import around
from contactpoint.statistics.configured import Shown, shown
from contactpoint.statistics.models import Extraction
from contactpoint.statistics.packing import Unpacked
from contactpoint.statistics.reading import (
    EU,
    eu_for,
    lines_of,
    newest_extractions,
    published_figures,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One indicator at one place: a figure with its changes, or the reason why there is none."""

    geo: str
    sentence: str
    figure: Figure | None = None
    previous: Change | None = None
    year: Change | None = None
    why: tuple[str, ...] = ()
    """Sentences on changes that can't be computed."""
    source: str = ""
    reason: str = ""
    """`no-data`, `no-period` or `no-figure` where there is no figure."""


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator, named by the glossary."""

    name: str
    concept: str
    label: str
    places: tuple[Told, ...]


def report(
    when: Period, *, country: str, language: str, until: date | None = None, eu: str = ""
) -> tuple[Row, ...]:
    """All indicators for a period, the country first, then the EU. `until` tells it as it was known
    on a day, `eu` names the group of countries (`EU28`). Raises `FiguresError` for a language that
    figures aren't told in."""
    teller = Teller(language)
    rows = shown().values()
    counted = {one.name: one.counted(when) for one in rows}
    indicators = [found[0] for found in counted.values() if found]
    extractions = newest_extractions({one.dataset.code for one in indicators}, until=until)
    stored = lines_of(indicators, extractions, (country, *EU))
    names = dict(
        Concept.objects.filter(slug__in=[one.concept for one in rows])
        .annotate(name=label_in(language))
        .values_list("slug", "name")
    )
    groups = ((country,), (eu,) if eu else EU)
    with override(language):
        return tuple(
            Row(
                one.name,
                one.concept,
                names.get(one.concept, one.name),
                _Telling(teller, one, when, until).told(groups, stored, extractions),
            )
            for one in rows
        )


class _Telling:
    """One indicator in one period."""

    def __init__(self, teller: Teller, one: Shown, when: Period, until: date | None) -> None:
        self.teller, self.one, self.until = teller, one, until
        self.asked = when
        self.counted = one.counted(when)
        self.groups: tuple[tuple[str, ...], ...] = ()

    def told(
        self,
        groups: tuple[tuple[str, ...], ...],
        stored: dict[str, dict[str, Unpacked]],
        extractions: dict[str, Extraction],
    ) -> tuple[Told, ...]:
        """Of each group of places the one that has figures."""
        self.groups = groups
        return tuple(self._told(geos, stored, extractions) for geos in groups)

    def _told(
        self,
        geos: tuple[str, ...],
        stored: dict[str, dict[str, Unpacked]],
        extractions: dict[str, Extraction],
    ) -> Told:
        if self.counted is None:
            return Told(geos[0], self._no_period(), reason="no-period")
        indicator, when = self.counted
        by_place = stored.get(indicator.name, {})
        extraction = extractions.get(indicator.dataset.code)
        is_example = extraction is not None and extraction.is_example
        # What was really published goes before what is invented.
        if is_example and (printed := self._published(geos, when)) is not None:
            return printed
        series_of = {
            geo: around(by_place[geo], when, is_added=bool(indicator.made_of))
            for geo in geos
            if geo in by_place
        }
        geo = eu_for(series_of, when, "" if geos == EU else geos[0])
        if geo:
            series = series_of[geo]
            figure = series.figures[when]
            return self._of(figure, on_previous(series, when), on_year(series, when))
        if not is_example and (printed := self._published(geos, when)) is not None:
            return printed
        if extraction is None:
            return Told(geos[0], self._no_data(indicator.dataset.code), reason="no-data")
        return Told(geos[0], self._no_figure(when, indicator.dataset.kind), reason="no-figure")

    def _published(self, geos: tuple[str, ...], when: Period) -> Told | None:
        """What was printed at the time, where the table itself isn't stored."""
        figures = [one for one in self.printed if one.geo in geos]
        current = [one for one in figures if one.period == when]
        if not current:
            return None
        figure = max(current, key=lambda one: (-geos.index(one.geo), one.vintage))
        before = [one for one in figures if one.period == when.previous]
        then = [one for one in figures if one.period == when.year_before]
        return self._of(
            figure,
            best(figure, before, comparison="previous"),
            best(figure, then, comparison="year"),
        )

    @cached_property
    def printed(self) -> list[Figure]:
        """What was printed of a period and of those it is compared with, for all places."""
        if not self.one.published or self.counted is None:
            return []
        when = self.counted[1]
        places = [geo for group in self.groups for geo in group]
        periods = dict.fromkeys((when, when.previous, when.year_before))
        return [
            one
            for one in published_figures(self.one.published, places, list(periods))
            if one.value is not None and (self.until is None or one.vintage.last <= self.until)  # type: ignore[union-attr]  # all have one
        ]

    def _of(self, figure: Figure, previous: Change, year: Change) -> Told:
        changes = [previous] if figure.period.frequency == "A" else [previous, year]
        why = [said for one in changes if (said := self.teller.why_not(one))]
        return Told(
            figure.geo,
            self.teller.sentence(figure, self.one.sentence, changes),
            figure,
            previous,
            year,
            tuple(dict.fromkeys(why)),
            self.teller.source_of(figure),
        )

    def _no_period(self) -> str:
        if set(self.one.by) == {"A"}:
            return _("It is counted by the year. Ask for a year, such as %(year)s.") % {
                "year": self.asked.year
            }
        codes = [self._example(frequency) for frequency in self.one.by]
        return _("It isn't counted for such a period. Ask for one such as %(periods)s.") % {
            "periods": ", ".join(codes)
        }

    def _example(self, frequency: Any) -> str:
        return Period(self.asked.year, 1, frequency).code

    def _no_data(self, code: str) -> str:
        return _(
            "Nothing of %(dataset)s is stored yet. Load it: contactpoint statistics load "
            "%(dataset)s"
        ) % {"dataset": code}

    def _no_figure(self, when: Period, kind: Any) -> str:
        return self.teller.sentence(Figure(None, when, kind=kind), self.one.sentence)
