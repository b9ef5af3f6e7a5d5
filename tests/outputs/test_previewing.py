"""A draft is shown as the page, as an entry of lists, and as the feed will send it."""

import pytest
from django.test import Client
from django.urls import reverse
from editing import sign_in
from factories import make_concept, make_output, make_site, make_theme

from contactpoint.outputs.previewing import entry_of, feed_entry
from contactpoint.outputs.querysets import entries, readable

pytestmark = pytest.mark.django_db


def test_the_entry_of_a_draft_is_what_lists_will_show() -> None:
    site = make_site(("en", "nl"), standard=False)
    theme = make_theme("asylum", en="Asylum", nl="Asiel")
    concept = make_concept("housing", en="housing", nl="huisvesting")
    page = make_output(site, title="Huis", language="nl", themes=[theme], concepts=[concept])
    (published,) = entries(readable("nl"), "nl")
    drafted = entry_of(page)
    for name in ("pk", "title", "teaser", "url", "kind", "day", "themes", "concepts", "language"):
        assert getattr(drafted, name) == getattr(published, name), name


def test_the_preview_of_lists_and_feeds_shows_the_newest_draft(client: Client) -> None:
    site = make_site(("en", "nl"), standard=False)
    page = make_output(site, title="Old <title>", themes=["asylum"], live=False)
    page.title, page.teaser = "New & <better>", "The new teaser."
    page.save_revision()
    sign_in(client)
    shown = client.get(reverse("desk_entry", args=[page.pk])).content.decode()
    assert "New &amp; &lt;better&gt;" in shown
    assert "&lt;summary type=&quot;text&quot;&gt;The new teaser.&lt;/summary&gt;" in shown
    assert "Old" not in shown
    assert feed_entry(page).startswith("<entry>")


def test_every_language_of_an_item_is_led_to(client: Client) -> None:
    site = make_site(("en", "nl", "de"), standard=False)
    page = make_output(site, title="Source")
    other = make_output(site, title="Vertaling", language="nl", translation_of=page, live=False)
    sign_in(client)
    shown = client.get(reverse("desk_languages", args=[page.pk])).content.decode()
    for each in (page, other):
        assert reverse("wagtailadmin_pages:view_draft", args=[each.pk]) in shown
        assert reverse("desk_entry", args=[each.pk]) in shown
    assert "Français, Deutsch" in shown
    assert client.get(reverse("desk_entry", args=[site.homes["en"].pk])).status_code != 200
