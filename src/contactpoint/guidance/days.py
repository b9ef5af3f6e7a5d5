"""Days as each language of applicants writes them; the day before the month also in English."""

from datetime import date, datetime
from typing import Final, Literal

from babel.dates import format_date
from django.utils import timezone

from contactpoint.kit.days import with_first

LOCALES: Final = {"en": "en_GB"}


def told(day: date | datetime | None, language: str, form: Literal["long", "short"]) -> str:
    """The day by the clock of the site; empty for none."""
    if day is None:
        return ""
    local = timezone.localtime(day).date() if isinstance(day, datetime) else day
    said = str(format_date(local, form, locale=LOCALES.get(language, language)))
    return with_first(said, local, language) if form == "long" else said
