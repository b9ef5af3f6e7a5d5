"""What of a survey stays: what was promised to who answers, and what makes its tables safe."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from consulting import made_round, respond
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from people import person
from round_forms import round_form

from contactpoint.consultations.actions.closing import close_round
from contactpoint.consultations.actions.publishing import publish_round, withdraw_round
from contactpoint.consultations.models import Round
from contactpoint.consultations.timing import Standing, standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return person("Administrators")[1]


def edited(editor: Client, round: Round, **fields: Any) -> tuple[int, dict[str, Any]]:
    """What the form answers, and its errors."""
    address = reverse("consultation_rounds:edit", args=[round.pk])
    told = {
        name: f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
        if isinstance(value, datetime)
        else value
        for name, value in fields.items()
    }
    answer = editor.post(address, round_form(editor, address) | told)
    errors = {} if answer.status_code == 302 else dict(answer.context["form"].errors)
    round.refresh_from_db()
    return answer.status_code, errors


def past(hours: float) -> datetime:
    return timezone.now() - timedelta(hours=hours)


def test_a_survey_whose_results_were_public_is_not_answered_again(editor: Client) -> None:
    round = made_round(closes_at=past(5))
    publish_round(round, user=None)
    for moment in (timezone.now() + timedelta(days=2), past(0.5), past(9), ""):
        status, errors = edited(editor, round, closes_at=moment)
        assert status == 200
        assert "nobody answers it again" in str(errors["closes_at"])
    assert edited(editor, round, reference="7")[0] == 302, (
        "seconds that a form drops change nothing"
    )
    withdraw_round(round, user=None)
    status, errors = edited(editor, round, closes_at=timezone.now() + timedelta(days=2))
    assert (status, set(errors)) == (200, {"closes_at"})
    assert edited(editor, round, opens_at=timezone.now() + timedelta(days=1))[0] == 200
    assert standing(round) is Standing.OVER


def test_a_survey_that_ended_without_being_published_may_get_more_time(editor: Client) -> None:
    round = made_round(closes_at=past(5))
    assert edited(editor, round, closes_at=timezone.now() + timedelta(days=2))[0] == 302
    assert standing(round) is Standing.OPEN


@pytest.mark.parametrize("ended", [-100, 0.5])
def test_an_open_survey_is_not_ended_by_a_day_in_the_past(editor: Client, ended: float) -> None:
    round = made_round(closes_at=past(ended))
    status, errors = edited(editor, round, closes_at=past(3))
    assert status == 200
    assert "Close now" in str(errors["closes_at"])
    assert standing(round) is not Standing.OVER
    status, errors = edited(editor, round, opens_at=timezone.now() + timedelta(hours=3))
    assert (status, len(errors)) == (200, 1)
    if ended < 0:
        close_round(round, user=None)
        round.refresh_from_db()
        assert standing(round) is Standing.ENDING, "who has begun has an hour"


def test_the_smallest_number_that_respondents_were_told_is_never_made_smaller(
    editor: Client,
) -> None:
    round = made_round()
    status, errors = edited(editor, round, smallest_cell="4")
    assert status == 200
    assert "no number under 5" in str(errors["smallest_cell"])
    assert edited(editor, round, smallest_cell="8")[0] == 302
    assert edited(editor, round, smallest_cell="5")[0] == 200
    draft = made_round(round.instrument, status=Round.Status.DRAFT)
    status, errors = edited(editor, draft, smallest_cell="4")
    assert (status, list(errors)) == (200, ["smallest_cell"]), "numbers under 5 are never public"


@pytest.mark.parametrize(("name", "value"), [("background", "feasible"), ("smallest_cell", 9)])
def test_what_hides_numbers_stays_also_where_results_are_taken_back(
    name: str, value: object
) -> None:
    round = made_round(closes_at=past(5))
    publish_round(round, user=None)
    withdraw_round(round, user=None)
    changed = Round.objects.get(pk=round.pk)
    setattr(changed, name, value)
    with pytest.raises(ValidationError, match="it stays"):
        changed.clean()


def test_a_wave_follows_no_wave_that_follows_it(editor: Client) -> None:
    first = made_round()
    second = made_round(first.instrument, previous=first)
    third = made_round(first.instrument, previous=second)
    status, errors = edited(editor, first, previous=str(third.pk))
    assert (status, set(errors)) == (200, {"previous"})
    assert edited(editor, third, previous=str(first.pk))[0] == 302


def test_what_was_taken_back_before_this_was_kept_is_known_from_the_history() -> None:
    from importlib import import_module  # noqa: PLC0415 — the module's name is no identifier

    from django.apps import apps  # noqa: PLC0415

    round = made_round(closes_at=past(5))
    publish_round(round, user=None)
    withdraw_round(round, user=None)
    other = made_round(round.instrument)
    Round.objects.update(first_published_at=None)
    assert ContentType.objects.get_for_model(Round)
    name = "contactpoint.consultations.migrations.0004_waves_and_publication"
    import_module(name).known_from_history(apps)
    assert Round.objects.get(pk=round.pk).was_published
    assert not Round.objects.get(pk=other.pk).was_published


@pytest.mark.parametrize(("closes", "word"), [(-100, "Open"), (0.5, "Ending"), (5, "Closed")])
def test_a_closing_day_that_has_passed_is_seen_everywhere(
    editor: Client, closes: float, word: str
) -> None:
    round = made_round(closes_at=past(closes))
    respond(round, {"feasible": "yes"})
    page = editor.get(reverse("consultations_round", args=[round.pk])).content.decode()
    assert f"<strong>{word}</strong>" in page
    assert ("consultations_close" in page or "Close now" in page) is (word == "Open")
    results = editor.get(f"/en/consultations/{round.code}/results/").content.decode()
    assert f"<span>{word}</span>" in results
    listed = editor.get(reverse("consultation_rounds:index")).content.decode()
    assert word in listed
