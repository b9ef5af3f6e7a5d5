"""Who sees which answer of a state."""

import datetime
import re
from pathlib import Path

import pytest
from consulting import made_query, made_round, respond, state_answers
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

import contactpoint
from contactpoint.consultations.models import Answer, Response, Round
from contactpoint.consultations.reaching import Circle, answers, circle_of, of_survey, responses

SOURCE = Path(contactpoint.__file__).parent
MAY_READ = {
    "consultations/reaching.py",
    "consultations/demonstration.py",
    "consultations/models/__init__.py",
    "consultations/models/responses.py",
}
"""Besides the folders below, which write, or show people their own; the demo writes examples."""
MAY_WRITE = ("consultations/actions/", "consultations/room/", "consultations/surveys/")


@pytest.mark.django_db
@pytest.mark.parametrize("mark", ["", "network"])
def test_an_answer_that_is_not_marked_as_wide_never_leaves_the_network(mark: str) -> None:
    query = made_query()
    state_answers(query, "BE", {"feasible": "yes"}, mark)
    assert not answers(Circle.PUBLIC).exists()
    assert not responses(Circle.PUBLIC).exists()
    assert answers(Circle.NETWORK).count() == 1


@pytest.mark.django_db
def test_what_is_marked_as_wide_is_public_with_its_query() -> None:
    query = made_query(published_at=None)
    state_answers(query, "BE", {"feasible": "yes"})
    assert not answers(Circle.PUBLIC).exists()
    Round.objects.update(published_at=timezone.now() + datetime.timedelta(hours=1))
    assert not answers(Circle.PUBLIC).exists()
    Round.objects.update(published_at=timezone.now())
    assert answers(Circle.PUBLIC).get().value == "yes"


@pytest.mark.django_db
def test_what_is_prepared_for_the_public_holds_what_it_will_see_and_no_more() -> None:
    query = made_query(published_at=None)
    state_answers(query, "BE", {"feasible": "yes"})
    state_answers(query, "FR", {"feasible": "no"}, "network")
    assert [one.value for one in answers(Circle.COMING)] == ["yes"]
    assert [one.country.code for one in responses(Circle.COMING)] == ["BE"]
    assert not responses(Circle.PUBLIC).exists()
    Round.objects.update(is_listed=False)
    assert not answers(Circle.COMING).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "is_test"), [("begun", False), ("checking", False), ("sent", True)]
)
def test_nobody_else_sees_what_a_state_has_not_sent(status: str, is_test: bool) -> None:
    state_answers(made_query(), "BE", {"feasible": "yes"}, status=status, is_test=is_test)
    assert not answers(Circle.NETWORK).exists()
    assert not responses(Circle.NETWORK).exists()


@pytest.mark.django_db
def test_what_respondents_of_a_survey_say_is_no_answer_of_a_state() -> None:
    survey = made_round(published_at=timezone.now())
    respond(survey, {"feasible": "yes"})
    assert Answer.objects.exists()
    assert not answers(Circle.NETWORK).exists()
    assert of_survey(survey).count() == 1
    Response.objects.update(is_test=True)
    assert of_survey(survey).count() == 0


def test_somebody_who_is_not_signed_in_is_the_public() -> None:
    assert circle_of(AnonymousUser()) is Circle.PUBLIC


def test_nothing_reads_answers_past_the_one_way_to_them() -> None:
    reading = re.compile(r"\bAnswer\.objects\b|(?<!views)\.answers\b(?!\()|answers__")
    found = []
    for path in SOURCE.rglob("*.py"):
        name = path.relative_to(SOURCE).as_posix()
        if name in MAY_READ or name.startswith(MAY_WRITE) or "/migrations/" in name:
            continue
        text = path.read_text()
        if "consultations" in text and reading.search(text):
            found.append(name)
    assert not found
