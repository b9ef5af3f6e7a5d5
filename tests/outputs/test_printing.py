"""A publication is to be had as PDF as long as readers may read it, and as it is published."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import MadeSite, make_output, make_site
from made_answers import applicants
from pypdfium2 import PdfDocument
from storing import kept
from wagtail.models import PageViewRestriction

from contactpoint.kit.composing import press
from contactpoint.outputs import printing
from contactpoint.outputs.models import Printing, Publication
from contactpoint.outputs.printing import offer, print_page, withdraw
from contactpoint.outputs.quarterly import Quarter, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> MadeSite:
    return make_site(("en", "nl"), standard=False)


@pytest.fixture
def page(site: MadeSite) -> Any:
    return make_output(site, "publication", title="A study", text="What it says.", slug="study")


def words(pdf: bytes) -> str:
    return " ".join(
        " ".join(one.get_textpage().get_text_range() for one in PdfDocument(pdf)).split()
    )


def fetched(client: Client, address: str) -> str:
    return words(client.get(address).content)


def test_what_is_offered_stands_among_the_files_and_can_be_saved(client: Client, page: Any) -> None:
    offer(page)
    [file] = client.get(page.url).context["files"]
    assert file.url == "/en/publications/study/print.pdf"
    assert (file.extension, file.pages, file.accessible) == ("PDF", 1, True)
    answer = client.get(file.url)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="study.pdf"'
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert len(answer.content) == file.size
    said = words(answer.content)
    assert "A study" in said
    assert "What it says." in said
    assert "/en/publications/study/ The text as it was" in said
    again = client.get(file.url, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_it_is_made_anew_when_the_page_is_published(client: Client, page: Any) -> None:
    offer(page)
    page.body = [("paragraph", "<p>What it says now.</p>")]
    page.save_revision()
    assert "says now" not in fetched(client, f"{page.url}print.pdf")
    page.get_latest_revision().publish()
    assert "says now" in fetched(client, f"{page.url}print.pdf")


def test_it_is_made_anew_when_its_figures_are_revised(
    client: Client, page: Any, django_capture_on_commit_callbacks: Any
) -> None:
    kept(applicants(BE=[1500, 1520, 1525, 1700, 1720, 1765]))
    page.body = [("paragraph", "<p>It was [[first-time-applicants BE 2018-12]].</p>")]
    page.save_revision().publish()
    offer(page)
    assert "It was 1,765" in fetched(client, f"{page.url}print.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        kept(applicants(BE=[1500, 1520, 1525, 1700, 1720, 1790]), "2019-09-16")
    assert "It was 1,790" in fetched(client, f"{page.url}print.pdf")


def test_readers_of_another_language_get_the_one_there_is(client: Client, page: Any) -> None:
    offer(page)
    [file] = client.get("/nl/en/publications/study/").context["files"]
    assert (file.url, file.language) == ("/en/publications/study/print.pdf", "en")
    assert file.title == "This page as PDF"


def test_a_translation_has_one_as_soon_as_it_is_published(
    client: Client, site: MadeSite, page: Any
) -> None:
    offer(page)
    other = make_output(
        site, "publication", title="Studie", language="nl", translation_of=page, live=False
    )
    assert client.get("/nl/publications/study/print.pdf").status_code == 404
    other.save_revision().publish()
    assert "Studie" in fetched(client, f"{other.url}print.pdf")
    withdraw(page)
    assert not Printing.objects.exists()


def test_one_that_nobody_asked_for_has_none(client: Client, page: Any) -> None:
    page.save_revision().publish()
    assert client.get(f"{page.url}print.pdf").status_code == 404
    assert client.get(page.url).context["files"] == []


def test_nobody_has_it_of_a_page_that_is_closed_or_gone(client: Client, page: Any) -> None:
    offer(page)
    address = f"{page.url}print.pdf"
    assert client.get(address).status_code == 200
    closed = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(address).status_code == 404
    closed.delete()
    page.unpublish()
    assert client.get(address).status_code == 404
    page.delete()
    assert not Printing.objects.exists()


def test_nothing_is_made_of_a_draft(site: MadeSite) -> None:
    page = make_output(site, "publication", live=False)
    offer(page)
    row = Printing.objects.get()
    print_page.call(pk=page.pk)
    row.refresh_from_db()
    assert (row.size, row.made_at) == (0, None)


def test_one_that_is_too_long_leaves_no_old_one_behind(
    client: Client, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(page)
    monkeypatch.setattr(press, "LARGEST", 100)
    page.save_revision().publish()
    row = Printing.objects.get()
    assert row.problem == Printing.Problem.LONG
    assert client.get(f"{page.url}print.pdf").status_code == 404


def test_one_that_is_withdrawn_while_it_is_made_does_not_come_back(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(page)

    def withdrawn_meanwhile(document: Any) -> press.Printed:
        Printing.objects.all().delete()
        return press.printed(document)

    monkeypatch.setattr(printing, "printed", withdrawn_meanwhile)
    print_page.call(pk=page.pk)
    assert not Printing.objects.exists()


def test_a_publications_page_takes_no_query_more(client: Client, page: Any) -> None:
    offer(page)
    client.get(page.url)
    with CaptureQueriesContext(connection) as captured:
        assert len(client.get(page.url).context["files"]) == 1
    assert len(captured) <= 9
    assert all('"pdf"' not in query["sql"] for query in captured)


def test_a_quarterly_has_one_as_soon_as_it_is_published(client: Client, site: MadeSite) -> None:
    make_output(
        site, "development", title="A law & its use", text="x", teaser="On #import and $x$.",
        effective_on=datetime.date(2026, 8, 1), slug="law",
    )  # fmt: skip
    made = draft(Quarter(2026, 3), site.lists["en"]["publications"])
    made.get_latest_revision().publish()
    page = Publication.objects.get(pk=made.pk)
    said = fetched(client, f"{page.url}print.pdf")
    assert "Quarterly, July to September 2026" in said
    assert "A law & its use (" in said
    assert "On #import and $x$." in said
    assert b"/en/chronicle/law/" in bytes(Printing.objects.get().pdf)
