"""Where a figure stands: in the table of its indicator, at the row of its period."""

from datetime import date

from django.utils.http import urlencode

from contactpoint.figures import Period
from contactpoint.statistics.addresses import country_slug, indicator_url

_BY = {"A": "year", "S": "year", "Q": "quarter", "M": "month"}


def cell_url(name: str, geo: str, when: Period, language: str, known: date | None = None) -> str:
    """A place's figure of a period, as known on a day."""
    chosen = {"by": _BY[when.frequency], "place": country_slug(geo)}
    if known is not None:
        chosen["known"] = known.isoformat()
    return f"{indicator_url(name, language)}?{urlencode(chosen)}#{anchor(when)}"


def anchor(when: Period) -> str:
    """What the row of a period is called in its page: `2018-q4`."""
    return when.code.lower()
