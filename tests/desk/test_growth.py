"""Three times as many items cost the desk and the lists as many queries, and work that grows along.

Work is counted in steps of SQLite's virtual machine, which no other process disturbs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from database_work import steps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from editing import sign_in
from factories import MODELS, MadeSite, make_family, make_output, make_site
from wagtail.models import Page

from contactpoint.desk.models import Likeness, Link, LinkUse
from contactpoint.kit.visibility import visible
from contactpoint.languages.models import Original, Standing
from contactpoint.outputs.dashboard import missing, sources_only
from contactpoint.outputs.models import Classification, NewsItem, Output, PlannedOutput

pytestmark = pytest.mark.django_db
FEW = 1


@pytest.fixture
def site() -> MadeSite:
    return make_site(standard=False)


def fill(site: MadeSite, things: int) -> None:
    """Things of every kind in two languages, with all that the desk keeps of them."""
    study, series = make_family("study", "study"), make_family("series", "series")
    before: Output | None = None
    for kind in MODELS:
        for _number in range(things):
            special: dict[str, Any] = {"takes_registrations": True} if kind == "event" else {}
            page = make_output(
                site, kind, themes=["asylum"], concepts=["reception"], institutions=["myria"],
                countries=["BE"], families=[study, series], starts_at=timezone.now(),
                source_url="https://example.org/a", **special,
            )  # fmt: skip
            french = make_output(site, kind, language="fr", translation_of=page)
            Page.objects.filter(pk=french.pk).update(has_unpublished_changes=True)
            original = Original.objects.create(page=page)
            Standing.objects.create(page=french, original=original, outdated=1, unfinished=1)
            Classification.objects.create(
                page_id=page.pk, keyword=f"word {page.pk}", language="en", resolves_to="unknown"
            )
            link = Link.objects.create(
                digest=f"{page.pk}", url=f"https://example.org/{page.pk}", state="dead",
                due_at=timezone.now(),
            )  # fmt: skip
            LinkUse.objects.create(link=link, page=page, place="text")
            PlannedOutput.objects.create(labels={"en": "x"}, year=2030, quarter=1, output=page)
            if before is not None:
                Likeness.objects.create(one=before, other=page, by="title", percent=90)
            before = page


ADMIN = (
    "wagtailadmin_home",
    "languages_board?in=fr&state=outdated",
    "languages_board?in=de&state=missing",
    "languages_board?in=fr&state=work",
    "languages_board?in=fr&state=unfinished",
    "outputs_missing?kind=news-item&language=de",
    "outputs_keywords",
    "desk_links",
    "desk_duplicates",
    "events_index",
    "outputs_quarterly",
    "families:index",
    "planned-outputs:index",
    "institutions:index",
    "themes:index",
    "concepts:index",
    "family_chooser:choose",
)
PUBLIC = (
    *("/en/", "/en/news/", "/en/publications/", "/en/events/", "/en/videos/", "/en/vacancies/"),
    *("/en/chronicle/", "/en/themes/asylum/", "/en/glossary/reception/", "/en/network/myria/"),
    *("/en/studies/study/", "/en/series/series/", "/en/feed.atom"),
    *("/en/news/feed.atom", "/en/series/series/feed.atom", "/sitemap.xml"),
)


def counted(client: Client, addresses: list[str]) -> dict[str, int]:
    """Queries of each, once a process has learnt what it learns once."""
    found = {}
    for address in addresses:
        assert client.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        found[address] = len(captured)
    return found


def test_three_times_as_many_items_take_no_more_queries(site: MadeSite, client: Client) -> None:
    sign_in(client, administrator=True)
    addresses = list(PUBLIC)
    for named in ADMIN:
        name, _mark, query = named.partition("?")
        addresses.append(f"{reverse(name)}?{query}")
    fill(site, FEW)
    few = counted(client, addresses)
    fill(site, 2 * FEW)
    many = counted(client, addresses)
    assert {one: (few[one], many[one]) for one in few if many[one] > few[one]} == {}


def test_a_list_of_what_is_missing_is_read_a_page_at_a_time(site: MadeSite, client: Client) -> None:
    user = sign_in(client, administrator=True)
    for _number in range(60):
        make_output(site)
    address = reverse("outputs_missing") + "?kind=news-item&language=de"
    first, second = client.get(address), client.get(f"{address}&p=2")
    assert (len(first.context["pages"]), len(second.context["pages"])) == (50, 10)
    assert "p=2" in first.content.decode()
    keys = [page.pk for page in [*first.context["pages"], *second.context["pages"]]]
    assert keys == sources_only(missing(user, "news-item", "de"))


def test_what_is_there_in_several_languages_is_missing_once(site: MadeSite, client: Client) -> None:
    user = sign_in(client, administrator=True)
    english = make_output(site)
    make_output(site, language="fr", translation_of=english)
    dutch = make_output(site, language="nl")
    found = sources_only(missing(user, "news-item", "de"))
    assert sorted(found) == sorted([english.pk, dutch.pk])


@contextmanager
def with_statistics() -> Iterator[None]:
    """As after `ANALYZE`, by which a database chooses its ways; no closed page is in them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        yield
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_stat1")
            cursor.execute("ANALYZE sqlite_master")


def test_asking_what_readers_may_see_costs_each_page_the_same(site: MadeSite) -> None:
    if connection.vendor != "sqlite":
        return  # the trap is one of SQLite's planner

    def ask() -> None:
        assert visible(NewsItem.objects.order_by()).values_list("pk").count()

    for _number in range(50):
        make_output(site)
    with with_statistics():
        few = steps(ask)
    for _number in range(150):
        make_output(site)
    with with_statistics():
        many = steps(ask)
    assert many < 5 * few
