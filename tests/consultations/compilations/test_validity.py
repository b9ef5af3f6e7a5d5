"""States are asked once a year whether an answer still holds, and say so on a page of theirs."""

import datetime
import re
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
    Attachment,
    LaterChange,
    Round,
    Seat,
    ValidityLetter,
    ValidityRequest,
    Version,
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


@pytest.fixture
def second(query: Round) -> Client:
    """Somebody else who sends for Belgium."""
    user, client = person("Translators", "belgian2")
    Seat.objects.create(user=user, country=Country.objects.get(code="BE"), sends=True)
    return client


def decided(client: Client, answer: Answer, do: str = "validate") -> Any:
    said = LaterChange.objects.get(answer=answer)
    answer = the_answer()
    data = {"do": do, "said": said.pk, "revision": answer.response.revision}
    return client.post(f"{PAGE}{answer.pk}/", data, follow=True)


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


CHANGED = {"what": "change", "dissemination": "network", "q-why": "newwords"}


def test_an_answer_is_changed_with_its_mark_by_two_people(
    seat: Any, second: Client, on: Callable[[str], None]
) -> None:
    on("2020-06-01")
    row = the_answer()
    answer = posted(seat[1], row, **CHANGED)
    assert answer.status_code == 302
    assert (the_answer().value, the_answer().dissemination) == ("openwords here", "wide")
    assert "A change waits for validation" in second.get(PAGE).content.decode()
    own = seat[1].get(f"{PAGE}{row.pk}/").content.decode()
    assert 'value="validate"' not in own
    assert "somebody else does that" in decided(seat[1], row).content.decode()
    assert the_answer().value == "openwords here"
    shown = second.get(f"{PAGE}{row.pk}/").content.decode()
    assert "newwords" in shown
    assert "openwords here" in shown
    decided(second, row)
    row = the_answer()
    assert (row.value, row.dissemination) == ("newwords", "network")
    assert (row.answered_on, row.valid_until) == (
        datetime.date(2020, 6, 1), datetime.date(2021, 6, 1),
    )  # fmt: skip
    assert not LaterChange.objects.exists()


def test_what_stood_before_a_later_change_is_kept_for_the_state_alone(
    seat: Any, second: Client, on: Callable[[str], None]
) -> None:
    on("2020-06-01")
    row = the_answer()
    posted(seat[1], row, **CHANGED)
    decided(second, row)
    steps = row.response.steps.order_by("pk")
    assert [(one.kind, one.user) for one in steps] == [
        ("proposed", seat[0].user), ("changed", Seat.objects.latest("pk").user),
    ]  # fmt: skip
    (kept,) = steps[1].kept
    assert (kept["question"], kept["value"], kept["mark"]) == ("why", "openwords here", "wide")
    room = second.get("/en/consultations/room/lodging/BE/").content.decode()
    assert "What stood before" in room
    assert "openwords here" in room
    user, other = person("Translators", "dutch")
    Seat.objects.create(user=user, country=Country.objects.get(code="NL"), sends=True)
    assert "openwords" not in other.get("/en/consultations/lodging/network/").content.decode()


def test_a_change_is_declined_and_the_answer_stays(
    seat: Any, second: Client, on: Callable[[str], None]
) -> None:
    on("2020-06-01")
    row = the_answer()
    posted(seat[1], row, **CHANGED)
    decided(second, row, "decline")
    assert the_answer().value == "openwords here"
    assert not LaterChange.objects.exists()
    assert row.response.steps.latest("pk").kind == "declined"


def test_a_change_of_what_is_another_answer_by_now_is_never_validated(
    seat: Any, second: Client, on: Callable[[str], None]
) -> None:
    on("2020-06-01")
    row = the_answer()
    posted(seat[1], row, **CHANGED)
    Answer.objects.filter(pk=row.pk).update(value="corrected in the room")
    assert "in the meantime" in decided(second, row).content.decode()
    assert the_answer().value == "corrected in the room"


def test_a_mark_that_is_narrowed_meanwhile_loses_no_change(
    seat: Any, second: Client, on: Callable[[str], None]
) -> None:
    on("2020-06-01")
    row = the_answer()
    posted(seat[1], row, **CHANGED)
    Answer.objects.filter(pk=row.pk).update(dissemination="network")
    decided(second, row)
    assert the_answer().value == "newwords"


