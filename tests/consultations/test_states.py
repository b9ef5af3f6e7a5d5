"""What the people of a state may do with its answer, and when."""

import datetime
from typing import Any

import pytest
from consulting import country, made_query
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from seated import seated

from contactpoint.accounts.models import User
from contactpoint.consultations.actions import states
from contactpoint.consultations.actions.standing import StateError, refusal, unfinished
from contactpoint.consultations.actions.writing import HeldError, SeenOlderError, Written
from contactpoint.consultations.models import (
    Answer,
    Response,
    Round,
    Seat,
    SectionLock,
    StateAsked,
    Step,
)
from contactpoint.consultations.reaching import Circle, answers, responses
from contactpoint.consultations.signals import answers_changed

WIDE, NETWORK = Answer.Dissemination.WIDE, Answer.Dissemination.NETWORK


@pytest.fixture
def query(db: None) -> Round:
    """Open, not published; Belgium and France are asked."""
    held = made_query(status=Round.Status.OPEN, published_at=None)
    for code in ("BE", "FR"):
        StateAsked.objects.create(round=held, country=country(code))
    return held


@pytest.fixture
def ana(query: Round) -> User:
    return seated(country("BE"), "ana")


@pytest.fixture
def ben(query: Round) -> User:
    return seated(country("BE"), "ben")


def written(query: Round, by: User, mark: str = WIDE, **more: Any) -> Response:
    response = states.begin(query, country("BE"), by)
    said = {"feasible": Written("yes", mark, **more)}
    lock = response.locks.filter(section="search").first()
    states.save(response, "search", said, by, revision=lock.revision if lock else 0)
    return response


def sent(query: Round, by: User, validator: User, mark: str = WIDE) -> Response:
    response = written(query, by, mark)
    states.ask_validation(response, by)
    states.send(response, validator)
    response.refresh_from_db()
    return response


def test_an_answer_goes_from_one_person_through_another_to_the_network(
    query: Round, ana: User, ben: User
) -> None:
    response = written(query, ana)
    assert not responses(Circle.NETWORK).exists()
    states.ask_validation(response, ana)
    assert not responses(Circle.NETWORK).exists()
    states.send(response, ben, "Checked with the ministry.")
    assert answers(Circle.NETWORK).get().value == "yes"
    response.refresh_from_db()
    assert (response.written_by, response.validated_by) == (ana, ben)
    assert response.sent_on == timezone.localdate()
    kinds = list(response.steps.values_list("kind", "user__email"))
    assert [kind for kind, _email in kinds] == ["begun", "wrote", "asked", "sent"]


def test_beginning_twice_gives_the_same_answer(query: Round, ana: User, ben: User) -> None:
    assert states.begin(query, country("BE"), ana) == states.begin(query, country("BE"), ben)


def test_who_asked_for_validation_does_not_give_it(query: Round, ana: User, ben: User) -> None:
    response = written(query, ana)
    states.ask_validation(response, ana)
    with pytest.raises(StateError, match="You asked"):
        states.send(response, ana)
    assert not responses(Circle.NETWORK).exists()


def test_who_wrote_validates_only_where_nobody_is_there_who_did_not(
    query: Round, ana: User, ben: User
) -> None:
    written(query, ben)
    SectionLock.objects.update(until=timezone.now())
    response = written(query, ana, NETWORK)
    states.ask_validation(response, ana)
    response.refresh_from_db()
    assert refusal(response, ben) == ""
    third = seated(country("BE"), "third")
    assert "wrote none" in refusal(response, ben)
    assert refusal(response, third) == ""
    User.objects.filter(pk=third.pk).update(is_active=False)
    assert refusal(response, ben) == ""


def test_a_seat_for_writing_does_not_send_nor_reopen(query: Round, ana: User) -> None:
    writer = seated(country("BE"), "writer", sends=False)
    response = written(query, ana)
    states.ask_validation(response, ana)
    with pytest.raises(StateError, match="for writing"):
        states.send(response, writer)
    Response.objects.update(status=Response.Status.SENT)
    with pytest.raises(StateError, match="for writing"):
        states.reopen(response, writer, "A figure was wrong.")


