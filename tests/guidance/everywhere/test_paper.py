"""Guides on paper, sheets in two languages, and the addresses that stand on them."""

import io
import re
from typing import Any

import guided
import pytest
from django.core.cache import cache
from django.test import Client
from pypdf import PdfReader

from contactpoint.guidance.addresses import Addresses
from contactpoint.guidance.everywhere import paper
from contactpoint.guidance.everywhere.sharing import gift
from contactpoint.guidance.heard.keeping import keep
from contactpoint.guidance.heard.saying import sayings
from contactpoint.guidance.heard.sounding import Sounded
from contactpoint.guidance.models import GuideText, Recording
from contactpoint.guidance.variants import VARIANTS
from contactpoint.kit.composing.press import TooLongError, UnprintableError

PDF = "/ar/guidance/procedure/interview.pdf"
SHEET = "/en/guidance/sheet/?second=ar&guide=interview"


@pytest.fixture(autouse=True)
def _no_pdf(guides: None, settings: Any) -> None:
    settings.BASE_URL = "https://guide.example"
    cache.clear()


def root(content: bytes) -> Any:
    return PdfReader(io.BytesIO(content)).trailer["/Root"]


def test_a_guide_is_a_tagged_pdf_in_its_language(client: Client) -> None:
    answer = client.get(PDF)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Content-Disposition"] == 'inline; filename="interview-ar.pdf"'
    found = root(answer.content)
    assert found["/MarkInfo"]["/Marked"]
    assert found["/StructTreeRoot"]
    assert found["/Lang"].startswith("ar")
    reader = PdfReader(io.BytesIO(answer.content))
    assert reader.metadata is not None
    assert reader.metadata.title == guided.text("interview", "ar").title


