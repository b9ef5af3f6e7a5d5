"""The concept chooser: found in any language, said by which label, and walked down."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from editing import sign_in
from factories import make_concept

from contactpoint.glossary.choosing import matches
from contactpoint.glossary.models import Concept, ConceptLabel
from contactpoint.glossary.paths import Hierarchy

pytestmark = pytest.mark.django_db


@pytest.fixture
def housing() -> Concept:
    make_concept("law", en="law", nl="recht")
    make_concept("reception", en="reception", broader=["law"])
    found = make_concept(
        "housing",
        en="housing",
        nl="huisvesting",
        ru="жильё",
        broader=["reception"],
        alternatives={"en": ["accommodation"]},
    )
    ConceptLabel.objects.create(concept=found, language="nl", kind="hidden", text="woonst")
    make_concept("social-housing", en="social housing", broader=["housing"])
    make_concept("housing-policy", en="housing policy", broader=["housing"])
    return found


def _page(client: Client, **parameters: str) -> str:
    answer = client.get(reverse("concept_chooser:choose_results"), parameters)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("huisvesting", ("huisvesting", "nl", "preferred")),
        ("ЖИЛЬЕ", ("жильё", "ru", "preferred")),
        ("housing", ("housing", "en", "preferred")),
        ("accom", ("accommodation", "en", "alternative")),
        ("woonst", ("woonst", "nl", "hidden")),
    ],
)
def test_a_label_of_any_kind_in_any_language_finds_a_concept_and_is_told(
    housing: Concept, query: str, found: tuple[str, str, str]
) -> None:
    match = matches(query, "en")[housing.pk]
    assert (match.text, match.language, match.kind) == found


def test_the_whole_goes_before_the_beginning_before_a_part(housing: Concept) -> None:
    slugs = dict(Concept.objects.values_list("pk", "slug"))
    order = [slugs[pk] for pk in matches("housing", "en")]
    assert order == ["housing", "housing-policy", "social-housing"]


def test_what_no_label_contains_is_answered_by_what_is_near(housing: Concept) -> None:
    match = matches("huisvestingen", "en")[housing.pk]
    assert (match.text, match.kind) == ("huisvesting", "near")
    assert matches("xylophone", "en") == {}


def test_the_modal_says_by_which_label_and_where_a_concept_stands(
    client: Client, housing: Concept
) -> None:
    sign_in(client)
    page = _page(client, q="huisvesting")
    assert "“huisvesting”" in page
    assert "nl · preferred label" in page
    assert "law › reception" in page
    assert reverse("concept_chooser:chosen", args=[housing.pk]) in page


def test_the_modal_is_walked_from_the_top_down(client: Client, housing: Concept) -> None:
    sign_in(client)
    law = Concept.objects.get(slug="law")
    top = _page(client)
    assert reverse("concept_chooser:chosen", args=[law.pk]) in top
    assert reverse("concept_chooser:chosen", args=[housing.pk]) not in top
    assert f'data-concept-under="{law.pk}"' in top
    below = _page(client, under=str(housing.pk))
    assert "social housing" in below
    assert "housing policy" in below
    assert reverse("concept_chooser:chosen", args=[housing.pk]) not in below
    for step in ("law", "reception", "<strong>housing</strong>"):
        assert step in below


@pytest.mark.parametrize("under", ["x", "999999", "-1", "99999999999999999999"])
def test_a_place_that_there_is_not_breaks_nothing(
    client: Client, housing: Concept, under: str
) -> None:
    sign_in(client)
    _page(client, under=under)


def test_what_stands_under_a_concept_that_was_given_up_stands_at_the_top(
    client: Client, housing: Concept
) -> None:
    Concept.objects.filter(slug="law").update(status="deprecated")
    sign_in(client)
    page = _page(client)
    reception = Concept.objects.get(slug="reception")
    assert reverse("concept_chooser:chosen", args=[reception.pk]) in page
    assert ">law<" not in page


def test_a_circle_in_the_hierarchy_ends(housing: Concept) -> None:
    Concept.objects.get(slug="law").broader.add(housing)
    path = Hierarchy.load().path(housing.pk)
    assert [step.label for step in path] == ["law", "reception"]


def test_the_modal_asks_no_more_for_more_concepts(client: Client, housing: Concept) -> None:
    sign_in(client)
    _page(client, q="housing")
    with CaptureQueriesContext(
        connection,
    ) as few:
        _page(client, q="housing")
    for number in range(30):
        make_concept(f"housing-{number}", en=f"housing {number}", broader=["housing"])
    with CaptureQueriesContext(connection) as many:
        _page(client, q="housing")
    assert len(many) == len(few)
