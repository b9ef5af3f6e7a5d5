"""The menu follows the pages, and costs no query while they stay."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import MadeSite
from held_up import held_up
from wagtail.models import PageViewRestriction


def labels(client: Client, name: str, path: str = "/fr/") -> list[tuple[str, str]]:
    return [(item.label, item.url) for item in client.get(path).context[name]]


def test_lists_stand_in_the_menu_and_the_rest_at_the_foot(client: Client, site: MadeSite) -> None:
    assert [url for _label, url in labels(client, "menu")] == [
        "/fr/news/",
        "/fr/publications/",
        "/fr/events/",
        "/fr/chronicle/",
        "/fr/statistics/",
        "/fr/consultations/",
        "/fr/themes/",
        "/fr/glossary/",
    ]
    assert [url for _label, url in labels(client, "site_links")] == [
        "/fr/videos/",
        "/fr/vacancies/",
        "/fr/network/",
        "/fr/work-programme/",
        "/fr/developers/",
        "/fr/open-data/",
    ]
    assert [url for _label, url in labels(client, "follow_links")] == [
        "/fr/follow/",
        "/fr/newsletter/",
    ]
    assert labels(client, "menu")[0][0] == "Actualités"


def test_the_reader_sees_where_they_are(client: Client, site: MadeSite) -> None:
    menu = client.get("/en/events/").context["menu"]
    assert [item.url for item in menu if item.current] == ["/en/events/"]


def test_a_new_title_shows_at_once(client: Client, site: MadeSite) -> None:
    labels(client, "menu")
    page = site.lists["fr"]["news"]
    page.title = "Nouvelles fraîches"
    page.save()
    assert labels(client, "menu")[0][0] == "Nouvelles fraîches"


def test_a_page_out_of_sight_leaves_the_menu(client: Client, site: MadeSite) -> None:
    labels(client, "site_links")
    site.standard["fr"]["network"].unpublish()
    PageViewRestriction.objects.create(
        page=site.standard["fr"]["work-programme"], restriction_type="login"
    )
    urls = [url for _label, url in labels(client, "site_links")]
    assert "/fr/network/" not in urls
    assert "/fr/work-programme/" not in urls


def test_the_menu_asks_nothing_while_nothing_changes(client: Client, site: MadeSite) -> None:
    client.get("/fr/themes/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/fr/themes/")
    assert not [query for query in captured if "wagtailcore_page" in query["sql"]]


def test_a_reader_who_is_held_up_does_not_put_the_old_menu_back(
    client: Client, site: MadeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = site.lists["fr"]["news"]
    page.title = "Nouvelles fraîches"
    has_come = held_up(monkeypatch, "contactpoint.menu", page.save)
    labels(client, "menu")
    assert has_come()
    assert labels(client, "menu")[0][0] == "Nouvelles fraîches"


def test_a_page_leaves_the_menu_when_it_expires(client: Client, site: MadeSite) -> None:
    page = site.standard["fr"]["network"]
    page.expire_at = timezone.now() + timedelta(seconds=60)
    page.save()
    assert "/fr/network/" in [url for _label, url in labels(client, "site_links")]
    with patch("django.utils.timezone.now", return_value=page.expire_at):
        assert "/fr/network/" not in [url for _label, url in labels(client, "site_links")]
