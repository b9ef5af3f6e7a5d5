"""Whoever may validate a later change of an answer is told that it waits for them."""

from collections.abc import Callable
from typing import Any

import pytest
from consulting import country
from django.core import mail
from seated import seated
from wagtail.users.models import UserProfile

from contactpoint.accounts.models import User
from contactpoint.consultations.actions import later_changes
from contactpoint.consultations.compilations.change_letters import send_change_letter
from contactpoint.consultations.models import Answer, ChangeLetter, LaterChange, Round, Seat
from contactpoint.kit.jobs import TryLaterError
from contactpoint.kit.outbox import drain

SAID = {"value": "newwords", "remark": "newremark", "dissemination": "wide", "until": None}


@pytest.fixture
def people(query: Round) -> dict[str, User]:
    """Of Belgium three who send and one who writes; one who sends for France."""
    belgium = country("BE")
    return {
        **{name: seated(belgium, name) for name in ("ana", "ben", "cas")},
        "wim": seated(belgium, "wim", sends=False),
        "fou": seated(country("FR"), "fou"),
    }


def seat(user: User) -> Seat:
    return Seat.objects.get(user=user)


def the_answer() -> Answer:
    return Answer.objects.get(question="why", response__country__code="BE")


def said_by(user: User, say: Callable[..., LaterChange] = later_changes.change) -> LaterChange:
    row = the_answer()
    more = SAID if say is later_changes.change else {}
    return say(row, seat(user), revision=row.response.revision, **more)


def told() -> list[str]:
    drain()
    return sorted(message.to[0] for message in mail.outbox)


def test_all_others_of_the_state_who_may_send_are_told_and_nobody_else(people: Any) -> None:
    said_by(people["ana"])
    assert told() == ["ben@be.test", "cas@be.test"]
    drain()
    assert len(mail.outbox) == 2


def test_the_mail_says_who_what_and_where_and_no_word_of_the_answer(people: Any) -> None:
    change = said_by(people["ana"])
    told()
    message = mail.outbox[0]
    assert message.subject == "Waits for your validation: Lodging"
    assert str(people["ana"]) in message.body
    assert "is otherwise now" in message.body
    assert f"/en/consultations/room/validity/{change.answer_id}/" in message.body
    whole = message.message().as_string()
    for word in ("newwords", "newremark", "openwords"):
        assert word not in whole


def test_a_withdrawal_is_told_as_one_and_in_the_language_of_whoever_reads(people: Any) -> None:
    UserProfile.objects.create(user=people["ben"], preferred_language="fr")
    said_by(people["ana"], later_changes.withdraw)
    told()
    by_person = {message.to[0]: message for message in mail.outbox}
    assert "should be withdrawn" in by_person["cas@be.test"].body
    assert "/fr/consultations/room/validity/" in by_person["ben@be.test"].body
    assert by_person["ben@be.test"].extra_headers["Content-Language"] == "fr"


def test_nobody_is_told_of_what_is_settled_or_said_anew_meanwhile(people: Any) -> None:
    said_by(people["ana"])
    change = said_by(people["ana"])
    row = the_answer()
    later_changes.decline(row, seat(people["ben"]), revision=row.response.revision, said=change.pk)
    assert told() == []
    assert not ChangeLetter.objects.exists()


def test_nobody_is_told_of_a_change_to_an_answer_that_is_another_by_now(people: Any) -> None:
    said_by(people["ana"])
    Answer.objects.filter(pk=the_answer().pk).update(value="corrected in the room")
    assert told() == []


def test_whoever_may_not_validate_any_more_is_not_told(people: Any) -> None:
    said_by(people["ana"])
    Seat.objects.filter(user=people["ben"]).update(sends=False)
    User.objects.filter(pk=people["cas"].pk).update(is_active=False)
    assert told() == []


def test_a_mail_is_sent_again_only_where_the_server_did_not_take_it(
    people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    said_by(people["ana"])
    letter = ChangeLetter.objects.order_by("pk").first()
    assert letter is not None

    def refuse(*_a: Any, **_k: Any) -> None:
        raise TryLaterError

    with monkeypatch.context() as patched:
        patched.setattr("contactpoint.consultations.compilations.change_letters.send_now", refuse)
        with pytest.raises(TryLaterError):
            send_change_letter.func(letter.pk)
    for _again in range(2):
        send_change_letter.func(letter.pk)
    assert len(mail.outbox) == 1
