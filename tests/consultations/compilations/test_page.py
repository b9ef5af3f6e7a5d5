"""The page of a round shows the public version, narrowed by its address alone."""

from typing import Any
from xml.etree import ElementTree

from django.test import Client

from contactpoint.consultations.models import Answer, Round

PAGE = "/en/consultations/lodging/"


def told(query: str = "") -> str:
    answer = Client().get(PAGE + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_closed_questions_have_counts_signs_and_a_map(query: Round) -> None:
    page = told()
    assert "No</span> · 1 of 2 states" in page
    assert "Yes</span> · 1 of 2 states" in page
    assert 'class="choice-sign" data-pattern="1"' in page
    start = page.index('<svg class="picture picture-signed-tiles')
    svg = ElementTree.fromstring(page[start : page.index("</svg>", start) + 6])
    assert [one.text for one in svg.iter("text")][:4] == ["BE", "✕", "NL", "✓"]
    assert "Yes: NL." in page


def test_nothing_tells_that_there_are_restricted_answers(query: Round) -> None:
    before = told()
    Answer.objects.exclude(dissemination="wide").delete()
    assert told() == before
    for word in ("secret", "a-fr-", "Wider dissemination"):
        assert word not in before


def test_states_and_questions_are_picked_by_the_address(query: Round) -> None:
    page = told("?state=BE&question=why")
    assert "openwords" in page
    assert "other words" not in page
    assert 'id="q-feasible"' not in page
    assert told("?state=FR&state=XX") == told("?state=XX")


def test_answers_have_an_anchor_and_say_when_they_were_given_and_that_they_are_past(
    query: Round,
) -> None:
    page = told()
    assert 'id="a-nl-why"' in page
    assert "Answered on 20 May 2019 · was valid until 20 May 2020, not confirmed since" in page


def test_the_words_of_states_are_no_markup(query: Round) -> None:
    Answer.objects.filter(question="why").update(
        value="<script>alert(1)</script>", remark="<img src=x>"
    )
    page = told()
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


def test_the_page_says_nothing_of_a_round_that_is_not_public(query: Round) -> None:
    Round.objects.update(published_at=None)
    assert Client().get(PAGE).status_code == 404


def test_the_page_costs_few_queries_and_sets_no_cookie(
    query: Round, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    client.get(PAGE)
    with django_assert_max_num_queries(10):
        answer = client.get(PAGE)
    assert not answer.cookies
