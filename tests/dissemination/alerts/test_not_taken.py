"""What a mail says of an event goes by what its reader was really sent: a server may take none."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone
from factories import MadeSite, make_output, make_site, make_theme
from postbox import Postbox, listening

from contactpoint.dissemination.alerts import composing  # noqa: F401 — registers its composer
from contactpoint.dissemination.alerts.occasions import begin_due
from contactpoint.dissemination.delivering.sending import Sender
from contactpoint.dissemination.delivering.taking import take_report
from contactpoint.dissemination.delivering.verdicts import reported
from contactpoint.dissemination.matching import rounds
from contactpoint.dissemination.matching.rules import interest_for, parse
from contactpoint.dissemination.models import Delivery, Happening, Subscriber
from contactpoint.outputs.models import Event

LATER = "451 4.7.1 greylisted, come again"
NEVER = "550 5.7.1 not like this"


@pytest.fixture
def box(settings: Any, tmp_path: Path, db: None) -> Iterator[Postbox]:
    settings.DATA = tmp_path
    settings.BASE_URL = "https://portal.example.org"
    settings.MAILS_A_MINUTE = 0
    with listening(settings) as found:
        yield found


@pytest.fixture
def sender(box: Postbox) -> Iterator[Sender]:
    made = Sender()
    yield made
    made.close()


@pytest.fixture
def event(sender: Sender) -> Event:
    """Somebody follows it."""
    site: MadeSite = make_site()
    make_theme("asylum", en="Asylum")
    starts = (timezone.now() + timedelta(days=90)).replace(minute=0)
    made = make_output(
        site, "event", title="Meeting", themes=["asylum"], starts_at=starts, place="Ghent"
    )
    Happening.objects.all().delete()
    reader = Subscriber.objects.create(
        address="anna@example.org", language="en", confirmed_at=timezone.now(), consented_to="Yes"
    )
    interest = interest_for(parse(QueryDict("theme=asylum"), "en"))
    reader.subscriptions.create(interest=interest, rhythm="at-once")
    return Event.objects.get(pk=made.pk)


def changed(event: Event, **fields: Any) -> None:
    """It is matched, and mails are due; what waits for a server waits on."""
    for name, value in fields.items():
        setattr(event, name, value)
    event.save()
    while rounds.match_waiting():
        pass
    begin_due(timezone.now() + timedelta(minutes=3))


def sent(box: Postbox, sender: Sender) -> list[str]:
    """Subjects and texts of what the server takes now."""
    before = len(box.messages)
    sender.work(60)
    found = []
    for mail in box.messages[before:]:
        text = mail.get_body(("plain",))
        assert text is not None
        found.append(f"{mail['Subject']}\n{text.get_content()}")
    return found


def comes_again() -> None:
    """What a server did not take goes out now."""
    Delivery.objects.filter(state="waiting").update(due_at=timezone.now())


@pytest.mark.parametrize("answer", [LATER, NEVER])
def test_who_was_not_told_that_it_is_off_is_not_told_that_it_takes_place_after_all(
    event: Event, box: Postbox, sender: Sender, answer: str
) -> None:
    box.answer_to_data = answer
    changed(event, called_off=True)
    assert sent(box, sender) == []
    box.answer_to_data = "250 OK"
    changed(event, called_off=False)
    assert sent(box, sender) == []
    comes_again()
    assert sent(box, sender) == []
    changed(event, called_off=True)
    [mail] = sent(box, sender)
    assert mail.startswith("Called off: Meeting")


def test_what_a_mail_that_was_not_taken_was_to_tell_is_told_by_the_next_and_once(
    event: Event, box: Postbox, sender: Sender
) -> None:
    box.answer_to_data = LATER
    changed(event, called_off=True)
    assert sent(box, sender) == []
    box.answer_to_data = "250 OK"
    changed(event, place="Antwerp")
    [mail] = sent(box, sender)
    assert mail.startswith("Called off: Meeting")
    assert "New place: Antwerp · before: Ghent" in mail.replace("\N{NO-BREAK SPACE}", " ")
    comes_again()
    assert sent(box, sender) == []
    changed(event, called_off=False)
    [mail] = sent(box, sender)
    assert "It takes place after all." in mail


def test_what_came_back_was_told_to_nobody(event: Event, box: Postbox, sender: Sender) -> None:
    changed(event, called_off=True)
    assert len(sent(box, sender)) == 1
    assert take_report(Delivery.objects.get().pk, reported("4.4.7", "expired"))
    changed(event, place="Antwerp")
    [mail] = sent(box, sender)
    assert mail.startswith("Called off: Meeting")


def test_what_was_composed_for_an_address_that_is_held_back_since_was_told_to_nobody(
    event: Event, box: Postbox, sender: Sender
) -> None:
    box.answer_to_data = LATER
    changed(event, called_off=True)
    sender.work(60)
    box.answer_to_data = "250 OK"
    Subscriber.objects.update(held_back_since=timezone.now())
    comes_again()
    assert sent(box, sender) == []
    assert Delivery.objects.get().state == "dropped"
    Subscriber.objects.update(held_back_since=None)
    changed(event, called_off=False)
    assert sent(box, sender) == []


def test_of_several_mails_to_one_follower_each_knows_what_became_of_the_one_before(
    event: Event, box: Postbox, sender: Sender
) -> None:
    """Both are due in the same moment, and the first is not taken."""
    changed(event, called_off=True)
    changed(event, place="Antwerp", called_off=False)
    box.answers = [LATER]
    [mail] = sent(box, sender)
    assert mail.startswith("Changed: Meeting")
    assert "after all" not in mail
