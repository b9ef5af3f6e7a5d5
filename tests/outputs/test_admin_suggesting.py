"""Suggested concepts beside the keywords, and typed keywords that become concepts."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from editing import rows, sign_in, stream
from factories import MadeSite, make_concept, make_output, make_site, make_theme

from contactpoint.accounts.models import User
from contactpoint.glossary.models import Concept
from contactpoint.outputs.models import Classification, NewsItem, Output
from contactpoint.outputs.suggesting import suggested

pytestmark = pytest.mark.django_db
RELATIONS = (
    "theme_links",
    "institution_links",
    "country_links",
    "related_links",
    "family_links",
    "files",
)


@pytest.fixture
def site() -> MadeSite:
    return make_site(("en", "nl"), standard=False)


@pytest.fixture
def concepts() -> dict[str, Concept]:
    return {
        "asylum": make_concept("asylum", en="asylum", nl="asiel", fr="asile", broader=["law"]),
        "housing": make_concept("housing", en="housing", nl="huisvesting", fr="logement"),
        "return": make_concept("return", en="return", nl="terugkeer", fr="retour"),
    }


def _post(page: Output, keywords: list[dict[str, Any]], initial: int = 0, **more: Any) -> Any:
    data: dict[str, Any] = {
        "title": page.title,
        "slug": page.slug,
        "teaser": page.teaser,
        "published_on": str(page.published_on or ""),
        "seo_title": "",
        "search_description": "",
        "source_url": "",
        "series": "",
        **stream("body", ""),
        **rows("classifications", keywords, initial=initial),
    }
    for name in RELATIONS:
        data |= rows(name, [])
    return data | more


def _edit(client: Client, page: Output, *arguments: Any, **more: Any) -> Any:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(address, _post(page, *arguments, **more))
    errors = re.findall(r'error-message".*?</', answer.content.decode(), re.DOTALL)
    assert answer.status_code == 302, errors
    return Output.objects.get(pk=page.pk).specific.get_latest_revision_as_object()


def test_a_text_is_suggested_its_concepts_with_words_and_reason(
    concepts: dict[str, Concept],
) -> None:
    found = suggested("Housing for people who seek asylum", "Asylum in Belgium.", "en")
    assert [one.slug for one in found] == ["asylum", "housing"]
    assert found[0].evidence == ["asylum", "Asylum"]
    assert found[0].times == 2
    assert found[0].broader == "law"
    assert found[0].why == "It is the preferred label."
    rest = suggested("Housing", "Asylum", "en", chosen={concepts["housing"].pk})
    assert [one.slug for one in rest] == ["asylum"]
    assert suggested("", "  ", "en") == []


def test_suggestions_stand_in_the_form_and_need_no_script(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    page = make_output(site, title="Asielzoekers zoeken huisvesting", language="nl", text="Asiel.")
    sign_in(client)
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert '<input type="checkbox" name="suggested" value="housing">' in shown
    assert "<mark>huisvesting</mark>" in shown
    assert 'value="return"' not in shown


def test_a_ticked_suggestion_becomes_a_keyword_on_save(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    page = make_output(site, title="Asylum and housing")
    sign_in(client)
    draft = _edit(client, page, [], suggested=["asylum", "housing", "no-such-concept"])
    kept = [(row.concept.slug, row.source, row.resolves_to) for row in draft.classifications.all()]
    assert kept == [("asylum", "suggested", "concept"), ("housing", "suggested", "concept")]
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'name="suggested" value="asylum"' not in shown


def test_a_ticked_suggestion_that_is_chosen_already_is_not_doubled(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    page = make_output(site, title="Asylum")
    sign_in(client)
    draft = _edit(
        client,
        page,
        [{"concept": concepts["asylum"].pk, "keyword": "", "origin": "suggested"}],
        suggested=["asylum"],
    )
    assert [(row.concept.slug, row.source) for row in draft.classifications.all()] == [
        ("asylum", "suggested")
    ]


def test_a_ticked_suggestion_survives_an_error_elsewhere(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    page = make_output(site, title="Asylum and housing")
    sign_in(client)
    data = _post(page, [], suggested=["asylum"], title="")
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert f'name="classifications-0-concept" value="{concepts["asylum"].pk}"' in shown
    assert 'name="classifications-0-origin" value="suggested"' in shown


@pytest.mark.parametrize(
    ("typed", "language", "meaning"),
    [
        ("huisvesting", "en", ("housing", "nl", "concept")),
        ("Asylum", "en", ("asylum", "en", "concept")),
        ("video", "en", (None, None, "type")),
        ("Eastern Europe", "en", (None, None, "place")),
        ("qwertyuiop", "en", (None, None, "unknown")),
    ],
)
def test_a_typed_keyword_is_harmonised_on_save_and_its_string_is_kept(
    client: Client,
    site: MadeSite,
    concepts: dict[str, Concept],
    typed: str,
    language: str,
    meaning: tuple[str | None, str | None, str],
) -> None:
    page = make_output(site, title="Something", language=language)
    sign_in(client)
    draft = _edit(client, page, [{"concept": "", "keyword": typed, "origin": ""}])
    row = draft.classifications.get()
    concept, spoken, resolves_to = meaning
    assert (row.concept and row.concept.slug, row.resolves_to) == (concept, resolves_to)
    assert row.keyword == typed
    assert row.source == "editor"
    assert spoken is None or row.language == spoken
    assert (row.confidence > 0.5) == (resolves_to != "unknown")
    assert row.reason


def test_a_concept_chosen_by_hand_goes_before_what_the_keyword_seems_to_mean(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    page = make_output(site, title="Something")
    sign_in(client)
    given = [{"concept": concepts["return"].pk, "keyword": "housing", "origin": ""}]
    row = _edit(client, page, given).classifications.get()
    assert (row.concept.slug, row.keyword, row.source, row.confidence) == (
        "return", "housing", "editor", 1.0,
    )  # fmt: skip


def test_saving_again_leaves_an_imported_keyword_as_it_was(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    page = make_output(site, title="Something")
    row = Classification.objects.create(
        page=page, concept=concepts["housing"], keyword="huisvesting", language="nl",
        source="imported", confidence=0.9, reason="inflected", sort_order=0,
    )  # fmt: skip
    sign_in(client)
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "It is an inflected form of a label" in shown
    given = [{"id": row.pk, "concept": concepts["housing"].pk, "keyword": "huisvesting"}]
    kept = _edit(client, page, given, 1).classifications.get()
    assert (kept.source, kept.confidence, kept.reason) == ("imported", 0.9, "inflected")


def test_a_keyword_row_needs_a_concept_or_a_word(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    page = make_output(site, title="Something")
    row = Classification.objects.create(page=page, concept=concepts["housing"], sort_order=0)
    sign_in(client)
    data = _post(page, [{"id": row.pk, "concept": "", "keyword": ""}], 1)
    assert client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data).status_code == 302
    data["action-publish"] = "1"
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert "Choose a concept, or type a keyword." in answer.content.decode()


def test_the_script_gets_suggestions_for_a_text_that_is_not_saved(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    sign_in(client)
    asked = {"title": "Asiel", "text": "huisvesting", "language": "nl"}
    answer = client.post(reverse("outputs_suggest"), asked)
    assert [one["slug"] for one in answer.json()["suggestions"]] == ["asylum", "housing"]
    assert answer.json()["suggestions"][0]["pk"] == concepts["asylum"].pk
    fewer = client.post(reverse("outputs_suggest"), asked | {"chosen": concepts["asylum"].pk})
    assert [one["slug"] for one in fewer.json()["suggestions"]] == ["housing"]


@pytest.mark.parametrize("change", [{"language": "xx"}, {"language": "en-x"}, {"language": ""}])
def test_suggestions_in_a_language_without_pages_are_refused(
    client: Client, change: dict[str, str]
) -> None:
    sign_in(client)
    asked = {"title": "Asylum", "text": "", "language": "en"} | change
    assert client.post(reverse("outputs_suggest"), asked).status_code == 400


def test_suggestions_are_for_those_who_may_write_pages(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    address = reverse("outputs_suggest")
    asked = {"title": "Asylum", "text": "", "language": "en"}
    assert client.post(address, asked).status_code in (302, 403)
    user: User = sign_in(client)
    assert client.get(address).status_code == 405
    assert client.post(address, asked).status_code == 200
    user.groups.get().page_permissions.all().delete()
    refused = client.post(address, asked, headers={"X-Requested-With": "XMLHttpRequest"})
    assert refused.status_code == 403
    strict = Client(enforce_csrf_checks=True, cookies=None)
    strict.cookies = client.cookies
    assert strict.post(address, asked).status_code == 403


def test_a_new_item_is_written_with_suggestions_in_its_list_language(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    sign_in(client)
    parent = site.lists["nl"]["news"]
    address = reverse("wagtailadmin_pages:add", args=["outputs", "newsitem", parent.pk])
    assert 'data-language="nl"' in client.get(address).content.decode()
    page = NewsItem(title="Nieuw", slug="nieuw")
    theme = make_theme("asylum")
    data = _post(page, [{"concept": "", "keyword": "huisvesting"}]) | rows(
        "theme_links", [{"theme": theme.pk}]
    )
    answer = client.post(address, data)
    assert answer.status_code == 302, re.findall('error-message".*?</', answer.content.decode())
    made = NewsItem.objects.get(slug="nieuw")
    assert made.classifications.get().concept == concepts["housing"]
    assert made.theme_links.get().theme == theme
