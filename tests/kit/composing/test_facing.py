"""A sheet in two languages: one beside the other, each said to be what it is."""

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from contactpoint.kit.composing.document import Listing, Paragraph, Run
from contactpoint.kit.composing.facing import Facing, Row, Section
from contactpoint.kit.composing.press import TooLongError, printed_facing


def sheet(rows: int, languages: tuple[str, str] = ("en", "ar")) -> Facing:
    one = Row(
        [Paragraph([Run("You tell "), Run("your story", bold=True)])],
        [Listing([[Paragraph([Run("تحكي قصتك")])]], ordered=True)],
        marked=True,
    )
    section = Section(
        titles=("The interview", "المقابلة"),
        rows=[one, Row([Paragraph([Run("Only here")])], [])] * rows,
        address="https://guide.example/ar/guidance/interview/version/0123456789abcdef/",
        closing=("Scan this", "صوّر هذا"),
    )
    return Facing(
        title="Guide",
        languages=languages,
        names=("English", "العربية"),
        publisher="Office",
        made_at=datetime(2026, 11, 26, tzinfo=UTC),
        dated="26 November 2026",
        sections=[section],
        foot=("Guide", "دليل"),
    )


@pytest.mark.parametrize("languages", [("en", "ar"), ("ar", "ti"), ("ps", "fa")])
def test_it_is_one_tagged_page_that_says_both_languages(languages: tuple[str, str]) -> None:
    made = printed_facing(sheet(2, languages))
    root = PdfReader(io.BytesIO(made.pdf)).trailer["/Root"]
    assert made.pages == 1
    assert root["/StructTreeRoot"]  # type: ignore[index]
    assert str(root["/Lang"]).startswith(languages[0])  # type: ignore[index]
    assert f"/Lang({languages[1]})".encode() in made.pdf


def test_what_is_long_takes_both_sides_and_no_more() -> None:
    assert printed_facing(sheet(40)).pages == 2
    with pytest.raises(TooLongError):
        printed_facing(sheet(120))