def test_what_waits_for_validation_is_not_confirmed_with_all_the_others(
    seat: Any, second: Client, on: Callable[[str], None]
) -> None:
    on("2020-06-01")
    row = the_answer()
    posted(seat[1], row, **CHANGED)
    response = the_answer().response
    second.post(PAGE, {"response": response.pk, "revision": response.revision})
    assert the_answer().confirmed_on is None
    others = Answer.objects.filter(response=response).exclude(pk=row.pk)
    assert {one.confirmed_on for one in others} == {datetime.date(2020, 6, 1)}


def test_no_mark_is_preset_where_an_answer_is_changed(seat: Any, on: Callable[[str], None]) -> None:
    on("2020-06-01")
    page = seat[1].get(f"{PAGE}{the_answer().pk}/").content.decode()
    marks = re.findall(r'<input type="radio" name="dissemination"[^>]*>', page)
    assert len(marks) == 2
    assert not [one for one in marks if "checked" in one]


def test_what_was_written_is_there_again_after_any_error(
    seat: Any, on: Callable[[str], None]
) -> None:
    on("2020-06-01")
    wrong = {**CHANGED, "valid_until": "2019-01-01"}
    page = posted(seat[1], the_answer(), **wrong).content.decode()
    assert "Name a day to come, within ten years." in page
    field = page.split('name="q-why"', 1)[1].split("</textarea>", 1)[0]
    assert "newwords" in field
    assert "openwords" not in field


@pytest.mark.parametrize("kind", ["rich-text", "file"])
def test_a_chapter_or_a_file_is_shown_whole_and_sent_to_the_room_to_be_changed(
    seat: Any, on: Callable[[str], None], kind: str
) -> None:
    on("2020-06-01")
    version = the_answer().response.version
    for section in version.definition["sections"]:
        for question in section["questions"]:
            if question["code"] == "why":
                question["kind"] = kind
    Version.objects.filter(pk=version.pk).update(definition=version.definition)
    Answer.objects.filter(pk=the_answer().pk).update(
        value="<h2>Head</h2><p>Words</p>" if kind == "rich-text" else [], remark="A remark"
    )
    page = seat[1].get(f"{PAGE}{the_answer().pk}/").content.decode()
    assert 'value="change"' not in page
    assert 'value="withdraw"' in page
    assert 'href="/en/consultations/room/lodging/BE/"' in page
    assert ("<h2>Head</h2>" in page) is (kind == "rich-text")
    answer = posted(seat[1], the_answer(), what="change", dissemination="wide")
    assert "Select a valid choice" in answer.content.decode()


def test_a_change_says_who_may_know_it_and_what_is_so(seat: Any, on: Callable[[str], None]) -> None:
    on("2020-06-01")
    row = the_answer()
    without_mark = posted(seat[1], row, what="change", **{"q-why": "new"})
    assert "Say who may know the answer." in without_mark.content.decode()
    without_words = posted(seat[1], row, what="change", dissemination="wide")
    assert "Write the answer, or withdraw it." in without_words.content.decode()
    assert the_answer().value == "openwords here"


def test_what_is_withdrawn_by_two_people_is_gone_with_its_files(
    seat: Any, second: Client, on: Callable[[str], None]
) -> None:
    on("2020-06-01")
    row = the_answer()
    Attachment.objects.create(
        response=row.response, question="why", reference="a" * 24, name="law.pdf",
        media_type="application/pdf", size=4, checksum="0", content=b"%PDF",
    )  # fmt: skip
    assert posted(seat[1], row, what="withdraw").status_code == 302
    assert Answer.objects.filter(pk=row.pk).exists()
    decided(second, row)
    assert not Attachment.objects.exists()
    (kept,) = row.response.steps.latest("pk").kept
    assert kept["value"] == "openwords here"
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
    with django_assert_max_num_queries(13):  # one of them may write down what was read before
        answer = seat[1].get(PAGE)
    told = answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert told.count(f"{PAGE}") >= 4
    form = seat[1].get(f"{PAGE}{the_answer().pk}/").content.decode()
    assert "openwords here" in form
