"""A country's sheet is one tagged page in each language, however much or little is known."""

import io
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from factories import make_site
from made_answers import answer, applicants
from pypdf import PdfReader
from pypdfium2 import PdfDocument
from storing import Keep

from contactpoint.figures.places import MEMBERS
from contactpoint.glossary.models import Concept
from contactpoint.statistics import factsheet
from contactpoint.statistics.actions import load_shipped
from contactpoint.statistics.factsheet import LONGEST_DEFINITION, printed_country, sheet_of

VALUES = [1500, 1520, 1525, 1700, 1720, 1765]


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.fixture
def figures(keep: Keep) -> None:
    keep(applicants(BE=VALUES, EU27_2020=[9000] * 6))
    keep(answer("migr_asypenctzm", {("BE", "2018-11"): (500, "p"), ("BE", "2018-12"): (600, "p")}))
    Concept.objects.create(
        slug="first-time-applicant",
        labels={"en": "first-time applicant", "nl": "eerste asielaanvrager"},
        definitions={
            "en": {"text": "Somebody who asks for asylum for the first time there. More."}
        },
    )


def entry(name: str, language: str = "en", geo: str = "BE") -> Any:
    found = sheet_of(geo, language).entries
    return next(one for one in found if one.label == name)


def words(pdf: bytes) -> str:
    return " ".join(
        " ".join(one.get_textpage().get_text_range() for one in PdfDocument(pdf)).split()
    )


def test_it_tells_the_newest_with_changes_and_its_course(figures: None) -> None:
    one = entry("First-time asylum applicants")
    here, there = one.readings
    assert (here.place, here.value, here.when) == ("Belgium", "5,185", "Q4 2018")
    assert here.notes == ["Up 14\u00a0% on the quarter before", "19\u00a0% of the EU"]
    assert (there.place, there.value) == ("EU-27 (from 2020)", "27,000")
    assert one.definition == "Somebody who asks for asylum for the first time there."
    assert one.course.values[-2:] == [4545.0, 5185.0]
    assert one.course.told == (
        "First-time asylum applicants, Belgium: 4,545 in Q3 2018, 5,185 in Q4 2018; "
        "most in Q4 2018, 5,185."
    )


def test_what_is_missing_is_said_and_not_zero(figures: None) -> None:
    here, there = entry("People waiting for a decision on their asylum application").readings
    assert (here.value, here.when) == ("600", "Dec 2018, provisional")
    assert (there.value, there.notes) == ("", ["No figure is known here."])


def test_a_sheet_tells_what_the_page_tells(client: Client, keep: Keep, figures: None) -> None:
    codes = {"freq": "M", "unit": "PER", "citizen": "TOTAL", "sex": "T", "age": "Y_LT18"}
    minors = {
        (geo, f"2018-{month}"): (10.0 * at, "p")
        for at, geo in enumerate(sorted(MEMBERS - {"UK"}), 1)
        for month in (10, 11, 12)
    }
    keep(answer("migr_asyumactm", minors, codes=codes))
    keep(answer("demo_pjan", {("BE", "2018"): (11_400_000.0, "")},
                codes={"freq": "A", "unit": "NR", "age": "TOTAL", "sex": "T"}))  # fmt: skip
    here = entry("Unaccompanied minors applying for asylum").readings[0]
    rows = client.get("/en/statistics/countries/be/").context["rows"]
    row = next(one for one in rows if "minors" in one.url)
    assert (here.value, here.when) == (row.head.value, "Q4 2018, provisional") == (
        "60", "Q4 2018, provisional",
    )  # fmt: skip
    assert here.notes[0] == f"{row.rate} per million inhabitants · {row.rank}"
    assert row.rank == "number 26 of the 27 countries with a figure"


