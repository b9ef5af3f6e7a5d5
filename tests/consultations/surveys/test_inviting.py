"""Whoever is asked gets a link, is reminded while it helps, and is forgotten in time."""

from datetime import timedelta
from typing import Any

import pytest
from answering import Reader, asked_by_link
from consulting import made_round
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from people import person
from postbox import listening

from contactpoint.consultations.actions import inviting, reminding
from contactpoint.consultations.actions.inviting import InvitingError, Person
from contactpoint.consultations.models import (
    Answer,
    Mailing,
    PersonalLink,
    Respondent,
    Response,
    Round,
)
from contactpoint.consultations.surveys import letters
from contactpoint.consultations.surveys.keeping import cut_links, forget, shuffle
from contactpoint.kit import outbox

pytestmark = pytest.mark.django_db


def personal(**fields: Any) -> Round:
    return made_round(access=Round.Access.PERSONAL, **fields)


def link_in(body: str) -> str:
    return next(line for line in body.splitlines() if "/answer/" in line).removeprefix(
        "http://localhost:8000"
    )


def days_later(days: float) -> None:
    """All that happened so far happened so many days earlier."""
    for row in Mailing.objects.exclude(sent_at=None):
        row.sent_at -= timedelta(days=days)
        row.save()


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("a@x.be", [Person("a@x.be")]),
        ("a@X.BE, Ann , NL\n\nb@x.be\n", [Person("a@x.be", "Ann", "nl"), Person("b@x.be")]),
        ("\ufeffname;e-mail;language\nAnn;a@x.be;fr", [Person("a@x.be", "Ann", "fr")]),
        ("a@x.be\tAnn\tde", [Person("a@x.be", "Ann", "de")]),
        ("Ann <a@x.be>", [Person("a@x.be", "Ann")]),
        ('a@x.be,"Town, City of"', [Person("a@x.be", "Town, City of")]),
        (",Town hall,nl", [Person("", "Town hall", "nl")]),
    ],
)
def test_a_list_is_read_however_it_is_parted(text: str, people: list[Person]) -> None:
    assert inviting.read(text) == people


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a@x.be\nnobody", "Line 2: “nobody” is no e-mail address."),
        ("a@x.be,Ann,xx", "Line 1: “xx” is no language"),
        ("a@x.be\n,,nl", "Line 2 has neither"),
    ],
)
def test_a_line_that_is_off_is_named_and_nothing_is_taken(text: str, told: str) -> None:
    with pytest.raises(InvitingError, match=told):
        inviting.read(text)


def test_everybody_is_on_the_list_once_and_the_number_is_kept() -> None:
    round = personal()
    assert inviting.add(round, [Person("a@x.be"), Person("a@x.be"), Person("", "Town")]) == (
        inviting.Taken(2, 0)
    )
    assert inviting.add(round, [Person("a@x.be", "Ann"), Person("b@x.be")]).added == 1
    round.refresh_from_db()
    assert round.invited == 3
    with pytest.raises(InvitingError):
        inviting.add(made_round(round.instrument), [Person("a@x.be")])


def test_each_gets_a_link_of_their_own_in_their_language_once() -> None:
    round = personal(labels={"en": "Housing", "nl": "Huisvesting"})
    inviting.add(round, [Person("a@x.be", "Ann", "nl"), Person("b@x.be")])
    assert inviting.invite(round) == 2
    outbox.drain()
    assert inviting.invite(round) == 0
    outbox.drain()
    assert sorted(one.to[0] for one in mail.outbox) == ["a@x.be", "b@x.be"]
    first = next(one for one in mail.outbox if one.to == ["a@x.be"])
    assert "Huisvesting" in first.subject
    links = [link_in(str(one.body)) for one in mail.outbox]
    assert len(set(links)) == 2
    assert link_in(str(first.body)).startswith("/nl/")
    assert Reader().open(link_in(str(first.body))).press().heading == "De zoektocht"
    for one in links:
        secret = one.split("/")[-2]
        assert not PersonalLink.objects.filter(digest__contains=secret).exists()


def test_only_who_has_not_answered_is_reminded_and_never_twice_in_a_day() -> None:
    round = personal()
    inviting.add(round, [Person("a@x.be"), Person("b@x.be")])
    inviting.invite(round)
    outbox.drain()
    assert reminding.remind(round) == 0, "they have just been written to"
    days_later(3)
    by_name = {one.to[0]: link_in(str(one.body)) for one in mail.outbox}
    Reader().open(by_name["a@x.be"]).press().press(feasible="yes").press()
    mail.outbox.clear()
    assert reminding.remind(round) == 1
    assert reminding.remind(round) == 0
    outbox.drain()
    assert [one.to for one in mail.outbox] == [["b@x.be"]]
    assert "Not answered yet" in mail.outbox[0].subject
    reader = Reader().open(by_name["b@x.be"]).press().press(feasible="yes")
    new = Reader().open(link_in(str(mail.outbox[0].body)))
    assert new.heading == "Look at your answers, then send them", "both links lead to one response"
    assert reader.secret != new.secret


