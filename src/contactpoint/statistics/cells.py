"""Where a figure stands: the indicator's page, at the cell of a place and a period."""

from datetime import date
from typing import Final
from urllib.parse import urlencode

from contactpoint.figures import Period
from contactpoint.figures.places import place

_BY: Final = {"A": "year", "S": "half-year", "Q": "quarter", "M": "month"}


def statistics_url(language: str) -> str:
    """The overview."""
    return f"/{language}/statistics/"


def indicator_url(name: str, language: str) -> str:
    """The page of an indicator."""
    return f"{statistics_url(language)}{name}/"


def cell_url(name: str, geo: str, when: Period, language: str, known: date | None = None) -> str:
    """The cell of a figure in the table of its indicator, as known on a day."""
    chosen = {"by": _BY[when.frequency], "place": place(geo).lower()}
    if known is not None:
        chosen["known"] = known.isoformat()
    return f"{indicator_url(name, language)}?{urlencode(chosen)}#{anchor(geo, when)}"


def anchor(geo: str, when: Period) -> str:
    """What a cell is called in its page: `be-2018-q4`."""
    return f"{place(geo)}-{when.code}".lower()
