"""Official figures: cubes with flags and vintages, their changes, and sentences that say them.

A pure library: no web framework. `formats.read` reads a file, `harmonised` brings it to the names
of today, `checked` holds it against the one before, `series` takes one line of figures from it,
`on_previous` and `on_year` compare, `telling.Teller` puts it in words. See
`docs/decisions/0033-figures.md`.
"""

from contactpoint.figures.changes import Change, Reason, best, compare, on_previous, on_year
from contactpoint.figures.datasets import Dataset, Indicator, dataset, indicator
from contactpoint.figures.errors import (
    FiguresError,
    Finding,
    NotAddableError,
    SurprisingError,
    UnreadableError,
)
from contactpoint.figures.figure import Figure, Series, series
from contactpoint.figures.harmonising import harmonised, harmonised_rows
from contactpoint.figures.limits import Limits
from contactpoint.figures.model import Cell, Cube, Dimension, Origin, Row, Rows
from contactpoint.figures.periods import Period, period
from contactpoint.figures.ratios import Rank, Ratio, per_million, rank, share
from contactpoint.figures.revisions import Revision, history, then_and_now
from contactpoint.figures.surprises import (
    Description,
    checked,
    checked_rows,
    complete_until,
    describe,
    expected,
    surprises,
)
from contactpoint.figures.vintages import Vintage, vintage

__all__ = [
    "Cell",
    "Change",
    "Cube",
    "Dataset",
    "Description",
    "Dimension",
    "Figure",
    "FiguresError",
    "Finding",
    "Indicator",
    "Limits",
    "NotAddableError",
    "Origin",
    "Period",
    "Rank",
    "Ratio",
    "Reason",
    "Revision",
    "Row",
    "Rows",
    "Series",
    "SurprisingError",
    "UnreadableError",
    "Vintage",
    "best",
    "checked",
    "checked_rows",
    "compare",
    "complete_until",
    "dataset",
    "describe",
    "expected",
    "harmonised",
    "harmonised_rows",
    "history",
    "indicator",
    "on_previous",
    "on_year",
    "per_million",
    "period",
    "rank",
    "series",
    "share",
    "surprises",
    "then_and_now",
    "vintage",
]