def test_what_has_no_mark_is_not_sent(query: Round, ana: User, ben: User) -> None:
    response = written(query, ana, "")
    assert [(one.question, one.what) for one in unfinished(response)] == [("feasible", "mark")]
    with pytest.raises(StateError, match="One question still"):
        states.ask_validation(response, ana)


def test_what_is_required_is_answered_before_it_is_sent(query: Round, ana: User) -> None:
    response = states.begin(query, country("BE"), ana)
    with pytest.raises(StateError, match="Nothing is answered"):
        states.ask_validation(response, ana)
    states.save(response, "search", {"months": Written(3, WIDE)}, ana, revision=0)
    assert [(one.question, one.what) for one in unfinished(response)] == [("feasible", "answer")]


def test_nothing_is_written_while_it_waits_for_validation(
    query: Round, ana: User, ben: User
) -> None:
    response = written(query, ana)
    states.ask_validation(response, ana)
    with pytest.raises(StateError, match="waits for validation"):
        states.save(response, "search", {"feasible": Written("no", WIDE)}, ben, revision=1)
    states.give_back(response, ben, "Two months, or three?")
    states.save(response, "search", {"feasible": Written("no", WIDE)}, ben, revision=1)
    assert response.answers.get().value == "no"


def test_what_was_answered_on_a_way_that_was_left_is_not_sent(
    query: Round, ana: User, ben: User
) -> None:
    response = states.begin(query, country("BE"), ana)
    states.save(response, "search", {"feasible": Written("no", WIDE)}, ana, revision=0)
    states.save(response, "found", {"places": Written(["none"], "")}, ana, revision=0)
    states.save(response, "search", {"feasible": Written("yes", WIDE)}, ana, revision=1)
    states.ask_validation(response, ana)
    states.send(response, ben)
    assert [one.question for one in answers(Circle.NETWORK)] == ["feasible"]


def test_reopened_nobody_else_reads_it_until_it_is_sent_again(
    query: Round, ana: User, ben: User
) -> None:
    response = sent(query, ana, ben)
    Round.objects.update(status=Round.Status.CLOSED, closed_at=timezone.now())
    with pytest.raises(StateError, match="Say why"):
        states.reopen(response, ana, " ")
    states.reopen(response, ana, "The law has changed.")
    assert not answers(Circle.NETWORK).exists()
    states.save(response, "search", {"feasible": Written("no", NETWORK)}, ana, revision=1)
    states.ask_validation(response, ana)
    states.send(response, ben)
    assert answers(Circle.NETWORK).get().value == "no"
    first, second = response.steps.filter(kind=Step.Kind.SENT)
    assert (first.kept[0]["value"], second.kept[0]["value"]) == ("yes", "no")
    assert response.steps.get(kind=Step.Kind.REOPENED).note == "The law has changed."


def test_a_mark_that_is_narrowed_takes_the_answer_out_at_once_and_tells_it(
    query: Round, ana: User, ben: User
) -> None:
    response = sent(query, ana, ben)
    Round.objects.update(status=Round.Status.CLOSED, published_at=timezone.now())
    assert answers(Circle.PUBLIC).exists()
    told: list[int] = []

    def listen(round: int, **_kwargs: Any) -> None:
        assert not answers(Circle.PUBLIC).exists()  # within the transaction
        told.append(round)

    answers_changed.connect(listen)
    try:
        states.set_mark(response.answers.get(), NETWORK, seated(country("BE"), "w", sends=False))
    finally:
        answers_changed.disconnect(listen)
    assert set(told) == {query.pk}
    assert not responses(Circle.PUBLIC).exists()
    change = response.steps.get(kind=Step.Kind.MARKED).kept
    assert change == [{"question": "feasible", "from": "wide", "to": "network"}]


def test_to_widen_a_mark_takes_who_may_send(query: Round, ana: User, ben: User) -> None:
    response = sent(query, ana, ben, NETWORK)
    writer = seated(country("BE"), "writer", sends=False)
    with pytest.raises(StateError, match="widens"):
        states.set_mark(response.answers.get(), WIDE, writer)
    states.set_mark(response.answers.get(), WIDE, ana)
    assert response.answers.get().dissemination == WIDE