def test_who_answers_while_the_mail_waits_gets_none() -> None:
    round = personal()
    respondent, secret = asked_by_link(round, "a@x.be")
    inviting.invite(round)
    Reader().follow(round, secret).press().press(feasible="yes").press()
    outbox.drain()
    assert mail.outbox == []
    respondent.refresh_from_db()
    assert respondent.has_answered


def test_a_mail_whose_sender_died_goes_out_once_with_the_name_that_it_had() -> None:
    round = personal()
    inviting.add(round, [Person("a@x.be"), Person("b@x.be")])
    inviting.invite(round)
    dead = letters._take(round)
    assert dead is not None
    outbox.drain()
    assert len(mail.outbox) == 1, "the other one is in somebody's hands"
    Mailing.objects.filter(pk=dead.pk).update(taken_at=timezone.now() - letters.LEASE * 2)
    for _time in range(3):
        letters.send_mails.func(round.pk)
    assert len({one.to[0] for one in mail.outbox}) == len(mail.outbox) == 2
    names = {one.extra_headers["Message-ID"] for one in mail.outbox}
    assert f"<consultation-{dead.pk}-0@localhost>" in names


def test_an_address_that_the_server_refuses_is_told_to_the_editor(settings: Any) -> None:
    round = personal()
    inviting.add(round, [Person("a@x.be")])
    inviting.invite(round)
    with listening(settings) as box:
        box.answer_to_recipient = "550 nobody"
        outbox.drain()
        box.answer_to_recipient = "250 OK"
        letters.send_mails.func(round.pk)
        assert box.messages == []
    assert Mailing.objects.get().is_undeliverable
    _user, client = person("Administrators")
    page = client.get(reverse("consultations_respondents", args=[round.pk])).content.decode()
    assert "refused by the mail server" in page


def test_an_editor_adds_invites_makes_links_and_checks_a_receipt() -> None:
    round = personal()
    _user, client = person("Administrators")
    url = reverse("consultations_respondents", args=[round.pk])
    client.post(url, {"people": "a@x.be,Ann,nl\n,=Town,fr"})
    assert Respondent.objects.count() == 2
    assert "no e-mail address" in client.post(url, {"people": "x"}).content.decode()
    page = client.get(url).content.decode()
    assert "1 person was not written to yet." in page
    client.post(reverse("consultations_invite", args=[round.pk]))
    outbox.drain()
    assert mail.outbox[0].to == ["a@x.be"]
    made = client.post(reverse("consultations_links", args=[round.pk])).content.decode()
    assert "'=Town" in made, "no cell is run as a formula"
    link = made.strip().split(",")[-1].strip().removeprefix("http://localhost:8000")
    reader = Reader("fr").open(link).press().press(feasible="yes").press()
    code = reader.page.css_first(".answering-receipt").text()
    assert "took part" in client.get(url, {"receipt": code}).content.decode()
    assert "no receipt" in client.get(url, {"receipt": "aaaa-bbbb-cccc"}).content.decode()
    someone = Respondent.objects.get(email="a@x.be")
    client.post(reverse("consultations_remove", args=[round.pk, someone.pk]))
    assert not Respondent.objects.filter(email="a@x.be").exists()


@pytest.mark.parametrize("role", ["Contributors", "Translators"])
def test_who_may_not_manage_consultations_sees_no_respondent(role: str) -> None:
    round = personal()
    respondent, _secret = asked_by_link(round, "a@x.be")
    _user, client = person(role)
    names = ("respondents", "invite", "remind", "links")
    for name in names:
        url = reverse(f"consultations_{name}", args=[round.pk])
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code in (302, 403, 405)
            assert b"a@x.be" not in answer.content
    client.post(reverse("consultations_remove", args=[round.pk, respondent.pk]))
    assert Respondent.objects.exists()
    assert not Mailing.objects.exists()
    assert Client().get(reverse("consultations_respondents", args=[round.pk])).status_code == 302


def test_after_a_set_time_nobody_knows_any_more_who_was_asked(settings: Any) -> None:
    settings.RESPONDENTS_KEPT_DAYS = 10
    round = personal()
    _respondent, secret = asked_by_link(round, "a@x.be")
    _other, unsent = asked_by_link(round, "b@x.be")
    Reader().follow(round, secret).press().press(feasible="yes").press()
    Reader().follow(round, unsent).press().press("later", feasible="no")
    Round.objects.update(closes_at=timezone.now() - timedelta(days=9))
    assert forget() == 0
    Round.objects.update(closes_at=timezone.now() - timedelta(days=11))
    assert forget() > 0
    assert not Respondent.objects.exists()
    assert not PersonalLink.objects.exists()
    kept = Response.objects.get()
    assert (kept.status, kept.respondent) == ("sent", None)
    assert Answer.objects.get().value == "yes"
    round.refresh_from_db()
    assert round.invited == 2


def test_once_an_anonymous_round_is_over_no_link_leads_to_an_answer() -> None:
    round = personal(is_anonymous=True)
    respondent, secret = asked_by_link(round, "a@x.be")
    Reader().follow(round, secret).press().press(feasible="yes").press()
    assert shuffle() == 0
    respondent.refresh_from_db()
    assert respondent.has_answered
    assert cut_links() == 0
    Round.objects.update(closes_at=timezone.now() - timedelta(minutes=61))
    assert cut_links() == 1
    assert Response.objects.get().digest is None
