"""Days in words, as a person writes them. French says “1er juillet” and then “2 juillet”; neither
Django's formats nor the Unicode locale data have that."""

import re
from datetime import date, datetime
from typing import Final

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