def test_a_pdf_is_made_once_for_the_same_words(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(PDF).content
    monkeypatch.setattr(paper, "printed", lambda tree: 1 / 0)
    assert client.get(PDF).content == first


@pytest.mark.parametrize("path", [
    "/ar/guidance/health/interview.pdf", "/ar/guidance/procedure/ask.pdf",
    "/ar/guidance/procedure/nowhere.pdf",
])  # fmt: skip
def test_what_is_not_there_has_no_pdf(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_where_it_cannot_be_printed_a_page_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(tree: object) -> None:
        raise UnprintableError("no")

    monkeypatch.setattr(paper, "printed", fails)
    answer = client.get(PDF)
    assert answer.status_code == 500
    assert '<html lang="ar" dir="rtl">' in answer.content.decode()


def test_a_sheet_has_both_languages_line_by_line(client: Client) -> None:
    page = client.get(SHEET).content.decode()
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.S)
    assert guided.text("interview").title in rows[0]
    assert guided.text("interview", "ar").title in rows[0]
    assert 'lang="ar" dir="rtl"' in rows[0]
    for row in rows[2:]:
        assert len(re.findall(r"<td", row)) == 2
        assert " id=" not in row
    digest = guided.text("interview", "ar").digest
    assert f"https://guide.example/ar/guidance/interview/version/{digest}/" in page
    assert 'class="page-qr"' in page
    assert "/en/guidance/sheet/sheet.pdf?second=ar&amp;guide=interview" in page


@pytest.mark.parametrize(("own", "first"), [("en", "ar"), ("ar", "en"), ("fr", "ar")])
def test_the_list_of_languages_opens_with_one_of_the_other_side_of_the_counter(
    client: Client, own: str, first: str
) -> None:
    page = client.get(f"/{own}/guidance/sheet/").content.decode()
    assert re.split(r'<select id="as"', page)[0].count(" selected") == 1
    assert f'<option value="{first}" lang="{first}" selected>' in page
    chosen = client.get(f"/{own}/guidance/sheet/?second=so").content.decode()
    assert '<option value="so" lang="so" selected>' in chosen


def test_a_sheet_is_one_tagged_pdf(client: Client) -> None:
    answer = client.get("/en/guidance/sheet/sheet.pdf?second=ar&guide=interview")
    assert answer["Content-Type"] == "application/pdf"
    found = root(answer.content)
    assert found["/StructTreeRoot"]
    assert found["/Lang"].startswith("en")
    assert b"/Lang(ar)" in answer.content
    assert len(PdfReader(io.BytesIO(answer.content)).pages) <= 2


def test_too_much_for_one_sheet_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(tree: object) -> None:
        raise TooLongError("3 pages")

    monkeypatch.setattr(paper, "printed_facing", fails)
    answer = client.get("/en/guidance/sheet/sheet.pdf?second=ar&guide=interview")
    assert answer.status_code == 422
    assert "Choose fewer pages, or choose for whom the sheet is" in answer.content.decode()


@pytest.mark.parametrize("query", ["", "?second=en&guide=interview", "?second=zz&guide=interview",
                                   "?second=ar", "?second=ar&guide=nowhere"])  # fmt: skip
def test_a_sheet_without_a_choice_is_a_choice(client: Client, query: str) -> None:
    answer = client.get(f"/en/guidance/sheet/{query}")
    assert answer.status_code == 200
    assert "<table" not in answer.content.decode()
    assert client.get(f"/en/guidance/sheet/sheet.pdf{query}").status_code == 404


def test_an_address_on_paper_leads_to_the_page_while_its_words_are_the_same(
    client: Client,
) -> None:
    digest = guided.text("interview", "ar").digest
    answer = client.get(f"/ar/guidance/interview/version/{digest}/")
    assert answer.status_code == 302
    assert answer["Location"] == "/ar/guidance/procedure/interview/"


def changed(language: str) -> tuple[GuideText, str]:
    text = guided.text("interview", language)
    text.save_revision().publish()
    printed = text.digest
    text.refresh_from_db()
    text.body[0]["text"] = "Quite another sentence."
    text.save_revision().publish()
    return text, printed


def test_an_address_on_paper_says_that_there_are_newer_words(client: Client) -> None:
    before = guided.text("interview").blocks[0].text
    _text, printed = changed("en")
    page = client.get(f"/en/guidance/interview/version/{printed}/").content.decode()
    assert "There is a newer text now." in page
    assert before.split(".")[0] in page
    assert "Quite another sentence." not in page
    assert 'href="/en/guidance/procedure/interview/"' in page


def test_words_that_nobody_kept_are_told_to_be_older(client: Client) -> None:
    page = client.get("/en/guidance/interview/version/0123456789abcdef/").content.decode()
    assert "The text has changed since your paper was printed." in page
    assert 'href="/en/guidance/procedure/interview/"' in page


def test_a_page_can_be_given_away_without_a_third_party(client: Client) -> None:
    page = client.get("/ar/guidance/procedure/interview/?as=minor").content.decode()
    given = re.search(r'<details class="give">.*?</details>', page, re.S)
    assert given is not None
    assert "https://guide.example/ar/guidance/interview/".removeprefix("https://") in given[0]
    assert "minor" not in given[0]  # who the reader is, is nobody else's business
    links = re.findall(r'href="([^"]*)"', given[0])
    assert [link.partition(":")[0] for link in links] == ["sms", "mailto"]
    assert "src=" not in given[0]
    assert 'href="/ar/guidance/procedure/interview.pdf?as=minor"' in page


def test_a_message_tells_no_title_where_titles_tell_nothing(settings: Any) -> None:
    settings.GUIDANCE_NEUTRAL_TITLES = True
    given = gift(Addresses("en"), "procedure", "interview", "The interview")
    assert "interview%0A" not in given.sms
    assert "subject" not in given.mail
    assert given.shown == "guide.example/en/guidance/interview/"


def test_words_that_were_loaded_and_edited_once_are_still_shown_to_whoever_has_them_on_paper(
    client: Client,
) -> None:
    text = guided.text("interview")
    printed, before = text.digest, text.blocks[0].text
    assert not text.revisions.exists()  # loaded, not published in the admin
    text.body[0]["text"] = "Quite another sentence."
    text.save_revision().publish()
    page = client.get(f"/en/guidance/interview/version/{printed}/").content.decode()
    assert "This is an older text" in page
    assert before.split(".")[0] in page
    assert "Quite another sentence." not in page
    assert "Do not rely on it" in page  # an example stays one on every page that shows it


def test_where_the_printed_words_are_not_kept_those_of_today_stand_there(client: Client) -> None:
    page = client.get("/en/guidance/interview/version/0123456789abcdef/").content.decode()
    assert "This is the new text." in page
    assert guided.text("interview").blocks[0].text.split(".")[0] in page
    assert "This is an older text" not in page
    assert "Do not rely on it" in page


def test_the_printed_words_can_be_heard(client: Client, tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    text = guided.text("interview")
    said = sayings(text, None, {})[1]
    keep(text, said, Recording.Kind.HUMAN, Sounded(b"old mp3", b"old opus", 1.0))
    text, printed = changed("en")
    base = f"/en/guidance/interview/version/{printed}"
    page = client.get(f"{base}/").content.decode()
    sound = f"{base}/{said.block}-{said.digest}"
    assert f'href="{sound}.mp3"' in page
    assert client.get(f"{sound}.opus").content == b"old opus"
    assert client.get(f"{base}.mp3").content == b"old mp3"
    assert "WEBVTT" in client.get(f"{base}.vtt").content.decode()
    of_today = f"/en/guidance/voice/interview/{said.block}-{said.digest}.opus"
    assert client.get(of_today).status_code == 404


def test_on_the_sheet_one_chooses_who_the_reader_is(client: Client) -> None:
    page = client.get(f"{SHEET}&as=minor").content.decode()
    choice = re.search(r'<select id="as".*?</select>', page, re.S)
    assert choice is not None
    assert re.findall(r'value="(\w*)"', choice[0]) == [*VARIANTS, ""]
    assert 'value="minor" selected' in choice[0]
    assert "as=minor" in re.findall(r'href="([^"]*sheet.pdf[^"]*)"', page)[0]
