"""Whoever has only the invitation to an anonymous survey learns nothing of what became of it."""

import importlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from answering import Reader, asked_by_link
from consulting import made_round, respond
from django.apps import apps
from django.utils import timezone

from contactpoint.consultations.models import Answer, Response, Round
from contactpoint.consultations.secret_links import LENGTH
from contactpoint.consultations.surveys.keeping import cut_links

pytestmark = pytest.mark.django_db


def anonymous(**fields: object) -> Round:
    return made_round(access=Round.Access.PERSONAL, is_anonymous=True, **fields)


def unused(_reader: Reader) -> None:
    """Nobody has opened it."""


def begun(reader: Reader) -> None:
    reader.press().press("later", feasible="yes")


def sent(reader: Reader) -> None:
    reader.press().press(feasible="yes").press()
    assert reader.heading == "Your answers were sent"


def looked(round: Round, secret: str) -> list[str]:
    """What the invitation alone shows, at whatever address one tries."""
    base = f"/en/consultations/{round.code}/answer/{secret}/"
    found = []
    for rest in ("", "review/", "later/", "receipt/", "part/search/"):
        reader = Reader().open(base + rest)
        shown = reader.answer.content.decode()
        ticket = reader.page.css_first("[name=ticket]")
        marks = [secret, (ticket.attributes["value"] or "") if ticket else secret]
        for mark in marks:
            shown = shown.replace(mark, "-")
        found.append(f"{reader.answer.status_code} {shown}")
    return found


def later(round: Round) -> None:
    """It has ended, and the hour after that is over."""
    Round.objects.filter(pk=round.pk).update(closes_at=timezone.now() - timedelta(hours=2))
    cut_links()


def ended(round: Round) -> None:
    Round.objects.filter(pk=round.pk).update(closes_at=timezone.now() - timedelta(minutes=5))


@pytest.mark.parametrize("then", [None, ended, later])
def test_an_invitation_shows_the_same_whatever_became_of_it(
    then: Callable[[Round], None] | None,
) -> None:
    round = anonymous()
    secrets = []
    for became in (unused, begun, sent):
        _respondent, secret = asked_by_link(round)
        became(Reader().follow(round, secret))
        secrets.append(secret)
    if then:
        then(round)
    never, started, answered = (looked(round, one) for one in secrets)
    assert started == never
    assert answered == never
    assert ("Begin" in never[0]) is (then is None)


def test_pressing_begin_shows_the_same_whatever_became_of_the_invitation() -> None:
    round = anonymous()
    texts = set()
    for became in (unused, begun, sent):
        _respondent, secret = asked_by_link(round)
        became(Reader().follow(round, secret))
        reader = Reader().follow(round, secret).press()
        assert reader.heading == "The search"
        texts.add(reader.text)
    assert len(texts) == 1


def test_only_the_link_that_its_answerer_was_shown_leads_back() -> None:
    round = anonymous()
    _respondent, secret = asked_by_link(round)
    reader = Reader().follow(round, secret).press().press("later", feasible="no")
    own = reader.secret
    assert (len(own), own[:LENGTH]) == (2 * LENGTH, secret)
    assert own in reader.text
    assert "the link of the invitation begins anew" in reader.text
    assert Reader().follow(round, own).heading != str(round)
    wrong = Reader().follow(round, secret + "a" * LENGTH)
    assert wrong.answer.status_code == 404
    _other, another = asked_by_link(round)
    assert Reader().follow(round, another + own[LENGTH:]).answer.status_code == 404
    assert own not in str(list(Response.objects.values())) + str(list(Answer.objects.values()))


def test_who_presses_begin_twice_begins_once() -> None:
    round = anonymous()
    _respondent, secret = asked_by_link(round)
    reader = Reader().follow(round, secret)
    path, data = reader.form()
    places = {
        reader.client.post(path, data, headers={"Sec-Fetch-Site": "same-origin"})["Location"]
        for _time in range(2)
    }
    assert len(places) == 1
    assert Response.objects.count() == 1
    stale = reader.client.post(path, {}, headers={"Sec-Fetch-Site": "same-origin"})
    assert stale.status_code == 400
    assert Response.objects.count() == 1


def test_what_is_sent_counts_once_and_toward_the_quota_once() -> None:
    round = anonymous(quota=1)
    respondent, secret = asked_by_link(round)
    first, second = (Reader().follow(round, secret).press().press(feasible="yes") for _ in "12")
    assert first.press().heading == "Your answers were sent"
    own = first.secret
    assert "Your receipt" in Reader().follow(round, own).text
    again = Reader().open(f"/en/consultations/{round.code}/answer/{own}/review/")
    assert again.heading == "Your answers were sent"
    assert second.press().answer.status_code == 409
    assert Response.objects.filter(status="sent").count() == 1
    respondent.refresh_from_db()
    assert respondent.has_answered


def test_the_language_of_an_anonymous_response_is_kept_nowhere() -> None:
    for access in (Round.Access.OPEN, Round.Access.PERSONAL):
        for is_anonymous in (True, False):
            round = made_round(
                Round.objects.first() and Round.objects.first().instrument,  # type: ignore[union-attr]
                access=access,
                is_anonymous=is_anonymous,
            )
            reader = Reader("nl")
            if access == Round.Access.OPEN:
                reader.begin(round)
            else:
                reader.follow(round, asked_by_link(round, language="nl")[1]).press()
            reader.press(feasible="yes")
            assert round.responses.get().language == ("" if is_anonymous else "nl")
            reader.press()
            assert round.responses.get().status == "sent"
            assert round.responses.get().language == ("" if is_anonymous else "nl")


def test_languages_that_were_kept_of_anonymous_responses_go() -> None:
    hidden = made_round(is_anonymous=True)
    shown = made_round(hidden.instrument)
    for round in (hidden, shown):
        respond(round, {"feasible": "yes"}, language="de")
    name = "contactpoint.consultations.migrations.0009_promises_kept"
    importlib.import_module(name).forget(apps, None)
    assert hidden.responses.get().language == ""
    assert shown.responses.get().language == "de"
