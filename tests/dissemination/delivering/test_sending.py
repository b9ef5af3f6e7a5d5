"""One mail to one subscriber: handed over once, with what programs need to end it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from postbox import Postbox

from contactpoint.dissemination.delivering import mailings, smtp
from contactpoint.dissemination.delivering.mailings import UnknownKindError, begin
from contactpoint.dissemination.delivering.messages import delivery_of, message_id
from contactpoint.dissemination.delivering.sending import Sender
from contactpoint.dissemination.delivering.slots import CONFIRMED, HANDED, Slot, value
from contactpoint.dissemination.delivering.taking import LEASE, folder, forget_old, recover, take
from contactpoint.dissemination.delivering.throttle import Throttle
from contactpoint.dissemination.delivering.verdicts import MOST_BOUNCES, UNCONFIRMED, WAITS
from contactpoint.dissemination.following.links import stopped_by
from contactpoint.dissemination.models import Delivery, Mailing

from .conftest import KIND, subscriber

State = Delivery.State


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def one_waits(address: str = "anna@example.org", **more: Any) -> Delivery:
    begin("first", KIND, [(subscriber(address, **more).pk, ["reception"])])
    return Delivery.objects.get()


def test_each_gets_one_mail_in_their_language(sender: Sender, box: Postbox) -> None:
    anna, ben = subscriber("anna@example.org"), subscriber("ben@example.net")
    begin("first", KIND, [(anna.pk, ["reception"]), (ben.pk, ["return"])])
    assert not sender.work()
    assert not sender.work()
    assert [str(mail["To"]) for mail in box.messages] == ["anna@example.org", "ben@example.net"]
    assert states() == [State.SENT, State.SENT]
    text = box.messages[0].get_body(("plain",))
    assert text is not None
    assert text.get_content().splitlines()[0] == ".dot"
    assert str(box.messages[0]["Content-Language"]) == "de"


def test_a_mail_tells_programs_how_to_end_it(sender: Sender, box: Postbox) -> None:
    found = one_waits()
    sender.work()
    mail = box.messages[0]
    assert str(mail["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    token = str(mail["List-Unsubscribe"]).strip("<>").rstrip("/").rpartition("/")[2]
    assert stopped_by(token) == (found.subscriber, None)
    assert str(mail["List-Id"]).endswith("<tried.portal.example.org>")
    assert mail["List-Owner"] is None, "which is a person to write to (RFC 2369)"
    assert delivery_of(str(mail["Message-ID"])) == found.pk
    assert delivery_of(message_id(found.pk).replace(str(found.pk), "99", 1)) is None


def test_what_has_nothing_to_say_any_more_is_dropped(sender: Sender, box: Postbox) -> None:
    begin("first", KIND, [(subscriber("anna@example.org").pk, [])])
    sender.work()
    assert states() == [State.DROPPED]
    assert not box.messages


def test_a_mailing_that_was_filled_takes_no_more(sender: Sender, box: Postbox) -> None:
    anna, ben = subscriber("anna@example.org"), subscriber("ben@example.net")
    begin("first", KIND, [(anna.pk, ["reception"])])
    begin("first", KIND, [(anna.pk, ["reception"]), (ben.pk, ["return"])])
    assert Delivery.objects.count() == 1


def test_filling_goes_on_where_it_stopped(tried: None, db: None) -> None:
    anna, ben = subscriber("anna@example.org"), subscriber("ben@example.net")
    begin("first", KIND, [(anna.pk, ["reception"])])
    Mailing.objects.update(filled_at=None)
    begin("first", KIND, [(anna.pk, ["reception"]), (ben.pk, ["return"])])
    assert Delivery.objects.count() == 2


def test_a_kind_that_nobody_composes_is_an_error_at_once(tried: None, db: None) -> None:
    with pytest.raises(UnknownKindError):
        begin("first", "misspelt", [])


def test_a_busy_server_gets_it_later_and_waits_grow(sender: Sender, box: Postbox) -> None:
    one_waits()
    box.answer_to_recipient = "451 4.7.1 anna@example.org: try again later"
    for attempt, wait in enumerate(WAITS[:3], start=1):
        sender.work()
        row = Delivery.objects.get()
        assert (row.state, row.attempts) == (State.WAITING, attempt)
        assert row.due_at - timezone.now() > wait - timedelta(minutes=1)
        assert "anna" not in row.said
        Delivery.objects.update(due_at=timezone.now())
    box.answer_to_recipient = "250 OK"
    sender.work()
    assert states() == [State.SENT]


def test_after_days_it_is_given_up(sender: Sender, box: Postbox) -> None:
    one_waits()
    Delivery.objects.update(attempts=len(WAITS))
    box.answer_to_data = "452 4.3.1 full"
    sender.work()
    assert states() == [State.REFUSED]


def test_an_address_that_refuses_for_good_is_held_back(sender: Sender, box: Postbox) -> None:
    anna = subscriber("anna@example.org")
    box.answer_to_recipient = "550 5.1.1 anna@example.org does not exist"
    for number in range(MOST_BOUNCES):
        assert anna.held_back_since is None
        begin(f"mail {number}", KIND, [(anna.pk, ["reception"])])
        sender.work()
        anna.refresh_from_db()
    assert anna.held_back_since is not None
    begin("one more", KIND, [(anna.pk, ["reception"])])
    assert set(states()) == {State.REFUSED}
    assert len(states()) == MOST_BOUNCES


@pytest.mark.parametrize("answer", ["550 5.7.1 looks like spam", "554 5.6.0 not like this"])
def test_what_a_server_has_against_a_mail_is_not_laid_to_the_address(
    sender: Sender, box: Postbox, answer: str
) -> None:
    one_waits()
    box.answer_to_data = answer
    sender.work()
    row = Delivery.objects.select_related("subscriber").get()
    assert (row.state, row.subscriber.bounces) == (State.REFUSED, 0)


def test_a_mail_that_is_taken_forgives_earlier_refusals(sender: Sender, box: Postbox) -> None:
    row = one_waits(bounces=MOST_BOUNCES - 1)
    sender.work()
    row.subscriber.refresh_from_db()
    assert row.subscriber.bounces == 0


def test_a_domain_gets_so_many_a_minute(sender: Sender, box: Postbox, settings: Any) -> None:
    settings.MAILS_A_MINUTE = 2
    rows = [subscriber(f"reader{number}@example.org") for number in range(4)]
    other = subscriber("ben@example.net")
    begin("first", KIND, [(one.pk, ["reception"]) for one in [*rows, other]])
    sender.work()
    assert sorted(str(mail["To"]) for mail in box.messages) == [
        "ben@example.net",
        "reader0@example.org",
        "reader1@example.org",
    ]
    Delivery.objects.filter(state=State.SENT).update(done_at=timezone.now() - timedelta(minutes=2))
    sender._throttle = Throttle()
    sender.work()
    assert states() == [State.SENT] * 5


def test_while_the_server_is_away_nothing_is_lost_and_nobody_to_blame(
    sender: Sender, box: Postbox, settings: Any
) -> None:
    one_waits()
    settings.EMAIL_PORT, port = 1, settings.EMAIL_PORT
    assert not sender.work()
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.taken_by) == (State.WAITING, 0, "")
    settings.EMAIL_PORT = port
    assert not sender.work()
    assert not box.messages, "it waits before it tries again"
    sender._resumes = 0.0
    sender.work()
    assert len(box.messages) == 1


def test_one_that_cannot_be_composed_stops_no_other(
    sender: Sender, box: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_waits()
    begin("second", KIND, [(subscriber("ben@example.net").pk, ["return"])])
    Mailing.objects.filter(key="first").update(kind="gone")
    sender.work()
    assert states() == [State.WAITING, State.SENT]


def test_what_a_dead_sender_handed_over_is_not_sent_again(sender: Sender, box: Postbox) -> None:
    people = [subscriber(f"reader{number}@example.org") for number in range(3)]
    begin("first", KIND, [(one.pk, ["reception"]) for one in people])
    dead = Slot(folder())
    taken = take(dead.name, Throttle())
    assert [one.state for one in taken] == [State.TAKEN] * 3
    dead.places[0] = value(taken[0].pk, CONFIRMED)
    dead.places[1] = value(taken[1].pk, HANDED)
    assert recover() == 0, "it lives"
    die(dead)
    assert recover() == 3
    assert states() == [State.SENT, State.SENT, State.WAITING]
    assert Delivery.objects.get(pk=taken[1].pk).said == UNCONFIRMED
    sender.work()
    assert [str(mail["To"]) for mail in box.messages] == ["reader2@example.org"]
    assert recover() == 0


def die(slot: Slot) -> None:
    """The file stays, its lock is gone."""
    slot.places.release()
    slot._map.close()
    __import__("os").close(slot._file)


def test_what_another_machine_took_comes_back_after_an_hour(sender: Sender, box: Postbox) -> None:
    one_waits()
    Delivery.objects.update(state=State.TAKEN, taken_by="elsewhere", taken_at=timezone.now())
    recover()
    assert states() == [State.TAKEN]
    Delivery.objects.update(taken_at=timezone.now() - LEASE - timedelta(minutes=1))
    recover()
    assert states() == [State.WAITING]


def test_the_mark_is_set_before_the_dot_leaves(
    sender: Sender, box: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is killed in the call has handed it over: the mark has to stand."""
    row = one_waits()
    seen: list[list[int]] = []
    write = smtp.os.write

    def watched(file: int, content: bytes) -> int:
        if content == b".\r\n":
            seen.append([len(box.messages), *sender._slot.places[:1]])
        return write(file, content)

    monkeypatch.setattr(smtp.os, "write", watched)
    sender.work()
    assert seen == [[0, value(row.pk, HANDED)]]


