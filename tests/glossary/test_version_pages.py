"""Readers look at any version, at a concept as it stood, and are led on where it went."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from small_glossary import draft, draft_new, three

from contactpoint.glossary.models import Concept, SchemeVersion
from contactpoint.glossary.publishing import load, publish
from contactpoint.vocabulary import Definition, Label

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def versions() -> None:
    """1.0 of January, 1.1 of February and 1.2 of March 2026."""
    load(three(), notes="The beginning.")
    draft(
        "housing",
        labels=(Label("lodging", "en"), Label("logement", "fr"), Label("hausing", "en", "hidden")),
        definitions=(Definition("What lodging really is.", "en", "A law"),),
        broader=("asylum",),
    )
    draft_new("shelter", broader=("housing",))
    publish("1.1", "Lodging.")
    draft("reception", id="reception-conditions")
    draft("shelter", status="deprecated", replaced_by="housing", broader=())
    publish("1.2", "Names.")
    for month, number in ((1, "1.0"), (2, "1.1"), (3, "1.2")):
        day = datetime.date(2026, month, 10)
        SchemeVersion.objects.filter(number=number).update(published_on=day)


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def test_the_versions_are_listed_with_their_notes_and_counts(client: Client) -> None:
    text = page(client, "/en/glossary/versions/")
    assert text.index("/en/glossary/versions/1.2/") < text.index("/en/glossary/versions/1.0/")
    assert "The beginning." in text
    assert "Merged <b>1</b>" in text
    assert "10 January 2026" in text


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
@pytest.mark.parametrize(
    "path", ["versions/", "versions/1.0/", "versions/1.2/", "versions/1.0/housing/", "housing/"]
)
def test_each_page_is_shown_in_each_language(client: Client, language: str, path: str) -> None:
    page(client, f"/{language}/glossary/{path}")


def test_what_changed_is_told_by_kind_field_and_language(client: Client) -> None:
    text = page(client, "/en/glossary/versions/1.1/")
    for heading in ("Added", "Moved", "Changed"):
        assert heading in text
    assert "<del>housing</del> <ins>lodging</ins>" in text
    assert "What <del>housing</del><ins>lodging really</ins> is." in text
    assert "<ins>logement</ins>" in text
    assert "hausing" not in text
    assert "Renamed" in page(client, "/en/glossary/versions/1.2/")


def test_the_list_of_changes_is_narrowed_by_links(client: Client) -> None:
    whole = page(client, "/en/glossary/versions/1.1/")
    assert 'href="?show=moved"' in whole
    assert 'href="?language=fr"' in whole
    moved = page(client, "/en/glossary/versions/1.1/?show=moved")
    assert 'id="changes-moved"' in moved
    assert 'id="changes-changed"' not in moved
    french = page(client, "/en/glossary/versions/1.1/?language=fr")
    assert "<ins>logement</ins>" in french
    assert "<ins>lodging</ins>" not in french
    for query in ("show=nothing", "language=xx"):
        page(client, f"/en/glossary/versions/1.1/?{query}", 404)
    page(client, "/en/glossary/versions/9.9/", 404)


def test_the_first_version_lists_its_concepts(client: Client) -> None:
    text = page(client, "/en/glossary/versions/1.0/")
    assert '<a href="/en/glossary/versions/1.0/housing/">housing</a>' in text


def test_a_concept_is_shown_as_it_stood_in_a_version(client: Client) -> None:
    text = page(client, "/en/glossary/versions/1.0/housing/")
    assert "<h1>housing</h1>" in text
    assert "What housing is." in text
    assert "As it stood in version 1.0, published on 10 January 2026." in text
    assert 'href="/en/glossary/versions/1.0/reception/"' in text
    assert 'href="/en/glossary/housing/"' in text
    assert "It stands so today." not in text
    assert "It stands so today." in page(client, "/en/glossary/versions/1.2/housing/")
    page(client, "/en/glossary/versions/1.0/shelter/", 404)
    answer = client.get("/en/glossary/housing/?version=1.0")
    assert answer.headers["Location"] == "/en/glossary/versions/1.0/housing/"
    page(client, "/en/glossary/housing/?version=9", 404)


def test_a_version_shows_all_that_the_page_of_the_concept_does(client: Client) -> None:
    draft(
        "asylum",
        labels=(
            Label("asylum", "en"),
            Label("refuge", "en", "alternative"),
            Label("asile", "fr"),
        ),
        definitions=(Definition("Protection.", "en"), Definition("Une protection.", "fr")),
    )
    publish("1.3", "More.")
    text = page(client, "/en/glossary/versions/1.3/asylum/")
    assert '<p class="also"><span itemprop="alternateName">refuge</span></p>' in text
    assert "Protection." in text
    assert "Une protection." in text
    assert "In all languages" in text
    assert '<ul class="margin-list"><li><a href="/en/glossary/versions/1.3/' in text


def test_what_was_withdrawn_does_not_stand_so_today(client: Client) -> None:
    text = page(client, "/en/glossary/versions/1.2/shelter/")
    assert "Withdrawn in this version." in text
    assert "It stands so today." not in text


def test_a_definition_is_asked_for_as_of_a_date(client: Client) -> None:
    text = page(client, "/en/glossary/housing/?on=2026-01-31")
    assert "What housing is." in text
    assert "As it stood on 31 January 2026: version 1.0, published on 10 January 2026." in text
    assert "What lodging really is." in page(client, "/en/glossary/housing/?on=2026-02-10")
    before = page(client, "/en/glossary/housing/?on=2025-12-31", 404)
    assert "On 31 December 2025 the glossary did not have this concept." in before
    assert "What" not in before.split("<main")[1].split("</h1>")[1].split("</article>")[0]
    assert "did not have this concept" in page(client, "/en/glossary/shelter/?on=2026-01-31", 404)


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "", "%00", "<b>"])
def test_what_is_no_date_is_refused_with_the_form_and_the_page_of_today(
    client: Client, day: str
) -> None:
    text = page(client, f"/nl/glossary/housing/?on={day}", 400)
    assert "Dit is geen datum." in text
    assert 'action="/nl/glossary/housing/"' in text
    assert '<a href="/nl/glossary/housing/">' in text
    page(client, f"/nl/glossary/nowhere/?on={day}", 404)


def test_nobody_is_told_how_a_concept_will_stand(client: Client) -> None:
    text = page(client, "/en/glossary/housing/?on=2999-01-01", 400)
    assert "1 January 2999 is yet to come" in text
    assert "As it stood on 1 January 2999" not in text
    assert '<a href="/en/glossary/housing/">As it stands now</a>' in text
    today = timezone.localdate()
    page(client, f"/en/glossary/housing/?on={today:%Y-%m-%d}")


def test_a_date_finds_a_concept_by_the_name_that_it_had_then(client: Client) -> None:
    text = page(client, "/en/glossary/reception-conditions/?on=2026-01-31")
    assert "<h1>reception</h1>" in text
    assert "<h1>reception</h1>" in page(client, "/en/glossary/reception/?on=2026-03-31")


def test_a_renamed_concept_and_a_merged_one_lead_on(client: Client) -> None:
    for old, new, status in (
        ("reception", "reception-conditions", 301),
        ("shelter", "housing", 302),
    ):
        answer = client.get(f"/fr/glossary/{old}/")
        assert (answer.status_code, answer.headers["Location"]) == (
            status,
            f"/fr/glossary/{new}/",
        )


def test_an_old_name_of_a_merged_concept_leads_on_for_now_only(client: Client) -> None:
    merged = Concept.objects.get(slug="reception-conditions")
    successor = Concept.objects.get(slug="housing")
    Concept.objects.filter(pk=merged.pk).update(status="deprecated", successor=successor)
    page_answer = client.get("/fr/glossary/reception/")
    data_answer = client.get("/id/concept/reception")
    assert (page_answer.status_code, data_answer.status_code) == (302, 303)
    assert page_answer.headers["Location"] == "/fr/glossary/housing/"


def test_a_chain_of_successors_is_followed_and_a_ring_ends(client: Client) -> None:
    rows = {slug: Concept.objects.get(slug=slug) for slug in ("asylum", "housing", "shelter")}
    Concept.objects.filter(slug="housing").update(status="deprecated", successor=rows["asylum"])
    answer = client.get("/en/glossary/shelter/")
    assert answer.headers["Location"] == "/en/glossary/asylum/"
    Concept.objects.filter(slug="asylum").update(status="deprecated", successor=rows["shelter"])
    page(client, "/en/glossary/shelter/", 410)
    page(client, "/en/glossary/nowhere/", 404)


def test_the_stable_address_leads_to_the_page_of_the_version(client: Client) -> None:
    answer = client.get(
        "/id/concept/housing/versions/1.0", headers={"Accept-Language": "nl, en;q=0.5"}
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/nl/glossary/versions/1.0/housing/"
    for path in ("shelter/versions/1.0", "housing/versions/9"):
        answer = client.get(f"/id/concept/{path}")
        assert (answer.status_code, answer.headers["Content-Type"]) == (
            404,
            "text/plain; charset=utf-8",
        )


def test_a_concept_page_tells_its_versions_and_asks_for_a_day(client: Client) -> None:
    text = page(client, "/en/glossary/housing/")
    history = text[text.index('id="history"') :]
    assert history.index("/versions/1.1/housing/") < history.index("/versions/1.0/housing/")
    assert "<ins>lodging</ins>" in history
    assert "First published." in history
    assert 'action="/en/glossary/housing/"' in history
    assert 'action="/nl/glossary/housing/"' in page(client, "/nl/glossary/housing/")
    assert 'type="date"' in history
    renamed = page(client, "/en/glossary/reception-conditions/")
    assert "/versions/1.0/reception/" in renamed[renamed.index('id="history"') :]


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/en/glossary/versions/", 1),
        ("/en/glossary/versions/1.0/", 4),
        ("/en/glossary/versions/1.1/", 4),
        ("/en/glossary/versions/1.0/housing/", 5),
        ("/en/glossary/housing/?on=2026-01-31", 5),
    ],
)
def test_a_page_asks_few_queries(
    client: Client, django_assert_max_num_queries: Any, path: str, most: int
) -> None:
    client.get(path)
    with django_assert_max_num_queries(most):
        client.get(path)


def test_a_withdrawn_concept_is_gone_and_its_page_leads_to_where_it_stood(client: Client) -> None:
    draft("housing", status="deprecated")
    publish("2.0", "Housing goes.")
    text = page(client, "/en/glossary/housing/", 410)
    assert "Withdrawn with version 2.0" in text
    number = re.search(r'href="/en/glossary/versions/([\d.]+)/housing/"', text)
    assert number
    assert "What lodging really is." in page(client, f"/en/glossary/versions/{number[1]}/housing/")
    assert client.get("/id/concept/housing", follow=True).status_code == 410


def test_another_identifier_is_told_by_the_identifiers(client: Client) -> None:
    draft("housing", id="lodging")
    publish("2.0", "Another identifier.")
    text = page(client, "/en/glossary/versions/2.0/")
    assert re.search(r"formerly\s+housing\s*<", text)
