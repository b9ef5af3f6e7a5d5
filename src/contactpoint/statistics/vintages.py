"""All that has been known of one cell: each vintage with its day and value, printed ones too.

Pages that pin a vintage compare two of them whole (`choosing`); this is for one figure: what has
happened to it since.
"""

from dataclasses import replace
from datetime import date

from contactpoint.figures import Figure, Indicator, Period, Revision, then_and_now
from contactpoint.statistics.configured import Shown
from contactpoint.statistics.models import Extraction
from contactpoint.statistics.reading import lines_in, published_figures


def vintages_of(one: Shown, geo: str, when: Period) -> list[Figure]:
    """What each vintage says of a cell, the oldest first: those of the table, and what was printed.
    A vintage that says nothing of it is left out. Three queries.

    All are called by the name of `one`, since they count the same. Examples are only among them
    where there is nothing else."""
    counted = one.counted(when)
    found = _stored(*counted, geo) if counted else []
    if one.published:
        found += published_figures(one.published, [geo], [when])
    real = [figure for figure in found if not figure.is_example]
    told = [replace(figure, measure=one.name) for figure in real or found]
    return sorted(told, key=_day)


def figure_then_and_now(one: Shown, geo: str, when: Period, known: date) -> Revision:
    """A cell as it was known on a day, and as it is known now. Three queries."""
    vintages = vintages_of(one, geo, when)
    then = [one for one in vintages if one.vintage is not None and one.vintage.last <= known]
    return then_and_now(then[-1] if then else None, vintages[-1] if vintages else None)


def _stored(indicator: Indicator, when: Period, geo: str) -> list[Figure]:
    extractions = Extraction.objects.filter(
        dataset__code=indicator.dataset.code, state=Extraction.State.COMPLETE
    ).select_related("dataset").defer("findings")  # fmt: skip
    lines = lines_in(indicator, extractions, geo)
    whole = [line.quarters() if indicator.made_of else line for line in lines]
    return [figure for line in whole if (figure := line.at(when)) is not None]


def _day(figure: Figure) -> tuple[date, date]:
    vintage = figure.vintage
    return (vintage.last, vintage.first) if vintage else (date.min, date.min)
