"""A short day is one day in every language, whichever side it is read from."""

import re
import unicodedata
from datetime import date

import pytest

from contactpoint.guidance.days import told
from contactpoint.guidance.languages import languages


@pytest.mark.parametrize("language", languages())
def test_a_short_day_has_its_month_as_a_word_and_no_mark_of_direction(language: str) -> None:
    said = told(date(2026, 11, 5), language, "short")
    assert re.fullmatch(r"5\.? \D+ 2026", said), said
    assert not any(unicodedata.category(sign) == "Cf" for sign in said)


def test_short_days_as_they_are_written() -> None:
    day = date(2026, 11, 5)
    assert told(day, "ar", "short") == "5 نوفمبر 2026"
    assert told(day, "en", "short") == "5 Nov 2026"
    assert told(day, "de", "short") == "5. Nov. 2026"
    assert told(None, "ar", "short") == ""
