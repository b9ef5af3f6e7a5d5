"""Where the figure of a country stands: what part of the EU's it is, how many to a million
inhabitants, and its place among the countries; for sheets, as the country's page has it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from contactpoint.figures import Figure, Period, Rank, Ratio, per_million, rank
from contactpoint.figures.places import REPORTING, is_country, members
from contactpoint.figures.telling import Teller
from contactpoint.statistics.answering import Answers
from contactpoint.statistics.configured import Shown, population
from contactpoint.statistics.showing import share_of
from contactpoint.statistics.wording import share_words

COUNTRIES: Final = frozenset(filter(is_country, REPORTING))
"""Those that may have a place."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Each is without a value where it can't be told."""

    share: float | None = None
    rate: Ratio | None = None
    rank: Rank | None = None

    def told(self, teller: Teller) -> str:
        """“3.2 % of the EU · 424 per million inhabitants · number 3 of 27 countries”."""
        share = (
            _("%(share)s of the EU") % {"share": share_words(self.share, teller.words.language)}
            if self.share is not None
            else ""
        )
        rate = teller.rate(self.rate) if self.rate else ""
        place = teller.rank(self.rank) if self.rank else ""
        return " · ".join(filter(None, (share, rate, place)))


def placed(one: Shown, figure: Figure, eu: Figure | None, answers: Answers) -> Placed:
    """Of a figure from a table; `eu` is that of the same period. `answers` hold `COUNTRIES` and the
    population too."""
    return Placed(
        share_of(figure, eu),
        per_million(figure, _people(figure, answers)),
        rank(_rivals(one, figure.period, answers), figure.geo, members(figure.period)),
    )


def _people(figure: Figure, answers: Answers) -> Figure | None:
    held = answers.held(population(), population().by["A"], figure.geo)
    year = Period(figure.period.year, 1, "A")
    return (held.line.at(year) or held.line.at(year.previous)) if held else None


def _rivals(one: Shown, when: Period, answers: Answers) -> Iterator[Figure]:
    counted = one.counted(when)
    if counted is None:
        return
    for code in COUNTRIES:
        held = answers.held(one, counted[0], code)
        found = held.between(counted[1], counted[1]).at(counted[1]) if held else None
        if found is not None:
            yield found
