"""The front page: lead, what is new, coming and planned, and the themes with their counts."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from factories import LANGUAGES, MadeSite, make_output, make_theme

from contactpoint.home.models import HomePage

TODAY = timezone.localdate()


def day(distance: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=distance)


def moment(distance: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=distance)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_shown_in_each_language(client: Client, site: MadeSite, language: str) -> None:
    make_output(site, language=language, title="Ganz neu")
    answer = client.get(f"/{language}/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in text
    assert "Ganz neu" in text


def test_an_empty_portal_has_a_front_page(client: Client, site: MadeSite) -> None:
    context = client.get("/en/").context
    assert context["lead"] is None
    assert (context["latest"], context["coming"], context["planned"]) == ([], [], [])


def test_time_sorts_the_columns(client: Client, site: MadeSite) -> None:
    make_output(site, title="Old", published_on=day(-90))
    make_output(site, title="New", published_on=day(-1))
    make_output(site, title="Dated ahead", published_on=day(3))
    make_output(site, "event", title="Past event", starts_at=moment(-9), published_on=day(-9))
    make_output(site, "event", title="Later event", starts_at=moment(9), published_on=day(-2))
    make_output(site, "event", title="Next event", starts_at=moment(2), published_on=day(-2))
    make_output(site, "development", title="Law to come", effective_on=day(30))
    make_output(site, "development", title="Law in force", effective_on=day(-30))
    context = client.get("/en/").context
    assert context["lead"].title == "New"
    assert [entry.title for entry in context["coming"]] == ["Next event", "Later event"]
    assert [entry.title for entry in context["planned"]] == ["Dated ahead", "Law to come"]
    latest = [entry.title for entry in context["latest"]]
    assert latest[:2] == ["Past event", "Old"]
    assert not {"New", "Dated ahead", "Later event", "Law to come"} & set(latest)


def test_the_editor_chooses_the_lead_and_translations_follow(
    client: Client, site: MadeSite
) -> None:
    chosen = make_output(site, title="Chosen", published_on=day(-400))
    make_output(site, language="fr", translation_of=chosen, title="Choisi")
    for number in range(8):
        make_output(site, published_on=day(-number))
        make_output(site, language="fr", published_on=day(-number))
    HomePage.objects.update(lead=chosen)
    assert client.get("/en/").context["lead"].title == "Chosen"
    assert client.get("/fr/").context["lead"].title == "Choisi"
    assert client.get("/nl/").context["lead"] is None


def test_themes_are_counted_once_for_an_item_with_two_children(
    client: Client, site: MadeSite
) -> None:
    make_theme("asylum", position=1)
    make_theme("reception", parent="asylum", position=1)
    make_theme("resettlement", parent="asylum", position=2)
    make_theme("integration", position=2)
    make_output(site, themes=["reception", "resettlement"])
    make_output(site, themes=["reception"])
    make_output(site, language="fr", themes=["integration"])
    tree = client.get("/en/").context["themes"]
    assert [(node["theme"].slug, node["count"]) for node in tree] == [
        ("asylum", 2),
        ("integration", 0),
    ]
    assert [(node["theme"].slug, node["count"]) for node in tree[0]["children"]] == [
        ("reception", 2),
        ("resettlement", 1),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_standard_pages_are_shown(client: Client, site: MadeSite, language: str) -> None:
    answer = client.get(f"/{language}/work-programme/")
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()
