"""The list of consultations, the page of each, and where else they appear."""

import datetime

import pytest
from consulting import housing, made_instrument, made_query, made_round, state_answers
from django.test import Client
from django.utils import timezone
from factories import make_concept, make_theme
from surveyed import make_survey

from contactpoint.consultations.models import Round

LIST = "/en/consultations/"


@pytest.fixture(autouse=True)
def _on_a_site(site: object) -> None:
    """Every page needs one."""


def _page(client: Client, path: str = LIST) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def test_an_open_survey_says_until_when_and_leads_to_its_questions(client: Client) -> None:
    made_round(labels={"en": "Open one"}, code="open-one", is_anonymous=True)
    page = _page(client)
    assert page.index("Open now") < page.index("Open one")
    assert "Open until" in page
    page = _page(client, f"{LIST}open-one/")
    assert 'href="/en/consultations/open-one/answer/"' in page
    assert "Anonymous" in page


def test_only_what_is_told_of_is_listed_and_has_a_page(client: Client) -> None:
    survey = made_instrument()
    for code, fields in {
        "draft": {"status": Round.Status.DRAFT},
        "unlisted": {"is_listed": False},
        "to-come": {"opens_at": timezone.now() + datetime.timedelta(days=1)},
    }.items():
        made_round(survey, code=code, labels={"en": f"The {code} one"}, **fields)
    query = made_query(asked=housing("asked"), code="asked", published_at=None,
                       labels={"en": "Unpublished query"})  # fmt: skip
    state_answers(query, "BE", {"feasible": "yes"})
    page = _page(client)
    for code in ("draft", "unlisted", "to-come", "asked"):
        assert f"/consultations/{code}/" not in page
        assert client.get(f"{LIST}{code}/").status_code == 404


def test_a_public_query_has_a_page_with_the_answers_of_states(client: Client) -> None:
    query = made_query(code="lodging", labels={"en": "Lodging"})
    state_answers(query, "BE", {"feasible": "yes"})
    assert "Lodging" in _page(client)
    assert "Answers of states" in _page(client, f"{LIST}lodging/")


def test_the_list_is_narrowed_by_kind_with_counts(client: Client) -> None:
    made_query(asked=housing("query"), labels={"en": "A query"})
    make_survey()
    page = _page(client, f"{LIST}?kind=query")
    assert "A query" in page
    assert "A survey of housing" not in page
    assert 'Survey <span class="count">1</span>' in page
    assert client.get(f"{LIST}?kind=rumour").status_code == 404


def test_pages_of_a_theme_and_of_a_concept_say_which_consultations_are_about_them(
    client: Client,
) -> None:
    survey = make_survey()
    theme, concept = make_theme("asylum"), make_concept("reception")
    survey.themes.add(theme)
    survey.concepts.add(concept)
    for path in ("/en/themes/asylum/", "/en/glossary/reception/"):
        assert "A survey of housing" in _page(client, path)
    assert "A survey of housing" in _page(client, f"{LIST}?theme=asylum")
    assert "Consultations: " in _page(client, f"{LIST}?concept=reception")


def test_the_sitemap_and_the_menu_lead_there(client: Client) -> None:
    make_survey()
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "/fr/consultations/housing/" in sitemap
    assert 'href="/en/consultations/"' in _page(client, "/en/themes/")


def test_a_long_list_takes_no_more_queries(
    client: Client, django_assert_max_num_queries: object
) -> None:
    survey = make_survey()
    for number in range(12):
        made_round(survey.instrument, code=f"one-{number}", status=Round.Status.CLOSED,
                   closed_at=timezone.now())  # fmt: skip
    _page(client)
    with django_assert_max_num_queries(9):
        _page(client)


def test_an_example_says_so(client: Client) -> None:
    make_survey(is_example=True)
    assert "Example, not real" in _page(client)
    assert "Example: nobody gave these answers." in _page(client, f"{LIST}housing/")
