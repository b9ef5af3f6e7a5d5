"""The feed of open consultations says of each what it is, and drops what has ended."""

import datetime
from typing import Any

import pytest
from consulting import made_round
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from factories import make_concept, make_theme

from contactpoint.consultations.models import Round


@pytest.fixture(autouse=True)
def _on_a_site(site: object) -> None:
    """Every page needs one."""


def items(client: Client, language: str = "en") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/{language}/consultations/feed.json").json()["items"]
    return found


def test_an_open_survey_is_told_with_its_facts(client: Client) -> None:
    closes = timezone.now() + datetime.timedelta(days=14)
    survey = made_round(
        labels={"en": "Where do you live?", "fr": "Où vivez-vous ?"},
        code="living",
        closes_at=closes,
    )
    survey.themes.add(make_theme("asylum", en="Asylum"))
    survey.concepts.add(make_concept("reception", en="reception"))
    (item,) = items(client)
    assert item["title"] == "Where do you live?"
    assert item["url"] == f"{settings.BASE_URL}/en/consultations/living/"
    assert client.get("/en/consultations/living/").status_code == 200
    opened = parse_datetime(item["date_published"])
    assert opened is not None
    assert survey.opens_at is not None
    assert abs(opened - survey.opens_at) < datetime.timedelta(seconds=1)
    assert "Open until" in item["summary"]
    assert str(timezone.localtime(closes).day) in item["summary"]
    assert item["tags"] == ["Survey", "Asylum", "reception"]
    addresses = [one["url"] for one in item["_contactpoint"]["categories"]]
    assert f"{settings.BASE_URL}/id/concept/reception" in addresses
    (french,) = items(client, "fr")
    assert french["id"] == item["id"]
    assert french["title"] == "Où vivez-vous ?"


def test_only_what_anybody_may_take_part_in_now_is_in_it(client: Client) -> None:
    made_round(labels={"en": "Open"}, code="open")
    yesterday = timezone.now() - datetime.timedelta(days=1)
    for code, fields in {
        "draft": {"status": Round.Status.DRAFT},
        "unlisted": {"is_listed": False},
        "over": {"closes_at": yesterday},
        "to-come": {"opens_at": timezone.now() + datetime.timedelta(days=1)},
    }.items():
        made_round(
            Round.objects.get(code="open").instrument, code=code, labels={"en": code}, **fields
        )
    assert [one["title"] for one in items(client)] == ["Open"]
    for form in ("atom", "rss"):
        told = client.get(f"/en/consultations/feed.{form}").content.decode()
        assert "/en/consultations/open/" in told
        assert "draft" not in told
