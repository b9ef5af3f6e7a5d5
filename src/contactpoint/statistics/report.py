"""A report on one period: each indicator for the country and the EU, with its changes, or why not.

Costs three queries: the extractions, their lines, and what was printed at the time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from contactpoint.figures import Change, Figure, Period
from contactpoint.figures.published import published
from contactpoint.figures.telling import Teller
from contactpoint.statistics.answering import ANY_EU, Answer, Answers, Asked, answered
from contactpoint.statistics.configured import Shown, shown
from contactpoint.statistics.showing import label_of


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
    """One indicator; `concept` is what the glossary defines it by."""

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
    places = (country, eu or ANY_EU)
    answers = answered(
        Asked(one.name, geo, when, until) for one in rows if one.counted(when) for geo in places
    )
    with override(language):
        return tuple(
            Row(
                one.name,
                one.concept,
                label_of(one, language),
                tuple(_Telling(teller, one, when, until).told(geo, answers) for geo in places),
            )
            for one in rows
        )


class _Telling:
    """One indicator in one period."""

    def __init__(self, teller: Teller, one: Shown, when: Period, until: date | None) -> None:
        self.teller, self.one, self.until = teller, one, until
        self.asked = when

    def told(self, geo: str, answers: Answers) -> Told:
        """At one place."""
        asked = Asked(self.one.name, geo, self.asked, self.until)
        first = asked.geos[0]
        counted = self.one.counted(self.asked)
        if counted is None:
            return Told(first, self._no_period(), reason="no-period")
        indicator, when = counted
        answer = answers.told(asked)
        if answer.figure is not None and answer.figure.value is not None:
            return self._of(answer.figure, answer)
        code = indicator.dataset.code
        were_printed = answers.were_printed(self.one, indicator, self.until)
        why, source = self._only_printed(asked.geos, when) if were_printed else ((), "")
        if (code, self.until) not in answers.extractions:
            return Told(first, self._no_data(code), why=why, source=source, reason="no-data")
        sentence = self._no_figure(when, indicator.dataset.kind)
        return Told(first, sentence, why=why, source=source, reason="no-figure")

    def _only_printed(self, geos: Collection[str], when: Period) -> tuple[tuple[str, ...], str]:
        """The change that was printed of a period without the figure itself, and where."""
        for one in published():
            figure = one.figure
            is_asked = figure.measure == self.one.published and figure.period == when
            is_known = figure.vintage is not None and (
                self.until is None or figure.vintage.last <= self.until
            )
            if not (is_asked and is_known and figure.geo in geos) or figure.value is not None:
                continue
            said = self.teller.printed_changes(figure, one.previous, one.year)
            if said:
                place = self.teller.words.place(figure.geo)
                told = f"{_('As it was printed at the time')}: {place}, {said}."
                return (told,), self.teller.source_of(figure)
        return (), ""

    def _of(self, figure: Figure, answer: Answer) -> Told:
        changes = answer.changes
        why = [said for one in changes if (said := self.teller.why_not(one))]
        return Told(
            figure.geo,
            self.teller.sentence(figure, self.one.sentence, changes),
            figure,
            answer.previous,
            answer.year,
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
