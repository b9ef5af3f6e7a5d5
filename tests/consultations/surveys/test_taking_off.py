"""Who is asked by name only, who is taken off the list, and what an editor may learn of it."""

from datetime import timedelta
from typing import Any

import pytest
from answering import Reader
from consulting import made_round
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from people import person

from contactpoint.consultations.actions import inviting
from contactpoint.consultations.actions.inviting import Person, read
from contactpoint.consultations.models import Instrument, Mailing, Respondent, Round
from contactpoint.kit import outbox

pytestmark = pytest.mark.django_db
NAMES = ("ann", "bob", "cas", "dan")


def personal(**fields: Any) -> Round:
    known = Instrument.objects.first()
    return made_round(known, access=Round.Access.PERSONAL, **fields)


def link_in(body: str) -> str:
    return next(line for line in body.splitlines() if "/answer/" in line).removeprefix(
        "http://localhost:8000"
    )


def invited(round: Round) -> dict[str, str]:
    """The link of each, who all were written to some days ago."""
    inviting.add(round, [Person(f"{name}@x.be", name) for name in NAMES])
    inviting.invite(round)
    outbox.drain()
    Mailing.objects.update(sent_at=timezone.now() - timedelta(days=3))
    return {one.to[0].partition("@")[0]: link_in(str(one.body)) for one in mail.outbox}


def answer(link: str) -> Reader:
    return Reader().open(link).press().press(feasible="yes").press()


@pytest.fixture
def editor() -> Client:
    return person("Administrators")[1]


def page(editor: Client, round: Round) -> str:
    text = editor.get(reverse("consultations_respondents", args=[round.pk])).content.decode()
    return " ".join(text.split())


def take_off(editor: Client, round: Round, name: str) -> None:
    one = Respondent.objects.get(round=round, name=name)
    editor.post(reverse("consultations_remove", args=[round.pk, one.pk]))


def test_of_people_without_an_address_each_line_is_somebody() -> None:
    round = personal()
    people = read("name\nAlice\nBob\nBob\nCarol")
    assert inviting.add(round, people) == inviting.Taken(4, 0)
    assert inviting.add(round, [*people, Person("", "Dora")]) == inviting.Taken(1, 4)
    names = Respondent.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["Alice", "Bob", "Bob", "Carol", "Dora"]
    assert len(inviting.links(round)) == 5


def test_who_was_asked_stays_counted_when_they_are_taken_off_the_list(editor: Client) -> None:
    round = personal()
    links = invited(round)
    answer(links["ann"])
    on_review = Reader().open(links["bob"]).press().press(feasible="yes")
    take_off(editor, round, "ann")
    take_off(editor, round, "bob")
    answer(links["cas"])
    round.refresh_from_db()
    assert round.invited == 4
    shown = page(editor, round)
    assert "4 people are asked." in shown
    assert "2 have answered." in shown
    assert "2 of those asked were taken off the list" in shown
    assert "ann@x.be" not in shown
    assert not Respondent.objects.filter(name__in=["ann", "bob"]).exists()
    assert "Thank you" in on_review.press().text, "a link that somebody holds stays good"
    assert [name for name, _link in inviting.links(round)] == []


def test_who_never_got_a_link_was_not_asked(editor: Client) -> None:
    round = personal()
    inviting.add(round, [Person("ann@x.be", "ann"), Person("", "bob")])
    take_off(editor, round, "ann")
    round.refresh_from_db()
    assert (round.invited, Respondent.objects.count()) == (1, 1)


def test_who_was_taken_off_gets_no_more_mail(editor: Client) -> None:
    round = personal()
    invited(round)
    take_off(editor, round, "ann")
    mail.outbox.clear()
    editor.post(reverse("consultations_remind", args=[round.pk]))
    outbox.drain()
    assert sorted(one.to[0] for one in mail.outbox) == ["bob@x.be", "cas@x.be", "dan@x.be"]


