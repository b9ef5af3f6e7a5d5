"""The feed of the glossary's versions says of each what it is: number, day, notes, what changed."""

import datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from factories import MadeSite, make_site

from contactpoint.glossary.models import SchemeVersion


@pytest.fixture
def site(db: None) -> MadeSite:
    return make_site()


@pytest.fixture
def versions(site: MadeSite) -> None:
    SchemeVersion.objects.create(number="1.0", published_on=datetime.date(2025, 1, 10))
    SchemeVersion.objects.create(
        number="1.1",
        published_on=datetime.date(2025, 6, 2),
        notes="New words for housing.",
        counts={"added": 3, "changed": 2},
    )


def items(client: Client, language: str = "en") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/{language}/glossary/feed.json").json()["items"]
    return found


def test_each_version_is_told_with_its_facts_the_newest_first(
    client: Client, versions: None
) -> None:
    newest, first = items(client)
    assert newest["title"] == "Version 1.1 of the glossary"
    assert newest["url"] == f"{settings.BASE_URL}/en/glossary/versions/1.1/"
    assert newest["summary"] == "New words for housing. · Added: 3 · Changed: 2"
    assert newest["date_published"] == "2025-06-02T00:00:00+02:00"
    assert newest["_contactpoint"]["alternates"] == {
        code: f"{settings.BASE_URL}/{code}/glossary/versions/1.1/" for code in ("fr", "nl", "de")
    }
    assert first["title"] == "Version 1.0 of the glossary"
    assert "summary" not in first
    assert client.get("/en/glossary/versions/1.1/").status_code == 200


def test_it_is_the_same_item_in_every_language_in_words_of_that_language(
    client: Client, versions: None
) -> None:
    english, french = items(client)[0], items(client, "fr")[0]
    assert english["id"] == french["id"]
    assert french["title"] == "Version\u00a01.1 du glossaire"
    assert "Ajoutés\u00a0: 3" in french["summary"]
    assert french["url"] == f"{settings.BASE_URL}/fr/glossary/versions/1.1/"


def test_what_is_older_stands_on_later_pages(client: Client, site: MadeSite) -> None:
    for number in range(41):
        SchemeVersion.objects.create(
            number=f"1.{number}", published_on=datetime.date(2025, 1, 1 + number % 28)
        )
    first = client.get("/en/glossary/feed.json").json()
    assert (len(first["items"]), first["next_url"]) == (
        40, f"{settings.BASE_URL}/en/glossary/feed.json?page=2",
    )  # fmt: skip
    second = client.get("/en/glossary/feed.json?page=2").json()
    assert [one["title"] for one in second["items"]] == ["Version 1.0 of the glossary"]
    assert "next_url" not in second
    assert client.get("/en/glossary/feed.json?page=3").status_code == 404
