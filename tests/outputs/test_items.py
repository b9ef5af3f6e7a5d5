"""Item pages: facts, subjects, languages, neighbours."""

import datetime

import pytest
from django.test import Client
from django.utils import translation
from factories import (
    LANGUAGES,
    MODELS,
    MadeSite,
    make_concept,
    make_institution,
    make_output,
    make_theme,
)

from contactpoint.outputs.models import OutputInstitution
from contactpoint.outputs.querysets import entries, readable

BRUSSELS = datetime.timezone(datetime.timedelta(hours=1))


def facts(client: Client, url: str) -> dict[str, list[tuple[str, str]]]:
    return {
        fact.label: [(value.text, value.url) for value in fact.values]
        for fact in client.get(url).context["facts"]
    }


@pytest.mark.parametrize("kind", MODELS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_is_shown_in_each_language(
    client: Client, site: MadeSite, kind: str, language: str
) -> None:
    page = make_output(site, kind, language=language, title="Ein Titel", text="Ein Satz.")
    answer = client.get(page.url)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in text
    assert "Ein Titel" in text
    assert "Ein Satz." in text


def test_subjects_are_named_in_the_language_of_the_page(client: Client, site: MadeSite) -> None:
    make_theme("asylum", en="Asylum", nl="Asiel")
    make_concept("reception", en="reception", nl="opvang")
    make_institution("cgrs", en="Commissioner General", nl="Commissariaat-generaal")
    page = make_output(
        site,
        language="nl",
        themes=["asylum"],
        concepts=["reception"],
        institutions=["cgrs"],
        countries=["BE"],
    )
    context = client.get(page.url).context
    assert [(one.label, one.url) for one in context["themes"]] == [("Asiel", "/nl/themes/asylum/")]
    assert [(one.label, one.url) for one in context["concepts"]] == [
        ("opvang", "/nl/glossary/reception/")
    ]
    assert [(one.label, one.url) for one in context["institutions"]] == [
        ("Commissariaat-generaal", "/nl/news/?institution=cgrs")
    ]
    assert context["countries"][0].url == "/nl/news/?country=BE"


def test_the_order_of_themes_is_the_editors(client: Client, site: MadeSite) -> None:
    make_theme("asylum", position=1)
    make_theme("statistics", position=2)
    page = make_output(site, themes=["statistics", "asylum"])
    assert [one.slug for one in client.get(page.url).context["themes"]] == ["statistics", "asylum"]


def test_institutions_stand_among_the_facts_by_their_part(client: Client, site: MadeSite) -> None:
    page = make_output(site, "publication", institutions=["myria", "fedasil"])
    OutputInstitution.objects.filter(institution__slug="myria").update(role="publisher")
    found = facts(client, page.url)
    assert found["Publisher"] == [("Myria", "/en/publications/?institution=myria")]
    assert "Mentioned" not in found
    assert len(client.get(page.url).context["institutions"]) == 2


def test_an_event_says_when_without_saying_a_day_twice(client: Client, site: MadeSite) -> None:
    start = datetime.datetime(2021, 3, 4, 9, 30, tzinfo=BRUSSELS)
    page = make_output(
        site,
        "event",
        starts_at=start,
        ends_at=start + datetime.timedelta(hours=3),
        place="Brussels",
    )
    found = facts(client, page.url)
    assert found["When"] == [("4 March 2021, 09:30–12:30", "")]
    assert found["Where"] == [("Brussels", "")]


def test_a_fact_that_nobody_knows_is_left_out(client: Client, site: MadeSite) -> None:
    page = make_output(site, published_on=None)
    assert facts(client, page.url) == {}


def test_the_languages_of_an_item_lead_to_one_another(client: Client, site: MadeSite) -> None:
    page = make_output(site)
    french = make_output(site, language="fr", translation_of=page)
    languages = client.get(french.url).context["languages"]
    assert [(one["code"], one["url"], one["current"]) for one in languages] == [
        ("en", page.url, False),
        ("fr", french.url, True),
    ]


def test_breadcrumbs_lead_to_the_list(client: Client, site: MadeSite) -> None:
    page = make_output(site, language="fr")
    crumbs = client.get(page.url).context["crumbs"]
    assert [(one.label, one.url) for one in crumbs] == [("Actualités", "/fr/news/")]


def test_a_rare_shared_concept_counts_more_than_a_common_one(
    client: Client, site: MadeSite
) -> None:
    page = make_output(site, concepts=["common", "rare"])
    near = make_output(site, concepts=["rare"])
    for _number in range(8):
        make_output(site, concepts=["common"])
    related = client.get(page.url).context["related"]
    assert related[0].pk == near.pk
    assert len(related) == 6
    assert page.pk not in {entry.pk for entry in related}


def test_what_the_editor_placed_beside_it_comes_first(client: Client, site: MadeSite) -> None:
    chosen = make_output(site, title="Chosen")
    translated = make_output(site, language="fr", translation_of=chosen, title="Choisi")
    make_output(site, title="Shares", concepts=["rare"])
    page = make_output(site, concepts=["rare"], related=[chosen])
    french = make_output(site, language="fr", related=[chosen])
    assert [entry.title for entry in client.get(page.url).context["related"]] == [
        "Chosen",
        "Shares",
    ]
    # A translation shows the translation of what was chosen.
    assert [entry.pk for entry in client.get(french.url).context["related"]] == [translated.pk]


def test_an_item_that_shares_nothing_has_no_neighbours(client: Client, site: MadeSite) -> None:
    make_output(site, concepts=["other"])
    page = make_output(site, concepts=["alone"])
    assert client.get(page.url).context["related"] == []


def test_the_cover_is_drawn_from_what_the_item_is_about(client: Client, site: MadeSite) -> None:
    make_theme("asylum", hue=3)
    one = make_output(site, themes=["asylum"], concepts=["reception"])
    same = make_output(site, themes=["asylum"], concepts=["reception"])
    other = make_output(site, themes=["asylum"], concepts=["return"])
    covers = [client.get(page.url).context["cover"] for page in (one, same, other)]
    assert covers[0] == covers[1] != covers[2]
    assert 'data-hue="3"' in covers[0]


def test_a_kind_is_named_in_the_active_language(site: MadeSite) -> None:
    make_output(site, "publication", language="de", publication_type="study")
    with translation.override("de"):
        entry = entries(readable("de"), "de")[0]
        assert entry.kind == "publication"
        assert entry.kind_label
        assert entry.type_label


@pytest.mark.parametrize("kind", MODELS)
def test_an_item_and_its_list_can_be_previewed(site: MadeSite, kind: str) -> None:
    page = make_output(site, kind, title="As it will be", themes=["asylum"], live=False)
    answer = page.make_preview_request()
    answer.render()
    assert answer.status_code == 200
    assert "As it will be" in answer.content.decode()
    preview = page.get_parent().specific.make_preview_request()
    assert preview.status_code == 200
