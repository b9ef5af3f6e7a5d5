"""States are told by mail: once, and only of what is still so."""

import datetime
from typing import Any

import pytest
from consulting import country, made_query, state_answers
from django.core import mail
from django.utils import timezone
from seated import seated

from contactpoint.accounts.models import User
from contactpoint.consultations.actions.standing import StateError
from contactpoint.consultations.actions.telling import extend, tell, tell_all
from contactpoint.consultations.models import Round, Seat, StateAsked, StateNotice
from contactpoint.consultations.room import notices
from contactpoint.kit import outbox
from contactpoint.kit.jobs import TryLaterError

pytestmark = pytest.mark.django_db


@pytest.fixture
def query() -> Round:
    """Open for ten days more; Belgium with two people, France with one, Spain is not asked."""
    held = made_query(
        status=Round.Status.OPEN,
        published_at=None,
        closes_at=timezone.now() + datetime.timedelta(days=10),
        introductions={"en": "Only for the network"},
        reference="2019.12",
    )
    for code in ("BE", "FR"):
        StateAsked.objects.create(round=held, country=country(code))
    for code, name in (("BE", "ana"), ("BE", "ben"), ("FR", "fou"), ("ES", "eva")):
        seated(country(code), name)
    return held


def told() -> list[str]:
    outbox.drain()
    found = sorted(message.to[0] for message in mail.outbox)
    mail.outbox.clear()
    return found


ALL = ["ana@be.test", "ben@be.test", "fou@fr.test"]


def near(query: Round) -> None:
    Round.objects.update(closes_at=timezone.now() + datetime.timedelta(days=2))


def test_everybody_with_a_seat_for_a_state_that_is_asked_is_told_once(query: Round) -> None:
    tell(query, "opened")
    assert told() == ALL
    tell(query, "opened")
    tell_all()
    assert told() == []
    seated(country("FR"), "late")
    tell_all()
    assert told() == ["late@fr.test"]


def test_a_mail_says_what_until_when_and_where_and_nothing_of_the_background(query: Round) -> None:
    tell(query, "opened")
    outbox.drain()
    message = mail.outbox[0]
    assert message.subject == "Asked of you: Housing"
    assert "2019.12" in message.body
    assert "Until:" in message.body
    assert "/en/consultations/room/housing-1/BE/" in message.body
    assert "Only for the network" not in message.body


def test_only_states_that_have_not_sent_are_reminded_once_before_a_deadline(query: Round) -> None:
    state_answers(query, "BE", {"feasible": "yes"})
    tell_all()
    told()
    near(query)
    tell_all()
    assert told() == ["fou@fr.test"]
    tell_all()
    assert told() == []
    assert query.states.get(country__code="FR").reminded_at is not None
    assert query.states.get(country__code="BE").reminded_at is None


def test_a_later_deadline_is_told_and_reminded_of_anew(query: Round) -> None:
    near(query)
    tell_all()
    told()
    extend(query, timezone.localdate() + datetime.timedelta(days=20), "Many asked for it.")
    assert told() == ALL
    query.refresh_from_db()
    assert query.deadline_reason == "Many asked for it."
    tell_all()
    assert told() == []
    Round.objects.update(closes_at=timezone.now() + datetime.timedelta(days=1))
    tell_all()
    assert told() == ALL


@pytest.mark.parametrize("days", [-1, 0, 10])
def test_a_deadline_is_moved_forward_only(query: Round, days: int) -> None:
    with pytest.raises(StateError):
        extend(query, timezone.localdate() + datetime.timedelta(days=days))
    assert told() == []


def test_what_is_closed_or_drafted_is_told_to_nobody(query: Round) -> None:
    for status in (Round.Status.DRAFT, Round.Status.CLOSED):
        Round.objects.update(status=status)
        query.refresh_from_db()
        assert tell(query, "opened") == 0
        with pytest.raises(StateError):
            extend(query, timezone.localdate() + datetime.timedelta(days=20))
    tell_all()
    assert told() == []


@pytest.mark.parametrize("change", ["seat", "account", "closed", "sent"])
def test_what_is_not_so_any_more_is_not_sent(query: Round, change: str) -> None:
    near(query)
    tell(query, "reminder")
    if change == "seat":
        Seat.objects.all().delete()
    elif change == "account":
        User.objects.update(is_active=False)
    elif change == "closed":
        Round.objects.update(status=Round.Status.CLOSED)
    else:
        for code in ("BE", "FR"):
            state_answers(query, code, {"feasible": "yes"})
    assert told() == []


def test_a_mail_is_sent_once_though_its_job_runs_twice(query: Round) -> None:
    tell(query, "opened")
    told()
    for pk in StateNotice.objects.values_list("pk", flat=True):
        notices.send_state_notice.func(pk)
    assert not mail.outbox


def test_a_server_that_is_away_is_asked_again(
    query: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(query, "opened")
    pk = StateNotice.objects.values_list("pk", flat=True)[0]

    def away(*_args: Any, **_kwargs: Any) -> None:
        raise TryLaterError("busy: ana@be.test")

    with monkeypatch.context() as patched:
        patched.setattr(notices, "send_now", away)
        with pytest.raises(TryLaterError) as caught:
            notices.send_state_notice.func(pk)
    assert "@" not in str(caught.value)
    notices.send_state_notice.func(pk)
    assert len(mail.outbox) == 1
