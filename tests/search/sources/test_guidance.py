"""Guidance as the search is told of it: a document a guide and a place, no draft."""

from typing import Any

import guided
import pytest
from factories import make_concept, make_theme

from contactpoint.guidance.models import Guide, GuideText, Place
from contactpoint.search.sources.guidance import Guides, Places, keys_of_guides

GUIDES, PLACES = Guides(), Places()
pytestmark = pytest.mark.usefixtures("guides")


@pytest.fixture
def guides(db: None) -> None:
    guided.load()


def document(code: str) -> Any:
    (found,) = GUIDES.documents(keys_of_guides([Guide.objects.get(code=code).pk]))
    return found


def test_a_guide_is_one_document_with_a_version_in_each_language_that_has_it() -> None:
    guide = Guide.objects.get(code="interview")
    guide.concepts.add(make_concept("personal-interview", en="personal interview"))
    top = make_theme("asylum")
    under = make_theme("protection")
    under.parent = top
    under.save()
    guide.subjects.add(under)
    found = document("interview")
    assert found.kind == "guidance"
    versions = {one.language: one for one in found.versions}
    assert set(versions) == {"en", "ar"}
    assert versions["ar"].url == "/ar/guidance/procedure/interview/"
    assert versions["ar"].title == guided.text("interview", "ar").title
    assert versions["en"].teaser == "Who asks you questions."
    assert "You may say I do not know" in versions["en"].text
    assert "Your guardian sits beside you." in versions["en"].text
    assert found.concepts == ["personal-interview"]
    assert (found.themes, found.parents) == (["protection"], ["asylum"])


def test_what_is_not_published_has_no_version_and_no_key() -> None:
    guided.text("interview", "ar").unpublish()
    assert [one.language for one in document("interview").versions] == ["en"]
    text = guided.text("health")
    text.title = "Secret"
    text.save_revision()
    assert {one.title for one in document("health").versions} == {
        "Voir un médecin", "Seeing a doctor",
    }  # fmt: skip
    guided.text("guardian").unpublish()
    key = keys_of_guides([Guide.objects.get(code="guardian").pk])
    assert not set(key) & set(GUIDES.keys())
    assert GUIDES.documents(key) == []
    assert len(list(GUIDES.keys())) == 3
    last = sorted(GUIDES.keys())[-1]
    assert list(GUIDES.keys(after=last)) == []


def test_a_place_is_found_by_its_name_and_number_on_the_page_of_help() -> None:
    key = f"help:{Place.objects.get(code='legal').pk}"
    assert key in set(PLACES.keys())
    (found,) = PLACES.documents([key])
    assert found.kind == "guidance"
    assert {one.language: one.url for one in found.versions} == {
        "en": "/en/guidance/help/#place-legal",
        "ar": "/ar/guidance/help/#place-legal",
    }
    assert found.keywords == ["+33 1 99 00 00 01"]
    assert found.versions[0].language == "en"
    assert found.versions[0].teaser == "Free advice. Call 116 000 too."
    for text in GuideText.objects.all():
        text.unpublish()
    assert PLACES.documents([key]) == []


def test_many_guides_cost_as_many_queries_as_one(django_assert_max_num_queries: Any) -> None:
    keys = list(GUIDES.keys())
    for some in (keys[:1], keys):
        with django_assert_max_num_queries(5):
            assert len(GUIDES.documents(some)) == len(some)
    places = list(PLACES.keys())
    PLACES.documents(places)
    with django_assert_max_num_queries(1):
        assert len(PLACES.documents(places)) == 3
