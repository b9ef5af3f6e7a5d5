"""States are asked once a year whether an answer still holds, and say so on a page of theirs."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from people import person

from contactpoint.consultations.actions import validity
from contactpoint.consultations.compilations.letters import send_letter
from contactpoint.consultations.models import (
    Answer,
    Round,
    Seat,
    ValidityLetter,
    ValidityRequest,
)
from contactpoint.kit.jobs import TryLaterError
from contactpoint.kit.outbox import drain
from contactpoint.network.models import Country

PAGE = "/en/consultations/room/validity/"


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the day; answers are of 20 May 2019."""

    def set_day(day: str) -> None:
        monkeypatch.setattr(timezone, "localdate", lambda *_a: datetime.date.fromisoformat(day))

    return set_day


@pytest.fixture
def seat(query: Round) -> tuple[Seat, Client]:
    """Somebody who sends for Belgium."""
    user, client = person("Translators", "belgian")
    state = Country.objects.get(code="BE")
    return Seat.objects.create(user=user, country=state, sends=True), client


def ask() -> list[Any]:
    """What goes out when the worker looks."""
    mail.outbox.clear()
    validity.ask_states()
    drain()
    return list(mail.outbox)


def the_answer() -> Answer:
    return Answer.objects.get(question="why", response__country__code="BE")


def test_an_answer_is_asked_about_once_a_year(seat: Any, on: Callable[[str], None]) -> None:
    on("2020-04-19")
    assert not ask()
    on("2020-04-20")
    (message,) = ask()
    assert message.to == [seat[0].user.email]
    assert "Lodging: 4 answers" in message.body
    assert "/en/consultations/room/validity/" in message.body
    for day in ("2020-04-20", "2020-05-21", "2021-04-19"):
        on(day)
        assert not ask(), day
    on("2021-04-20")
    assert len(ask()) == 1
    assert ValidityRequest.objects.filter(answer=the_answer()).count() == 2


def test_the_mail_holds_no_word_of_an_answer(seat: Any, on: Callable[[str], None]) -> None:
    on("2020-04-20")
    (message,) = ask()
    for word in ("openwords", "openremark", "secretremark"):
        assert word not in message.message().as_string()


def test_a_state_that_nobody_answers_for_is_asked_once_somebody_does(
    query: Round, on: Callable[[str], None]
) -> None:
    on("2020-06-01")
    assert not ask()
    assert not ValidityRequest.objects.exists()
    user, _client = person("Translators", "dutch")
    Seat.objects.create(user=user, country=Country.objects.get(code="NL"))
    assert len(ask()) == 1


def test_nothing_is_asked_while_the_round_is_open(seat: Any, on: Callable[[str], None]) -> None:
    Round.objects.update(status="open")
    on("2020-06-01")
    assert not ask()


