"""A merged concept takes nothing with it: its items and its words go to the successor."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from factories import MadeSite, make_output, make_site
from small_glossary import concept, draft, published, three

from contactpoint.glossary import deciding
from contactpoint.glossary.drafting import save_draft
from contactpoint.glossary.lexicon import lexicon
from contactpoint.glossary.models import Concept
from contactpoint.glossary.publishing import load, publish
from contactpoint.glossary.terms import vocabulary
from contactpoint.kit.housekeeping import tidy
from contactpoint.kit.outbox import drain
from contactpoint.outputs.merging import lead_on
from contactpoint.outputs.models import Classification, Output
from contactpoint.vocabulary import Label

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def glossary() -> None:
    load(three())
    drain()


@pytest.fixture
def site() -> MadeSite:
    return make_site(("en", "nl"), standard=False)


def _about(page: Output, *rows: tuple[str, str]) -> Output:
    Classification.objects.bulk_create(
        Classification(
            page=page, concept=Concept.objects.get(slug=slug), keyword=keyword, sort_order=place
        )
        for place, (slug, keyword) in enumerate(rows)
    )
    return page


def _rows(page: Output) -> list[tuple[str, str]]:
    rows = Classification.objects.filter(page=page).order_by("sort_order", "pk")
    return list(rows.values_list("concept__slug", "keyword"))


def _merge(old: str = "housing", new: str = "reception", number: str = "1.1") -> None:
    draft(old, status="deprecated", replaced_by=new)
    publish(number, "Merged.")
    drain()


def test_items_of_a_merged_concept_are_those_of_its_successor(
    client: Client, site: MadeSite
) -> None:
    page = _about(make_output(site, title="A house for each"), ("housing", "lodgings"))
    _merge()
    assert _rows(page) == [("reception", "lodgings")]
    listed = client.get("/en/glossary/reception/").content.decode()
    assert "A house for each" in listed
    shown = client.get(page.url).content.decode()
    assert 'href="/en/glossary/reception/"' in shown
    assert "/en/glossary/housing/" not in shown


def test_no_row_says_what_another_says_already(site: MadeSite) -> None:
    plain = _about(make_output(site), ("reception", ""), ("housing", ""), ("asylum", ""))
    typed = _about(make_output(site), ("reception", ""), ("housing", "houses"))
    both = _about(make_output(site), ("reception", "centres"), ("housing", "houses"))
    other = _about(make_output(site), ("asylum", "asylum"), ("asylum", "asylum"))
    _merge()
    assert _rows(plain) == [("reception", ""), ("asylum", "")]
    assert _rows(typed) == [("reception", "houses")]
    assert _rows(both) == [("reception", "centres"), ("reception", "houses")]
    assert _rows(other) == [("asylum", "asylum"), ("asylum", "asylum")]


def test_drafts_and_planned_versions_follow(site: MadeSite) -> None:
    page: Any = make_output(site)
    housing = Concept.objects.get(slug="housing")
    page.classifications = [Classification(concept=housing, sort_order=0)]
    page.title = "Only the draft has it"
    page.save_revision()
    assert not Classification.objects.filter(page=page).exists()
    _merge()
    page.refresh_from_db()
    newest = page.get_latest_revision()
    assert [row["concept"] for row in newest.content["classifications"]] == [
        Concept.objects.get(slug="reception").pk
    ]
    newest.publish()
    assert _rows(page) == [("reception", "")]


def test_told_twice_nothing_happens_and_what_comes_later_follows_too(site: MadeSite) -> None:
    page = _about(make_output(site), ("housing", ""))
    _merge()
    assert lead_on() == 0
    late = _about(make_output(site), ("housing", ""))
    tidy()
    assert _rows(late) == _rows(page) == [("reception", "")]


def test_a_chain_of_mergers_is_followed_to_its_end(site: MadeSite) -> None:
    page = _about(make_output(site), ("housing", ""))
    deciding.learn(Concept.objects.get(slug="housing"), ["roofs"], "en")
    draft("housing", status="deprecated", replaced_by="reception")
    publish("1.1", "One.")
    draft("reception", status="deprecated", replaced_by="asylum")
    publish("1.2", "Two.")
    drain()
    assert _rows(page) == [("asylum", "")]
    assert vocabulary().harmonise("roofs", "en").concept == "asylum"
    assert vocabulary().harmonise("accommodation", "en").concept == "asylum"


def test_the_words_of_a_merged_concept_mean_its_successor(
    client: Client, site: MadeSite, fill: Callable[[], None]
) -> None:
    _merge()
    words = vocabulary()
    found = words.harmonise("accommodation", "en", schemes=["glossary"])
    assert (found.concept, found.label) == ("reception", "reception")
    assert (found.reason, found.nearest) == ("alternative", ())
    notes = words.annotate("They live in housing now.", "en", schemes=["glossary"])
    assert [note.concept for note in notes] == ["reception"]
    page = _about(make_output(site, title="Walls and roofs"), ("reception", ""))
    fill()
    assert page.title in client.get("/en/search/", {"q": "accommodation"}).content.decode()


def test_a_word_that_a_living_concept_has_too_is_that_concepts() -> None:
    save_draft(concept("lodging", Label("accommodation", "en"), broader=("asylum",)), row=None)
    _merge()
    found = vocabulary().harmonise("accommodation", "en", schemes=["glossary"])
    assert (found.concept, found.nearest) == ("lodging", ())


def test_nothing_lists_a_merged_concept() -> None:
    _merge()
    words = lexicon()
    assert set(words.concepts) == {"asylum", "reception"}
    assert words.languages() == {"en": 2, "fr": 1}
    total, hits = words.lookup.find("hous", "en", 10)
    assert (total, [hit.slug for hit in hits]) == (1, ["reception"])


def test_a_withdrawn_concept_without_successor_is_no_word_any_more() -> None:
    draft("housing", status="deprecated")
    publish("1.1", "Withdrawn.")
    assert vocabulary().harmonise("housing", "en", schemes=["glossary"]).concept is None


def test_a_merger_that_is_taken_back_loses_nothing(site: MadeSite) -> None:
    page = _about(make_output(site), ("housing", "houses"))
    _merge()
    draft("housing", status="approved", replaced_by="")
    publish("1.2", "It is of use after all.")
    drain()
    assert _rows(page) == [("reception", "houses")]
    assert vocabulary().harmonise("accommodation", "en").concept == "housing"
    assert published("housing").status == "approved"
