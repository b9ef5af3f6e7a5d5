"""What is written of states past `save` is told, and what respondents write costs nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from consulting import DAY, made_query, made_round, respond, state_answers

from contactpoint.consultations.models import Answer, Response, Round
from contactpoint.consultations.signals import answers_changed


@pytest.fixture
def told() -> Iterator[list[int]]:
    found: list[int] = []

    def hear(sender: Any, round: int, **_more: Any) -> None:
        found.append(round)

    answers_changed.connect(hear)
    yield found
    answers_changed.disconnect(hear)


@pytest.mark.django_db
def test_what_is_written_of_a_state_is_told_with_its_round(told: list[int]) -> None:
    query = made_query()
    response = state_answers(query, "BE", {"feasible": "yes"})
    ways = (
        lambda: Answer.objects.update(dissemination="network"),
        lambda: Answer.objects.bulk_create(
            [Answer(response=response, question="why", answered_on=DAY)]
        ),
        lambda: Answer.objects.bulk_update(Answer.objects.all(), ["dissemination"]),
        lambda: response.answers.update(remark="x"),
        lambda: Response.objects.update(status="begun"),
        lambda: Round.objects.update(published_at=None),
    )
    for way in ways:
        told.clear()
        way()
        assert set(told) == {query.pk}


@pytest.mark.django_db
def test_what_respondents_write_is_told_to_nobody_and_costs_no_query(
    told: list[int], django_assert_num_queries: Any
) -> None:
    response = respond(made_round(), {"feasible": "yes"})
    with django_assert_num_queries(1):
        Answer.objects.bulk_create([Answer(response=response, question="why", answered_on=DAY)])
    with django_assert_num_queries(1):
        Response.objects.filter(pk=response.pk).update(revision=1, language="nl")
    Answer.objects.update(value="no")
    Response.objects.update(status="begun")
    assert not told
