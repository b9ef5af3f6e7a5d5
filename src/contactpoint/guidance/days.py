"""Days as each language of applicants writes them; the day before the month also in English."""

from datetime import date, datetime
from typing import Final, Literal

from babel.dates import format_date
from django.utils import timezone

from contactpoint.kit.days import with_first

LOCALES: Final = {"en": "en_GB"}
SHORT: Final = "d MMM y"
"""With the month as a word, and the day first: 5/11/26 is two days, read from two sides; and the
short days of Arabic hold marks of direction that turn them round in a table."""
SHORT_IN: Final = {"de": "d. MMM y"}


def told(day: date | datetime | None, language: str, form: Literal["long", "short"]) -> str:
    """The day by the clock of the site; empty for none."""
    if day is None:
        return ""
    local = timezone.localtime(day).date() if isinstance(day, datetime) else day
    wanted = SHORT_IN.get(language, SHORT) if form == "short" else form
    said = str(format_date(local, wanted, locale=LOCALES.get(language, language)))
    return with_first(said, local, language)
