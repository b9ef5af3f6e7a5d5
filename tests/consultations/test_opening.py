"""Rounds open, close and are published; versions are kept."""

import datetime
from dataclasses import replace
from typing import Any

import pytest
from consulting import DAY, country, housing, made_instrument, made_query, made_round, state_answers
from django.utils import timezone

from contactpoint.consultations.actions.closing import ClosingError, close_round
from contactpoint.consultations.actions.opening import Obstacle, OpeningError, checks, open_round
from contactpoint.consultations.actions.publishing import (
    PublishingError,
    publish_round,
    withdraw_round,
)
from contactpoint.consultations.actions.versions import (
    FrozenError,
    MeanwhileError,
    keep,
    overrule,
)
from contactpoint.consultations.models import Instrument, Round, StateAsked, Version
from contactpoint.consultations.questions import InstrumentError, Kind, Question, Section
from contactpoint.consultations.questions.differences import Nature
from contactpoint.consultations.questions.walking import course
from contactpoint.consultations.reaching import Circle, answers
from contactpoint.consultations.signals import answers_changed
from contactpoint.consultations.timing import HOUR_MORE, Standing, standing

pytestmark = pytest.mark.django_db


def draft(kind: str = Instrument.Kind.SURVEY, **fields: Any) -> Round:
    instrument = made_instrument(kind=kind)
    round = made_round(instrument, **{"status": "draft", "opens_at": None, **fields})
    Version.objects.update(is_frozen=False)
    Round.objects.update(version=None)
    round.refresh_from_db()
    return round


@pytest.fixture
def told() -> Any:
    """The rounds of whose answers it was said that they changed."""
    heard: list[int] = []

    def hear(round: int, **_more: Any) -> None:
        heard.append(round)

    answers_changed.connect(hear)
    yield heard
    answers_changed.disconnect(hear)


def test_opening_freezes_the_version_and_notes_the_moment() -> None:
    round = open_round(draft(), user=None)
    assert (round.status, round.version.number, round.version.is_frozen) == ("open", 1, True)  # type: ignore[union-attr]
    assert standing(round) is Standing.OPEN


def test_a_round_may_be_opened_for_a_later_day() -> None:
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    round = open_round(draft(opens_at=tomorrow), user=None)
    assert standing(round) is Standing.NOT_YET


@pytest.mark.parametrize(
    ("kind", "fields", "obstacle"),
    [
        ("survey", {"status": "open"}, Obstacle.NO_DRAFT),
        ("survey", {"code": "room"}, Obstacle.RESERVED),
        ("survey", {"languages": []}, Obstacle.NO_LANGUAGE),
        ("survey", {"closes_at": timezone.now() - HOUR_MORE}, Obstacle.CLOSES_BEFORE),
        ("survey", {"access": "states"}, Obstacle.SURVEY_OF_STATES),
        ("query", {}, Obstacle.QUERY_OF_OTHERS),
        ("query", {"access": "states"}, Obstacle.NOBODY_ASKED),
        ("query", {"access": "states", "is_anonymous": True}, Obstacle.ANONYMOUS_STATES),
    ],
)
def test_what_stands_in_the_way_keeps_a_round_closed(
    kind: str, fields: dict[str, Any], obstacle: Obstacle
) -> None:
    round = draft(kind, **fields)
    with pytest.raises(OpeningError) as caught:
        open_round(round, user=None)
    assert obstacle in caught.value.checks.refusing
    assert not Version.objects.get().is_frozen


def test_what_should_be_known_does_not_keep_it_closed() -> None:
    round = draft(is_anonymous=True, closes_at=None, access="personal")
    warned = [one for one in checks(round).warning if isinstance(one, Obstacle)]
    assert set(warned) == {
        Obstacle.NO_END,
        Obstacle.NO_RESPONDENTS,
        Obstacle.OTHER_LANGUAGES,
        Obstacle.STAYS_ANONYMOUS,
    }
    assert open_round(round, user=None).status == Round.Status.OPEN


