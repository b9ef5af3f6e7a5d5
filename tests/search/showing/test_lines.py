"""Results as lines of a list: sentences apart from files, versions by language."""

from datetime import date, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from contactpoint.search.asking.results import Chip, Highlight, Piece, Result
from contactpoint.search.showing.addresses import Asked
from contactpoint.search.showing.lines import Line, lines, recognised
from contactpoint.search.showing.naming import Names

PIECES = [Piece("a <b>", False), Piece("visa", True)]


def line(**changes: Any) -> Line:
    given: dict[str, Any] = {
        "key": "output:1",
        "kind": "publication",
        "type": "study",
        "title": PIECES,
        "url": "/en/a/",
        "language": "en",
        "teaser": "A teaser.",
        "day": date(2020, 2, 3),
        "alternates": {"en": "/en/a/"},
    }
    names = Names("en")
    names._tree = []  # no theme, so no database
    return lines([Result(**(given | changes))], names)[0]


def rendered(shown: Line) -> str:
    return render_to_string("search/components/result.html", {"line": shown})


def test_a_hit_in_a_file_is_a_link_that_says_on_which_page_it_stands() -> None:
    hit = Highlight(PIECES, "en", "Annual report", "/documents/7/report.pdf", 12)
    shown = line(highlights=[hit])
    assert (shown.files[0].format, shown.sentences) == ("PDF", [])
    page = rendered(shown)
    assert '<a href="/documents/7/report.pdf">Page 12 of Annual report</a>' in page
    assert "A teaser." not in page


def test_what_is_numbered_depends_on_the_file() -> None:
    hits = [
        Highlight(PIECES, "en", "Figures", "/documents/1/figures.xlsx", 2),
        Highlight(PIECES, "en", "Talk", "/documents/2/talk.pptx", 3),
        Highlight(PIECES, "en", "Letter", "/documents/3/letter.docx", 1),
    ]
    texts = [hit.text for hit in line(highlights=hits).files]
    assert texts == ["Sheet 2 of Figures", "Slide 3 of Talk", "Letter"]


def test_what_was_asked_for_is_marked_and_nothing_else_is_markup() -> None:
    page = rendered(line(highlights=[Highlight(PIECES, "ar")]))
    assert page.count("<mark>visa</mark>") == 2
    assert "<b>" not in page
    assert 'lang="ar" dir="rtl"' in page


def test_a_title_in_another_language_says_so() -> None:
    page = rendered(line(language="ar", alternates={"ar": "/ar/a/"}))
    assert 'lang="ar" dir="rtl" hreflang="ar"' in page


def test_a_type_is_told_rather_than_the_kind() -> None:
    assert line().label == "Study"
    assert line(type="", kind="concept").label == "Glossary term"
    assert line(type="", kind="of-another-room").label == "of-another-room"


def test_one_version_in_the_readers_language_needs_no_word() -> None:
    assert line().versions == []
    (version,) = line(language="fr", alternates={"fr": "/fr/a/"}).versions
    assert (version.name, version.current) == ("French", True)


def test_a_result_that_editors_chose_says_so() -> None:
    assert "Chosen by the editors" in rendered(line(pinned=True))
    assert "Chosen by the editors" not in rendered(line())


def test_the_same_reason_is_told_once() -> None:
    page = rendered(
        line(reasons=["This is about visas.", "In the title: “a”.", "This is about visas."])
    )
    assert page.count("This is about visas.") == 1
    assert "In the title" in page


def test_a_day_may_be_to_come() -> None:
    assert line(day=timezone.localdate() + timedelta(days=3)).to_come
    assert not line().to_come


def test_a_kind_leads_to_all_that_is_of_it_and_other_chips_lead_where_they_did() -> None:
    chips = [
        Chip("kinds/vacancy", "job vacancy", "", "jobs", "en"),
        Chip("visa", "visa", "/en/glossary/visa/", "visa", "en"),
        Chip("words/job", "job", "", "jobs", "en"),
    ]
    shown = recognised(chips, Asked("jobs"), Names("en"), lambda asked: f"?{asked.query()}")
    assert [one.chip.url for one in shown] == ["?kind=vacancy", "/en/glossary/visa/", ""]
    assert shown[0].toggle_url == "?q=jobs&off=kinds/vacancy"