def test_one_writes_in_a_section_at_a_time_and_a_lock_lapses(
    query: Round, ana: User, ben: User
) -> None:
    response = states.begin(query, country("BE"), ana)
    states.hold(response, "search", ana)
    with pytest.raises(HeldError, match=r"ana@be\.test writes here until"):
        states.hold(response, "search", ben)
    with pytest.raises(HeldError):
        states.save(response, "search", {"months": Written(3, WIDE)}, ben, revision=0)
    states.hold(response, "found", ben)  # another section is free
    SectionLock.objects.update(until=timezone.now())
    assert states.hold(response, "search", ben).user == ben
    states.let_go(response, "search", ben)
    assert states.hold(response, "search", ana).user == ana


def test_nobody_writes_over_what_they_have_not_seen(query: Round, ana: User, ben: User) -> None:
    response = written(query, ana)
    SectionLock.objects.update(until=timezone.now())
    with pytest.raises(SeenOlderError, match=r"ana@be\.test has changed"):
        states.save(response, "search", {"feasible": Written("no", WIDE)}, ben, revision=0)
    assert response.answers.get().value == "yes"


def test_an_answer_keeps_its_date_while_only_its_mark_changes(query: Round, ana: User) -> None:
    response = written(query, ana)
    old = datetime.date(2019, 5, 1)
    response.answers.update(answered_on=old)
    written(query, ana, NETWORK)
    assert (response.answers.get().answered_on, response.answers.get().dissemination) == (
        old,
        NETWORK,
    )
    written(query, ana, NETWORK, remark="But not for minors.")
    assert response.answers.get().answered_on == timezone.localdate()


def test_what_is_not_said_any_more_goes(query: Round, ana: User) -> None:
    response = written(query, ana)
    states.save(response, "search", {"feasible": Written(None, WIDE)}, ana, revision=1)
    assert not response.answers.exists()


def test_a_question_of_another_section_is_refused(query: Round, ana: User) -> None:
    response = states.begin(query, country("BE"), ana)
    with pytest.raises(StateError, match="does not belong"):
        states.save(response, "search", {"why": Written("x", WIDE)}, ana, revision=0)
    assert not SectionLock.objects.exists()


def test_closing_leaves_an_hour_and_then_takes_nothing_new(query: Round, ana: User) -> None:
    response = written(query, ana)
    now = timezone.now()
    Round.objects.update(status=Round.Status.CLOSED, closed_at=now - datetime.timedelta(minutes=50))
    states.save(response, "search", {"feasible": Written("no", WIDE)}, ana, revision=1)
    Round.objects.update(closed_at=now - datetime.timedelta(minutes=70))
    with pytest.raises(StateError, match="closed"):
        states.save(response, "search", {"feasible": Written("yes", WIDE)}, ana, revision=2)


def _attempts(response: Response, who: User) -> list[Any]:
    row = response.answers.first()
    return [
        lambda: states.begin(response.round, country("BE"), who),
        lambda: states.hold(response, "search", who),
        lambda: states.save(response, "search", {"months": Written(1, WIDE)}, who, revision=1),
        lambda: states.ask_validation(response, who),
        lambda: states.give_back(response, who),
        lambda: states.send(response, who),
        lambda: states.reopen(response, who, "why"),
        lambda: states.set_mark(row, NETWORK, who),
        lambda: states.say_language(response, "fr", who),
    ]


@pytest.mark.parametrize("status", list(Response.Status))
@pytest.mark.parametrize("person", ["of another state", "without a seat", "left", "not active"])
def test_nobody_without_a_seat_for_the_state_does_anything(
    query: Round, ana: User, person: str, status: str
) -> None:
    response = written(query, ana)
    Response.objects.update(status=status)
    who = seated(country("FR" if person == "of another state" else "BE"), "who")
    if person in ("without a seat", "left"):
        Seat.objects.filter(user=who).delete()
    if person == "not active":
        who.is_active = False
        who.save()
    before = list(Answer.objects.values()), list(Response.objects.values("status", "revision"))
    for attempt in _attempts(response, who):
        with pytest.raises(PermissionDenied):
            attempt()
    after = list(Answer.objects.values()), list(Response.objects.values("status", "revision"))
    assert after == before
