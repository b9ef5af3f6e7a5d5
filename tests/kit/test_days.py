"""Days in words as each language writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils.translation import override

from contactpoint.guidance.days import told
from contactpoint.kit.days import in_words, with_first


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("fr", date(2021, 7, 1), "1er juillet 2021"),
        ("fr", date(2021, 7, 11), "11 juillet 2021"),
        ("fr", date(2021, 7, 21), "21 juillet 2021"),
        ("fr", date(2021, 7, 31), "31 juillet 2021"),
        ("en", date(2021, 7, 1), "1 July 2021"),
        ("nl", date(2021, 7, 1), "1 juli 2021"),
        ("de", date(2021, 7, 1), "1. Juli 2021"),
    ],
)
def test_the_first_of_a_month_is_an_ordinal_in_french_alone(
    language: str, day: date, words: str
) -> None:
    with override(language):
        assert in_words(day) == words
        template = Template("{% load kit %}{{ day|day }}|{{ day|short_day }}")
        long, short = template.render(Context({"day": day})).split("|")
    assert long == words
    assert short.startswith("1er ") is words.startswith("1er ")


def test_a_month_alone_has_no_first() -> None:
    with override("fr"):
        assert in_words(date(2021, 7, 1), "YEAR_MONTH_FORMAT") == "juillet 2021"
    assert with_first("01/07/2021", date(2021, 7, 1), "fr") == "01/07/2021"


def test_a_moment_is_told_by_its_own_clock() -> None:
    late = datetime(2021, 7, 1, 23, 30, tzinfo=ZoneInfo("America/New_York"))
    with override("fr"):
        assert in_words(late) == "1er juillet 2021"


def test_applicants_read_it_so_too() -> None:
    assert told(date(2021, 7, 1), "fr", "long") == "1er juillet 2021"