@pytest.mark.parametrize(
    ("language", "when", "place"),
    [("nl", "K4 2018", "België"), ("fr", "T4 2018", "Belgique"), ("de", "Q4 2018", "Belgien")],
)
def test_it_is_one_tagged_page_in_its_language(
    client: Client, figures: None, language: str, when: str, place: str
) -> None:
    make_site(("en", "fr", "nl", "de"), standard=False)
    got = client.get(f"/{language}/statistics/countries/be.pdf")
    assert got.headers["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(got.content))
    root: Any = reader.trailer["/Root"]
    assert len(reader.pages) == 1
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith(language)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert reader.metadata is not None
    assert reader.metadata.title == place
    said = words(got.content)
    assert when in said
    assert f"/{language}/statistics/countries/be/" in said
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_it_is_a_page_too_where_hardly_anything_is_known(db: None) -> None:
    pdf, _digest = printed_country("MT", "en")
    said = words(pdf)
    assert len(PdfDocument(pdf)) == 1
    assert "No figure is known here." in said
    assert "Malta" in said


def test_it_is_a_page_too_where_much_is_said(
    figures: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "Aufenthaltsgenehmigungsverfahren in erster Instanz mit aufschiebender Wirkung"
    monkeypatch.setattr(factsheet, "_meant", lambda slugs, _l: dict.fromkeys(slugs, "Wort " * 38))
    monkeypatch.setattr(factsheet, "label_of", lambda _one, _language: long)
    rows = factsheet.standings("BE")
    monkeypatch.setattr(factsheet, "standings", lambda _geo: (rows * 3)[:14])
    pdf, _digest = printed_country("BE", "de")
    assert len(PdfDocument(pdf)) == 1
    assert words(pdf).count("Aufenthaltsgenehmigungsverfahren") >= 14


def test_what_was_printed_stands_in_for_a_table(db: None) -> None:
    load_shipped()
    there = sheet_of("BE", "en").entries[0].readings[1]
    assert there.value
    assert sheet_of("BE", "en").closing[0][0].text.startswith("Source: ")


def test_a_long_definition_ends_at_a_word(figures: None) -> None:
    text = "Somebody " * 60
    Concept.objects.update(definitions={"en": {"text": text}})
    said = entry("First-time asylum applicants").definition
    assert len(said) <= LONGEST_DEFINITION
    assert said.endswith("Somebody…")


def test_it_is_made_once_and_again_when_a_figure_changes(
    client: Client, keep: Keep, figures: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    real = factsheet.printed_sheet
    monkeypatch.setattr(
        factsheet,
        "printed_sheet",
        lambda sheet: made.append(sheet) or real(sheet),  # type: ignore[func-returns-value]
    )
    make_site(("en",), standard=False)
    first = client.get("/en/statistics/countries/be.pdf")
    again = client.get(
        "/en/statistics/countries/be.pdf", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (len(made), again.status_code) == (1, 304)
    keep(applicants(BE=[*VALUES[:5], 1800], EU27_2020=[9000] * 6), "2019-09-16")
    assert client.get("/en/statistics/countries/be.pdf").headers["ETag"] != first.headers["ETag"]
    assert len(made) == 2


@pytest.mark.parametrize("code", ["BE", "xx", "eu27_2020", "gr", "b"])
def test_there_is_none_of_anything_else(client: Client, db: None, code: str) -> None:
    make_site(("en",), standard=False)
    assert client.get(f"/en/statistics/countries/{code}.pdf").status_code == 404


def test_it_costs_few_queries(figures: None, django_assert_num_queries: Any) -> None:
    load_shipped()
    with django_assert_num_queries(4):
        sheet_of("BE", "en")


def test_what_finds_no_place_is_said(figures: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contactpoint.statistics.factsheet.MOST_ENTRIES", 3)
    sheet = sheet_of("BE", "en")
    assert len(sheet.entries) == 3
    assert sheet.entries[0].readings[0].value
    closing = " ".join(run.text for line in sheet.closing for run in line)
    assert "more indicators stand on the page on the web" in closing
    assert "isn't answerable for them: Eurostat." in closing