def test_nobody_is_taken_off_and_nothing_closed_by_one_click(editor: Client) -> None:
    round = personal()
    invited(round)
    for name, button in (("respondents", "Yes, take off"), ("round", "Yes, close it for good")):
        shown = editor.get(reverse(f"consultations_{name}", args=[round.pk])).content.decode()
        assert shown.count(button) == shown.count('<details class="desk-sure">') > 0


def seen(editor: Client, round: Round, *, answered: str, off: str) -> list[str]:
    """All that an editor of an anonymous round reads who reminds, makes links and takes one off,
    where one of four has answered."""
    links = invited(round)
    inviting.add(round, [Person("", "Printed")])
    answer(links[answered])
    found = [page(editor, round)]
    take_off(editor, round, off)
    found.append(page(editor, round))
    address = reverse("consultations_remind", args=[round.pk])
    found.append(editor.post(address, follow=True).content.decode())
    found.append(page(editor, round))
    outbox.drain()
    found.append(page(editor, round))
    made = editor.post(reverse("consultations_links", args=[round.pk])).content.decode()
    found.append("\n".join(line.split(",")[0] for line in made.splitlines()))
    found.append(str(list(round_log(round))))
    return [without_marks(one, round) for one in found]


def round_log(round: Round) -> Any:
    from wagtail.models import ModelLogEntry  # noqa: PLC0415 — not before the apps are there

    entries = ModelLogEntry.objects.filter(object_id=str(round.pk)).order_by("pk")
    return entries.values_list("action", "data")


def without_marks(text: str, round: Round) -> str:
    """A page without what differs at each showing."""
    first = round.respondents.order_by("pk").values_list("pk", flat=True)
    for at, pk in enumerate(first):
        text = text.replace(f"/respondents/{pk}/", f"/respondents/-{at}/")
    text = text.replace(f"/rounds/{round.pk}/", "/rounds/-/").replace(round.code, "-")
    kept = text.partition("keyword-page")[2] or text
    return "".join(
        part.partition('"')[2] for part in kept.split('name="csrfmiddlewaretoken" value="')
    )


@pytest.mark.parametrize("off", ["bob", "dan"])
def test_an_editor_of_an_anonymous_survey_can_not_tell_who_has_answered(
    editor: Client, off: str
) -> None:
    pages = []
    for name in ("bob", "cas"):
        mail.outbox.clear()
        round = personal(is_anonymous=True)
        pages.append(seen(editor, round, answered=name, off=off))
    assert "1 has answered" in " ".join(pages[0])
    assert "cas@x.be" in pages[0][0]
    for one, other in zip(*pages, strict=True):
        assert one == other


def test_links_are_printed_again_for_those_only_who_have_not_answered() -> None:
    round = personal()
    inviting.add(round, [Person("", "Alice"), Person("", "Bob")])
    made = dict(inviting.links(round))
    answer(made["Alice"].removeprefix("http://localhost:8000"))
    assert [name for name, _link in inviting.links(round)] == ["Bob"]


def test_links_of_an_anonymous_survey_are_printed_once_and_again_by_name(editor: Client) -> None:
    round = personal(is_anonymous=True)
    inviting.add(round, [Person("", "Alice"), Person("", "Bob"), Person("c@x.be", "Cas")])
    made = dict(inviting.links(round))
    assert list(made) == ["Alice", "Bob"]
    answer(made["Alice"].removeprefix("http://localhost:8000"))
    assert inviting.links(round) == []
    inviting.add(round, [Person("", "Dora")])
    assert "1 of them has no link yet." in page(editor, round)
    assert [name for name, _link in inviting.links(round)] == ["Dora"]
    told = editor.post(reverse("consultations_links", args=[round.pk]), follow=True)
    assert "there is none to be made" in told.content.decode()
    assert page(editor, round).count("New link (CSV)") == 3
    opened = []
    for name in ("Alice", "Bob"):
        pk = Respondent.objects.get(name=name).pk
        answered = editor.post(reverse("consultations_link_again", args=[round.pk, pk]))
        [line] = answered.content.decode("utf-8-sig").splitlines()[1:]
        opened.append(Reader().open(line.partition(",")[2].removeprefix("http://localhost:8000")))
    first, second = opened
    assert first.text == second.text
    assert first.heading == str(round)