def test_whoever_is_interrupted_after_the_dot_does_not_send_again(
    sender: Sender, box: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_waits()

    def interrupted(_self: Any) -> Any:
        raise KeyboardInterrupt

    real = smtp.Connection._end

    def end(self: smtp.Connection, mark: Any) -> Any:
        real(self, mark)
        raise KeyboardInterrupt

    monkeypatch.setattr(smtp.Connection, "_end", end)
    with pytest.raises(KeyboardInterrupt):
        sender.work()
    assert len(box.messages) == 1
    assert (states(), Delivery.objects.get().said) == ([State.SENT], UNCONFIRMED)


def test_another_backend_of_django_is_used_where_there_is_no_server(
    box: Postbox, tried: None, settings: Any, mailoutbox: list[Any]
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    one_waits()
    sender = Sender()
    sender.work()
    sender.close()
    assert [mail.to for mail in mailoutbox] == [["anna@example.org"]]
    assert states() == [State.SENT]
    assert not mailings._composers.keys() - {KIND}


def test_who_erases_themselves_takes_their_mails_along(sender: Sender, box: Postbox) -> None:
    one_waits().subscriber.delete()
    sender.work()
    assert not box.messages


def test_what_was_done_long_ago_is_forgotten(sender: Sender, box: Postbox) -> None:
    one_waits()
    sender.work()
    assert forget_old() == 0
    Delivery.objects.update(done_at=timezone.now() - timedelta(days=91))
    assert forget_old() == 1
    assert not Delivery.objects.exists()