def test_a_letter_is_sent_once_and_again_only_where_the_server_did_not_take_it(
    seat: Any, on: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    on("2020-06-01")
    letter = ValidityLetter.objects.create(seat=seat[0], made_on=datetime.date(2020, 6, 1))

    def refuse(*_a: Any, **_k: Any) -> None:
        raise TryLaterError

    with monkeypatch.context() as patched:
        patched.setattr("contactpoint.consultations.compilations.letters.send_now", refuse)
        with pytest.raises(TryLaterError):
            send_letter.func(letter.pk)
    for _again in range(2):
        send_letter.func(letter.pk)
    assert len(mail.outbox) == 1


def posted(client: Client, answer: Answer, **fields: Any) -> Any:
    data = {"what": "confirm", "revision": answer.response.revision, **fields}
    return client.post(f"{PAGE}{answer.pk}/", data)


def test_what_is_confirmed_holds_for_another_year_and_is_not_asked_about_before(
    seat: Any, on: Callable[[str], None]
) -> None:
    on("2020-04-20")
    ask()
    for row in Answer.objects.filter(response__country__code="BE"):
        assert posted(seat[1], row).status_code == 302
    row = the_answer()
    assert (row.valid_until, row.confirmed_on, row.answered_on) == (
        datetime.date(2021, 5, 20), datetime.date(2020, 4, 20), datetime.date(2019, 5, 20),
    )  # fmt: skip
    on("2021-04-19")
    assert not ask()
    on("2021-04-20")
    assert len(ask()) == 1


def test_all_that_is_due_of_a_round_is_confirmed_at_once(
    seat: Any, on: Callable[[str], None]
) -> None:
    on("2020-06-01")
    response = the_answer().response
    data = {"response": response.pk, "revision": response.revision}
    assert seat[1].post(PAGE, data).status_code == 302
    mine = Answer.objects.filter(response=response)
    assert {row.valid_until for row in mine} == {datetime.date(2021, 6, 1)}
    assert "in the meantime" in seat[1].post(PAGE, data, follow=True).content.decode()
    dutch = Answer.objects.filter(response__country__code="NL").first()
    other = {"response": dutch.response.pk, "revision": 0}
    assert seat[1].post(PAGE, other).status_code == 404
    assert seat[1].post(PAGE, {"response": "x"}).status_code == 404


def test_an_answer_is_changed_with_its_mark(seat: Any, on: Callable[[str], None]) -> None:
    on("2020-06-01")
    row = the_answer()
    answer = posted(seat[1], row, what="change", dissemination="network", **{"q-why": "newwords"})
    assert answer.status_code == 302
    row = the_answer()
    assert (row.value, row.dissemination) == ("newwords", "network")
    assert (row.answered_on, row.valid_until) == (
        datetime.date(2020, 6, 1), datetime.date(2021, 6, 1),
    )  # fmt: skip


def test_a_change_says_who_may_know_it_and_what_is_so(seat: Any, on: Callable[[str], None]) -> None:
    on("2020-06-01")
    row = the_answer()
    without_mark = posted(seat[1], row, what="change", **{"q-why": "new"})
    assert "Say who may know the answer." in without_mark.content.decode()
    without_words = posted(seat[1], row, what="change", dissemination="wide")
    assert "Write the answer, or withdraw it." in without_words.content.decode()
    assert the_answer().value == "openwords here"


def test_what_is_withdrawn_is_gone_with_its_files(seat: Any, on: Callable[[str], None]) -> None:
    on("2020-06-01")
    row = the_answer()
    assert posted(seat[1], row, what="withdraw").status_code == 302
    assert not Answer.objects.filter(pk=row.pk).exists()


def test_nobody_writes_over_what_they_have_not_seen(seat: Any, on: Callable[[str], None]) -> None:
    on("2020-06-01")
    row = the_answer()
    posted(seat[1], row, valid_until="2021-12-31")
    late = seat[1].post(f"{PAGE}{row.pk}/", {"what": "withdraw", "revision": 0}, follow=True)
    assert "in the meantime" in late.content.decode()
    assert the_answer().valid_until == datetime.date(2021, 12, 31)


def test_only_who_sends_for_the_state_says_so(seat: Any, on: Callable[[str], None]) -> None:
    on("2020-06-01")
    row = the_answer()
    assert Client().get(f"{PAGE}{row.pk}/").status_code == 302
    user, other = person("Translators", "other")
    Seat.objects.create(user=user, country=Country.objects.get(code="NL"), sends=True)
    assert other.get(f"{PAGE}{row.pk}/").status_code == 404
    Seat.objects.update(sends=False)
    assert posted(seat[1], row, what="withdraw").status_code == 200
    assert the_answer().value == "openwords here"


def test_the_page_lists_what_is_due_and_nobody_keeps_it(
    seat: Any, on: Callable[[str], None], django_assert_max_num_queries: Any
) -> None:
    on("2020-06-01")
    seat[1].get(PAGE)
    with django_assert_max_num_queries(12):
        answer = seat[1].get(PAGE)
    told = answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert told.count(f"{PAGE}") >= 4
    form = seat[1].get(f"{PAGE}{the_answer().pk}/").content.decode()
    assert "openwords here" in form
