"""Days in words, as a person writes them. French says “1er juillet” and then “2 juillet”; neither
Django's formats nor the Unicode locale data have that."""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from babel.dates import format_skeleton
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

_FIRST: Final = re.compile(r"(?<!\d)1(?=[\s\u00a0][^\W\d])")


def in_words(day: date | datetime, form: str = "DATE_FORMAT") -> str:
    """ "17 March 2021", "17. März 2021", "1er mars 2021", in the active language; of a moment by
    its own clock."""
    return with_first(date_format(day, form), day, get_language() or "")


def with_first(said: str, day: date, language: str) -> str:
    """What a library made of a day, with the first of a month as the language has it."""
    if day.day != 1 or language.partition("-")[0] != "fr":
        return said
    return _FIRST.sub("1er", said, count=1)


def short(day: date, form: str = "yMMMd") -> str:
    """ "17 Mar 2021", "17 mrt 2021", in the active language; `form` by Unicode's skeletons."""
    language = get_language() or "en"
    said = _short(day, form, language)
    return with_first(said, day, language) if "d" in form else said


def short_moment(moment: datetime) -> str:
    """ "17 Mar 2021, 14:05", by the clock of the site."""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{short(local.date())}, {local:%H:%M}"


@lru_cache(maxsize=4096)
def _short(value: date, skeleton: str, language: str) -> str:
    # Django's short months are capitalised in every language; the Unicode locale data know better.
    locale = "en_GB" if language == "en" else language.replace("-", "_")
    return str(format_skeleton(skeleton, value, locale=locale))
