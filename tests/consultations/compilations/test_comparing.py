"""Readers compare states on a subject, over the years; they see what is public only."""

import datetime
from typing import Any

import pytest
from consulting import made_round, state_answers
from django.test import Client
from django.utils import timezone

from contactpoint.consultations.models import Round
from contactpoint.glossary.models import Theme

PAGE = "/en/consultations/compare/"


@pytest.fixture
def years(query: Round) -> Round:
    """The same instrument held again, two years later."""
    Round.objects.filter(pk=query.pk).update(
        opens_at=timezone.make_aware(datetime.datetime(2019, 4, 1))
    )
    again = made_round(
        query.instrument,
        code="lodging-again",
        access="states",
        status="closed",
        published_at=timezone.now(),
        opens_at=timezone.make_aware(datetime.datetime(2021, 4, 1)),
    )
    state_answers(again, "BE", {"feasible": "yes", "why": "laterwords"})
    theme = Theme.objects.create(slug="lodgings", labels={"en": "Lodgings"})
    query.themes.add(theme)
    return again


def told(**query: Any) -> str:
    return Client().get(PAGE, query).content.decode()


def test_states_stand_side_by_side_and_a_question_over_the_years(years: Round) -> None:
    found = told(state=["BE", "NL"])
    for word in ("openwords", "other words", "laterwords", ">2019<", ">2021<"):
        assert word in found, word
    assert found.index("laterwords") < found.index("openwords")
    assert found.count("Are two months enough?</h3>") == 1


def test_nothing_restricted_is_compared_nor_offered(years: Round) -> None:
    found = told(state=["BE", "FR", "NL"])
    for word in ("secretwords", "secretremark", 'value="FR"'):
        assert word not in found


def test_a_theme_narrows_the_rounds(years: Round) -> None:
    found = told(state="BE", theme="lodgings")
    assert "openwords" in found
    assert "laterwords" not in found


def test_states_have_to_be_chosen_and_no_more_than_can_be_read(years: Round) -> None:
    assert "Choose the states, too." in told(theme="lodgings")
    for code in ("AT", "DE", "ES", "FI", "LU", "PL"):
        state_answers(years, code, {"feasible": "yes"})
    found = told(state=["AT", "BE", "DE", "ES", "FI", "LU", "PL"])
    assert "the first 6 are shown" in found
    assert found.count(" checked>") == 6


def test_the_page_costs_the_same_whatever_there_is_to_compare(
    years: Round, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        more = made_round(
            years.instrument, code=f"more-{number}", access="states", status="closed",
            published_at=timezone.now(),
        )  # fmt: skip
        for code in ("BE", "NL"):
            state_answers(more, code, {"feasible": "yes", "why": "words"})
    client = Client()
    client.get(PAGE)
    with django_assert_max_num_queries(9):
        answer = client.get(PAGE, {"state": ["BE", "NL"], "theme": "", "concept": ""})
    assert answer["Cache-Control"] == "public, no-cache"
    assert not answer.cookies


@pytest.mark.parametrize("address", ["?state=<b>&theme='", "?theme=%00&concept=x&state=%F0", ""])
def test_any_address_is_answered(years: Round, address: str) -> None:
    answer = Client().get(PAGE + address)
    assert answer.status_code == 200
    assert "<b>&" not in answer.content.decode()