def test_questions_that_can_not_be_asked_keep_a_round_closed() -> None:
    round = draft()
    asked = replace(housing(), sections=(Section("empty", {"en": "Empty"}),))
    keep(round.instrument, asked, user=None)
    with pytest.raises(OpeningError, match="no-questions"):
        open_round(round, user=None)


def test_the_place_of_a_state_is_noted_when_it_is_asked() -> None:
    round = draft("query", access="states")
    StateAsked.objects.create(round=round, country=country("GE", "observer"))
    open_round(round, user=None)
    assert round.states.get().status == "observer"


def test_closing_gives_an_hour_and_is_done_once(told: list[int]) -> None:
    round = close_round(open_round(draft(), user=None), user=None)
    assert standing(round) is Standing.ENDING
    assert standing(round, timezone.now() + HOUR_MORE) is Standing.OVER
    assert told == [round.pk]
    with pytest.raises(ClosingError):
        close_round(round, user=None)


def test_what_came_of_it_is_public_until_it_is_taken_back(told: list[int]) -> None:
    query = made_query(published_at=None)
    state_answers(query, "BE", {"feasible": "yes"})
    assert not answers(Circle.PUBLIC).exists()
    told.clear()
    publish_round(query, user=None)
    assert answers(Circle.PUBLIC).exists()
    assert set(told) == {query.pk}
    told.clear()
    withdraw_round(query, user=None)
    assert not answers(Circle.PUBLIC).exists()
    assert set(told) == {query.pk}


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"is_listed": False}])
def test_a_draft_and_what_is_not_told_of_are_not_published(fields: dict[str, Any]) -> None:
    round = made_round(**fields)
    with pytest.raises(PublishingError):
        publish_round(round, user=None)


def other(text: str = "For how long?") -> Any:
    """The instrument with another wording."""
    first, second = housing().sections
    months = replace(first.questions[1], labels={"en": text})
    changed = replace(first, questions=(first.questions[0], months))
    return replace(housing(), sections=(changed, second))


def test_a_version_is_written_over_until_it_is_opened() -> None:
    instrument = made_instrument()
    assert keep(instrument, other(), user=None).number == 1
    Version.objects.update(is_frozen=True)
    assert keep(instrument, other(), user=None).number == 1, "nothing differs"
    assert keep(instrument, other("How many?"), user=None).number == 2
    assert Version.objects.get(number=1).asked().sections == other().sections


def test_what_an_editor_said_of_a_change_stays_while_they_write_on() -> None:
    instrument = made_instrument()
    Version.objects.update(is_frozen=True)
    version = keep(instrument, other(), user=None)
    overrule(version, {"wording:months::en": Nature.COSMETIC})
    hinted = replace(other(), introductions={"en": "Why we ask."})
    changes = {one["what"]: one["nature"] for one in keep(instrument, hinted, user=None).changes}
    assert changes == {"wording": "cosmetic", "introduction": "cosmetic"}
    Version.objects.update(is_frozen=True)
    with pytest.raises(FrozenError):
        overrule(version, {"wording:months::en": Nature.MEANING})


def test_nobody_writes_over_what_they_have_not_seen() -> None:
    instrument = made_instrument()
    with pytest.raises(MeanwhileError):
        keep(instrument, other(), user=None, seen="0")


def test_what_depends_on_itself_is_not_kept() -> None:
    instrument = made_instrument()
    circle = Section("a", questions=(Question("q", Kind.TEXT, relevant="${q} = 1"),))
    with pytest.raises(InstrumentError, match="depends on itself"):
        keep(instrument, replace(housing(), sections=(circle,)), user=None)
    assert Version.objects.get().asked() == housing()


def test_an_instrument_is_called_as_its_newest_version_is() -> None:
    instrument = made_instrument()
    keep(instrument, replace(housing(), titles={"en": "A home"}), user=None)
    instrument.refresh_from_db()
    assert instrument.labels == {"en": "A home"}


def test_a_course_of_what_was_kept_is_walked() -> None:
    asked = made_round().version.asked()  # type: ignore[union-attr]
    assert len(course(asked, {"feasible": "no"}, today=DAY).sections) == 2
