"""Suggestions taken and refused: stored with the form, used the next time, undone with it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from editing import rows, sign_in, stream
from factories import MadeSite, make_concept, make_output, make_site, make_theme

from contactpoint.glossary.models import Concept, Decision
from contactpoint.outputs.models import NewsItem, Output
from contactpoint.outputs.suggesting import subject_of, suggested

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
    return make_site(("en",), standard=False)


@pytest.fixture
def concepts() -> dict[str, Concept]:
    return {
        "asylum": make_concept("asylum", en="asylum"),
        "housing": make_concept("housing", en="housing", broader=["reception"]),
    }


def _form(page: Output, keywords: list[dict[str, Any]], *, initial: int = 0) -> dict[str, Any]:
    data: dict[str, Any] = {
        "title": page.title, "slug": page.slug, "teaser": page.teaser,
        "published_on": str(page.published_on or ""), "seo_title": "", "search_description": "",
        "source_url": "", "series": "", "suggestions-shown": "1",
        **stream("body", ""), **rows("classifications", keywords, initial=initial),
    }  # fmt: skip
    for name in RELATIONS:
        data |= rows(name, [])
    return data


def _save(client: Client, page: Output, keywords: list[dict[str, Any]], **more: Any) -> None:
    initial = sum(1 for row in keywords if row.get("id"))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(address, _form(page, keywords, initial=initial) | more)
    assert answer.status_code == 302, re.findall(r'error-message".*?</', answer.content.decode())


def _decided(page: Output) -> set[tuple[str, str, str, str]]:
    decisions = Decision.objects.filter(subject=subject_of(page)).exclude(concept=None)
    return set(decisions.values_list("source", "concept__slug", "verdict", "words"))


def test_what_was_taken_and_refused_is_stored_once_with_words_editor_and_language(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    page = make_output(site, title="Asylum and housing", live=False)
    user = sign_in(client)
    taken = {"concept": concepts["asylum"].pk, "keyword": "", "origin": "suggested"}
    refused = {"refused": [str(concepts["housing"].pk)]}
    _save(client, page, [taken], **refused)
    expected = {
        ("suggested", "asylum", "accepted", "Asylum"),
        ("suggested", "housing", "rejected", "housing"),
    }
    assert _decided(page) == expected
    assert set(Decision.objects.values_list("user", "language")) == {(user.pk, "en")}
    first = set(Decision.objects.values_list("pk", "decided_at"))
    row = Output.objects.get(pk=page.pk).classifications.get()
    _save(client, page, [{"id": row.pk, "concept": row.concept_id, "keyword": ""}], **refused)
    assert set(Decision.objects.values_list("pk", "decided_at")) == first


def test_a_refused_concept_is_not_suggested_again_for_that_item_and_is_for_others(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    page, other = (make_output(site, title=f"Housing {n}", live=False) for n in (1, 2))
    sign_in(client)
    pk = concepts["housing"].pk
    _save(client, page, [], refused=[str(pk)])
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'name="suggested" value="housing"' not in shown
    assert f'name="refused" value="{pk}" checked' in shown
    elsewhere = client.get(reverse("wagtailadmin_pages:edit", args=[other.pk])).content.decode()
    assert 'name="suggested" value="housing"' in elsewhere
    asked = {"title": "Housing", "text": "", "language": "en"}
    all_of = client.post(reverse("outputs_suggest"), asked).json()["suggestions"]
    rest = client.post(reverse("outputs_suggest"), asked | {"refused": pk}).json()["suggestions"]
    assert [one["slug"] for one in all_of] == ["housing"]
    assert rest == []


def test_taking_a_decision_back_removes_it(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    page = make_output(site, title="Asylum and housing", live=False)
    sign_in(client)
    taken = {"concept": concepts["asylum"].pk, "keyword": "", "origin": "suggested"}
    _save(client, page, [taken], refused=[str(concepts["housing"].pk)])
    assert len(_decided(page)) == 2
    row = Output.objects.get(pk=page.pk).classifications.get()
    gone = {"id": row.pk, "concept": row.concept_id, "keyword": "", "DELETE": "1"}
    _save(client, page, [gone])
    assert _decided(page) == set()


def test_a_concept_that_is_chosen_by_hand_is_refused_no_more(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    page = make_output(site, title="Housing", live=False)
    sign_in(client)
    pk = concepts["housing"].pk
    _save(client, page, [], refused=[str(pk)])
    _save(client, page, [{"concept": pk, "keyword": "", "origin": ""}], refused=[str(pk)])
    assert _decided(page) == set()


def test_a_concept_chosen_for_a_typed_word_is_kept_as_what_the_word_may_mean(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    page = make_output(site, title="Something", live=False)
    sign_in(client)
    _save(client, page, [{"concept": concepts["housing"].pk, "keyword": "roofs", "origin": ""}])
    assert _decided(page) == {("harmonised", "housing", "accepted", "roofs")}
    row = Output.objects.get(pk=page.pk).classifications.get()
    assert row.source == "editor"
    changed = {"id": row.pk, "concept": row.concept_id, "keyword": "flats"}
    _save(client, page, [changed])
    assert _decided(page) == {("harmonised", "housing", "accepted", "flats")}


def test_a_form_without_suggestions_decides_nothing(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    page = make_output(site, title="Housing", live=False)
    sign_in(client)
    _save(client, page, [], refused=[str(concepts["housing"].pk)])
    data = _form(page, [])
    del data["suggestions-shown"]
    assert client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data).status_code == 302
    assert len(_decided(page)) == 1


def test_a_new_item_keeps_what_was_refused_before_it_had_a_number(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    sign_in(client)
    parent = site.lists["en"]["news"]
    address = reverse("wagtailadmin_pages:add", args=["outputs", "newsitem", parent.pk])
    data = _form(NewsItem(title="Housing", slug="new"), [])
    data |= rows("theme_links", [{"theme": make_theme("asylum").pk}])
    data["refused"] = [str(concepts["housing"].pk), "x", "999999"]
    assert client.post(address, data).status_code == 302
    made = NewsItem.objects.get(slug="new")
    assert _decided(made) == {("suggested", "housing", "rejected", "Housing")}


def test_publishing_stores_decisions_too(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    page = make_output(site, title="Housing and asylum", themes=["asylum"])
    sign_in(client)
    link = page.theme_links.get()
    data = _form(page, []) | rows(
        "theme_links", [{"id": link.pk, "theme": link.theme_id}], initial=1
    )
    data |= {"refused": [str(concepts["housing"].pk)], "action-publish": "1"}
    assert client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data).status_code == 302
    assert _decided(page) == {("suggested", "housing", "rejected", "Housing")}


def test_what_editors_refuse_often_comes_later_and_says_so(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    def order() -> list[str]:
        return [one.slug for one in suggested("", "Housing and asylum.", "en")]

    assert order() == ["housing", "asylum"]
    sign_in(client)
    for number in range(4):
        page = make_output(site, title=f"Housing {number}", live=False)
        _save(client, page, [], refused=[str(concepts["housing"].pk)])
    assert order() == ["asylum", "housing"]
    told = suggested("", "Housing and asylum.", "en")[1]
    assert told.said == "editors refused it for “Housing” 4 times"
    assert [one.slug for one in suggested("", "Logement.", "en")] == []


def test_evidence_is_quoted_where_it_stands_with_the_way_down_to_the_concept(
    concepts: dict[str, Concept],
) -> None:
    text = f"First.\n{'Many words here. ' * 9}They ask for housing <b>soon</b> and wait.\nLast."
    (found,) = suggested("", text, "en")
    assert found.path == ["reception"]
    (quote,) = found.quotes
    assert quote.words == "housing"
    assert quote.before.startswith("… ")
    assert quote.before.endswith("They ask for ")
    assert quote.after == " <b>soon</b> and wait."
    assert (quote.field, found.times) == ("text", 1)


def test_quotes_are_shown_as_text(
    client: Client, site: MadeSite, concepts: dict[str, Concept]
) -> None:
    page = make_output(site, title="<script>alert(1)</script> housing", live=False)
    sign_in(client)
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "<script>alert(1)" not in shown
    assert "<mark>housing</mark>" in shown
