"""The figures that the portal ships, as a table: what was printed, when, and by whom.

Each comes with the changes that were printed beside it, so that readers can hold ours against them.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from contactpoint.figures.places import is_group
from contactpoint.figures.published import Published, published
from contactpoint.statistics.addresses import period_url
from contactpoint.statistics.configured import shown
from contactpoint.statistics.naming import names
from contactpoint.statistics.wording import NONE, number, period_words, spoken, teller

_FIRST_TIME: Final = "first-time-applicants"


@dataclass(frozen=True, slots=True)
class Printing:
    """One printed figure for the EU."""

    period: str
    url: str
    place: str
    value: str
    previous: str
    year: str
    day: str
    source: str


@cache
def printings(language: str) -> list[Printing]:
    """First-time applicants in the EU as they were printed, the newest period first."""
    wanted = shown()[_FIRST_TIME].published
    rows = [one for one in published() if is_group(one.figure.geo) and one.figure.measure == wanted]
    rows.sort(key=lambda one: (one.figure.period.last_month, one.figure.period.frequency == "A",
                               str(one.figure.vintage)), reverse=True)  # fmt: skip
    return [_printing(one, language) for one in rows]


def _printing(one: Published, language: str) -> Printing:
    figure, said = one.figure, teller(language).words
    return Printing(
        period_words(figure.period, language),
        period_url(figure.period.code, language),
        names(spoken(language)).place(figure.geo),
        number(figure.value, language),
        _percent(one.previous, language),
        _percent(one.year, language),
        said.vintage(figure.vintage) if figure.vintage else NONE,
        figure.source,
    )


def _percent(whole: int | None, language: str) -> str:
    if whole is None:
        return ""
    said = teller(language).words.percent(whole)
    return f"+{said}" if whole > 0 else f"−{said}" if whole < 0 else said
