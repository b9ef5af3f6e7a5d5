"""All studies and all series stand on a page each, as soon as there is something to see."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import LANGUAGES, MadeSite, make_family, make_output

from contactpoint.outputs.models import PartElsewhere


def titles(client: Client, path: str) -> list[str]:
    return [card.title for card in client.get(path).context["entries"]]


def test_publications_lead_to_studies_and_series(client: Client, site: MadeSite) -> None:
    text = client.get("/en/publications/").content.decode()
    assert 'href="../studies/"' in text
    assert 'href="../series/"' in text
    assert 'href="/en/series/"' in client.get("/en/studies/").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_has_a_list_in_every_language(client: Client, site: MadeSite, language: str) -> None:
    make_output(site, "publication", families=[make_family("one", "study", en="One", fr="Un")])
    make_output(site, "publication", families=[make_family("two", "series", en="Two")])
    shown = "Un" if language == "fr" else "One"
    assert titles(client, f"/{language}/studies/") == [shown]
    assert titles(client, f"/{language}/series/") == ["Two"]
    assert (
        f'href="/{language}/studies/one/"' in client.get(f"/{language}/studies/").content.decode()
    )
    page = client.get(f"/{language}/studies/one/").content.decode()
    assert f'href="/{language}/studies/"' in page, "its page leads back"


def test_a_card_counts_an_output_once_whatever_its_languages_and_says_what_it_is_about(
    client: Client, site: MadeSite
) -> None:
    family = make_family("one", "study", en="One")
    first = make_output(
        site,
        "publication",
        themes=["asylum"],
        families=[family],
        published_on=datetime.date(2020, 5, 1),
    )
    make_output(site, "publication", language="fr", translation_of=first, families=[family])
    make_output(site, "video", families=[family], published_on=datetime.date(2021, 6, 2))
    for number in range(3):
        PartElsewhere.objects.create(family=family, title="T", url=f"https://a.example/{number}")
    (card,) = client.get("/en/studies/").context["entries"]
    assert card.notes == ["2 items", "3 on other sites"]
    assert card.day == datetime.date(2021, 6, 2)
    assert [theme.slug for theme in card.themes] == ["asylum"]


def test_what_has_grown_last_stands_first_and_what_is_elsewhere_only_last(
    client: Client, site: MadeSite
) -> None:
    for year, slug in ((2019, "old"), (2024, "new")):
        family = make_family(slug, "study", en=slug)
        day = datetime.date(year, 1, 1)
        make_output(site, "publication", families=[family], published_on=day)
    PartElsewhere.objects.create(
        family=make_family("far", "study", en="far"), title="T", url="https://a.example/"
    )
    assert titles(client, "/en/studies/") == ["new", "old", "far"]


@pytest.mark.parametrize(
    "closed",
    [
        {"live": False},
        {"private": True},
        {"expire_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
    ],
)
def test_one_of_which_readers_can_see_nothing_is_not_listed(
    client: Client, site: MadeSite, closed: dict[str, Any]
) -> None:
    family = make_family("secret", "study", en="In preparation")
    make_output(site, "publication", themes=["asylum"], families=[family], **closed)
    make_family("empty", "study", en="Empty")
    assert titles(client, "/en/studies/") == []
    assert "Nothing of this is published yet." in client.get("/en/studies/").content.decode()


def test_a_list_takes_no_more_queries_however_long_it_is(client: Client, site: MadeSite) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/en/studies/").status_code == 200
        return len(queries)

    make_output(site, "publication", themes=["asylum"], families=[make_family("f", "study")])
    asked()
    few = asked()
    for number in range(12):
        family = make_family(f"f-{number}", "study")
        make_output(site, "publication", themes=["asylum"], families=[family])
    assert asked() == few
