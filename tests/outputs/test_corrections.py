"""Corrections: told with date, item, what and why, and never of what readers may not see."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from factories import MadeSite, make_output

from contactpoint.outputs.models import Correction, Output


def correct(page: Output, **fields: Any) -> Correction:
    given = {"changes": {"en": "Table 3 is right now."}, "reasons": {"en": "A sum was wrong."}}
    return Correction.objects.create(page=page, **{**given, **fields})


def test_the_page_and_the_feed_tell_what_was_changed_and_why(
    site: MadeSite, client: Client
) -> None:
    page = make_output(site, "publication", title="A study")
    correct(page, changes={"en": "Table 3 is right now.", "fr": "Le tableau 3 est corrigé."})
    text = client.get("/en/corrections/").content.decode()
    for words in ("A study", page.url, "Table 3 is right now.", "A sum was wrong."):
        assert words in text
    french = client.get("/fr/corrections/").content.decode()
    assert "Le tableau 3 est corrigé." in french
    assert '<span lang="en">A sum was wrong.</span>' in french
    item = client.get("/en/corrections/feed.json").json()["items"][0]
    assert item["title"] == "Corrected: A study"
    assert item["summary"] == "Table 3 is right now. · A sum was wrong."
    assert item["url"].endswith(page.url)


def test_the_page_of_the_item_says_that_it_was_corrected(site: MadeSite, client: Client) -> None:
    page = make_output(site, title="An item")
    assert "Corrected after publication" not in client.get(page.url).content.decode()
    correct(page)
    text = client.get(page.url).content.decode()
    assert "Corrected after publication" in text
    assert "Table 3 is right now." in text


@pytest.mark.parametrize("fields", [{"live": False}, {"private": True}])
def test_a_correction_of_what_nobody_may_see_is_told_nowhere(
    site: MadeSite, client: Client, fields: dict[str, Any]
) -> None:
    page = make_output(site, title="Secretword", **fields)
    correct(page, changes={"en": "Secretchange"})
    for path in ("", *(f"feed.{ending}" for ending in ("atom", "rss", "json"))):
        assert "Secret" not in client.get(f"/en/corrections/{path}").content.decode()


def test_a_withdrawal_is_told_without_the_title_unless_an_editor_lets_it(
    site: MadeSite, client: Client
) -> None:
    page = make_output(site, title="Secretword", first_published_at=timezone.now())
    row = correct(page, kind="withdrawn", changes={"en": "It was withdrawn."})
    page.delete()
    text = client.get("/en/corrections/").content.decode()
    assert "It was withdrawn." in text
    assert "Secretword" not in text
    other = make_output(site, title="Openword", first_published_at=timezone.now())
    correct(other, kind="withdrawn", names_item=True)
    other.delete()
    assert "Openword" in client.get("/en/corrections/feed.atom").content.decode()
    row.refresh_from_db()
    assert (row.page, row.titles) == (None, {})


def test_a_day_to_come_is_waited_for(site: MadeSite, client: Client) -> None:
    correct(make_output(site), corrected_on=timezone.localdate() + datetime.timedelta(days=1))
    assert "Table 3" not in client.get("/en/corrections/").content.decode()


def test_a_draft_that_was_never_published_has_no_correction(site: MadeSite) -> None:
    page = make_output(site, live=False)
    with pytest.raises(ValidationError, match="never published"):
        Correction(page=page, changes={"en": "x"}).clean()
    with pytest.raises(ValidationError, match="Choose what"):
        Correction(changes={"en": "x"}).clean()


def test_the_feed_says_in_which_language_each_of_its_words_is(
    site: MadeSite, client: Client
) -> None:
    page = make_output(site, "publication", title="A study")
    make_output(site, "publication", title="Une étude", language="fr", translation_of=page)
    correct(page, changes={"en": "Table 3.", "fr": "Tableau 3."})
    (item,) = client.get("/fr/corrections/feed.json").json()["items"]
    assert item["title"] == "Corrigé\u00a0: Une étude"
    assert item["summary"] == "Tableau 3."
    assert "summary_language" not in item["_contactpoint"]
    assert item["content_html"] == (
        '<p>Tableau 3.</p><p><span lang="en">A sum was wrong.</span></p>'
    )


def test_one_thing_that_was_withdrawn_is_told_as_one(site: MadeSite, client: Client) -> None:
    page = make_output(site, first_published_at=timezone.now())
    correct(page, kind="withdrawn")
    titles = {
        language: client.get(f"/{language}/corrections/feed.json").json()["items"][0]["title"]
        for language in ("en", "fr", "nl", "de")
    }
    assert titles["en"].startswith("Withdrawn: ")
    assert titles["fr"].startswith("Retiré\u00a0: ")
    assert titles["nl"].startswith("Ingetrokken: ")
    assert titles["de"].startswith("Zurückgezogen: ")


def test_older_corrections_stand_on_later_pages_of_the_feed(site: MadeSite, client: Client) -> None:
    page = make_output(site, "publication", title="A study")
    for _number in range(41):
        correct(page)
    first = client.get("/en/corrections/feed.json").json()
    assert (len(first["items"]), first["next_url"].rpartition("?")[2]) == (40, "page=2")
    second = client.get("/en/corrections/feed.json?page=2").json()
    assert len(second["items"]) == 1
    assert "next_url" not in second
    assert client.get("/en/corrections/feed.json?page=3").status_code == 404
