"""Chapters of national reports in compilations, on the page and in files."""

from io import BytesIO

import pytest
from consulting import made_query, state_answers
from django.test import Client
from docx import Document

from contactpoint.consultations.compilations.composing import composed
from contactpoint.consultations.compilations.gathering import compiled
from contactpoint.consultations.forms.marking import marked
from contactpoint.consultations.models import Round
from contactpoint.consultations.questions import Instrument, Kind, Question, Section
from contactpoint.consultations.reaching import Circle
from contactpoint.kit.composing.document import Heading, Listing, Table
from contactpoint.kit.composing.press import printed

pytestmark = pytest.mark.django_db
TEXT = "# Law\n\nA claim[^1].\n\n| Year | Files |\n|---|---|\n| 2018 | 12 |\n\n[^1]: The note."


@pytest.fixture
def study() -> Round:
    question = Question("law", Kind.RICH_TEXT, {"en": "Describe the law."})
    asked = Instrument("report", ("en",), sections=(Section("law", questions=(question,)),))
    made = made_query(asked=asked, code="report", labels={"en": "Report"})
    state_answers(made, "BE", {"law": marked(TEXT) + "<script>alert(1)</script>"})
    state_answers(made, "FR", {"law": "<p>secretword</p>"}, "network")
    return made


def test_the_page_shows_tables_and_notes_and_nothing_that_acts(
    client: Client, study: Round
) -> None:
    page = client.get("/en/consultations/report/").content.decode()
    assert "<td>12</td>" in page
    assert "<h6>Law</h6>" in page
    assert "claim<sup>1</sup>" in page
    assert "alert(1)" not in page
    assert "secretword" not in page


def test_files_have_them_as_headings_tables_and_lists(client: Client, study: Round) -> None:
    document = composed(compiled(study, Circle.PUBLIC, "en"))
    at = next(
        place for place, one in enumerate(document.blocks)
        if isinstance(one, Heading) and "Describe" in "".join(run.text for run in one.runs)
    )  # fmt: skip
    chapter = document.blocks[at:]
    assert [one.head for one in chapter if isinstance(one, Table)] == [["Year", "Files"]]
    assert any(isinstance(one, Listing) and one.ordered for one in chapter)
    said = client.get("/en/consultations/report/compilation.docx").content
    tables = Document(BytesIO(said)).tables
    assert [cell.text for cell in tables[-1].rows[1].cells] == ["2018", "12"]
    assert printed(document).pages >= 1
    assert "secretword" not in repr(document)
