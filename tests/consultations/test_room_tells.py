"""What the room tells: until when, in which language, which numbers, what is wrong with files."""

import datetime
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from consulting import country, housing, made_query, state_answers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from editing import sign_in
from seated import browser, seated

from contactpoint import kit
from contactpoint.accounts.models import User
from contactpoint.consultations.actions import states, validity
from contactpoint.consultations.actions.closing import close_round
from contactpoint.consultations.actions.standing import StateError
from contactpoint.consultations.actions.writing import Written
from contactpoint.consultations.compilations.gathering import compiled
from contactpoint.consultations.models import Answer, Response, Round, StateAsked, StateNotice
from contactpoint.consultations.reaching import Circle
from contactpoint.consultations.room.notices import _facts, _words

pytestmark = pytest.mark.django_db
ROOM = "/en/consultations/room/"
HERE = f"{ROOM}housing-1/BE/"
SECTION = f"{HERE}sections/search/"


@pytest.fixture
def query() -> Round:
    """Open; Belgium is asked."""
    held = made_query(status=Round.Status.OPEN, published_at=None, asked=housing())
    StateAsked.objects.create(round=held, country=country("BE"))
    return held


@pytest.fixture
def ana(query: Round) -> User:
    return seated(country("BE"), "ana")


@pytest.fixture
def ben(query: Round) -> User:
    return seated(country("BE"), "ben")


def begun(query: Round, ana: User, **said: Written) -> Response:
    response = states.begin(query, country("BE"), ana)
    states.save(response, "search", said or {"feasible": Written("yes", "wide")}, ana, revision=0)
    return response


def sent(response: Response, ana: User, ben: User) -> Response:
    states.ask_validation(response, ana)
    states.send(response, ben)
    response.refresh_from_db()
    return response


def test_an_answer_is_in_the_language_in_which_its_people_read_the_room(
    query: Round, ana: User, ben: User
) -> None:
    client = browser(ana)
    client.post(HERE.replace("/en/", "/nl/") + "act/", {"do": "begin"})
    response = Response.objects.get()
    assert response.language == "nl"
    assert "Nederlands" in client.get(HERE).content.decode()
    assert "Nederlands" in client.get(SECTION).content.decode()
    states.save(
        response, "search", {"feasible": Written("yes", "wide", "Sinds 2018.")}, ana, revision=0
    )
    sent(response, ana, ben)
    (given,) = compiled(query, Circle.NETWORK, "en").given.values()
    assert (given.remark_language, given.language) == ("nl", "en")


def test_the_next_answer_is_in_the_language_of_the_last(query: Round, ana: User) -> None:
    before = made_query(asked=housing("before"), code="before")
    state_answers(before, "BE", {"feasible": "yes"}, language="fr")
    with translation.override("en"):
        assert states.begin(query, country("BE"), ana).language == "fr"


def test_the_language_of_an_answer_is_chosen_in_the_room(
    query: Round, ana: User, ben: User
) -> None:
    response = begun(query, ana)
    client = browser(ana)
    assert f'action="{HERE}language/"' in client.get(HERE).content.decode()
    assert client.post(f"{HERE}language/", {"language": "et"}).status_code == 303
    response.refresh_from_db()
    assert response.language == "et"
    assert client.post(f"{HERE}language/", {"language": "xx"}).status_code == 409
    states.ask_validation(response, ana)
    assert client.post(f"{HERE}language/", {"language": "nl"}).status_code == 409
    states.send(response, ben)
    assert client.post(f"{HERE}language/", {"language": "nl"}).status_code == 303
    step = response.steps.latest("pk")
    assert (step.kind, step.kept) == ("language", {"from": "et", "to": "nl"})
    writer = seated(country("BE"), "eva", sends=False)
    with pytest.raises(StateError, match="for writing"):
        states.say_language(response, "fr", writer)


def closed(query: Round, ana: User) -> Round:
    begun(query, ana)
    return close_round(query, user=None)


def test_who_is_writing_while_it_is_closed_reads_until_when_they_may_send(
    query: Round, ana: User
) -> None:
    held = closed(query, ana)
    until = timezone.localtime(held.closed_at + datetime.timedelta(hours=1)).strftime("%H:%M")
    client = browser(ana)
    for url in (ROOM, HERE, SECTION):
        page = client.get(url).content.decode()
        assert f"send until {until}" in page, url
        assert "days left" not in page
    assert 'id="closed"' not in client.get(ROOM).content.decode()


def test_after_the_hour_and_for_others_it_is_told_that_it_is_closed(
    query: Round, ana: User
) -> None:
    held = closed(query, ana)
    past = held.closed_at - datetime.timedelta(minutes=61)
    Round.objects.update(closed_at=past)
    client = browser(ana)
    assert 'id="closed"' in client.get(ROOM).content.decode()
    for url in (ROOM, HERE):
        page = client.get(url).content.decode()
        assert "closed on " in page
        assert "send until" not in page
        assert not re.search(r"until \d+ [A-Z]", page)


def test_what_was_loaded_says_nothing_of_who_validated_it(query: Round, ana: User) -> None:
    state_answers(query, "BE", {"feasible": "yes"})
    page = browser(ana).get(HERE).content.decode()
    assert "None" not in page
    assert "The network reads it" in page


def test_questions_have_the_same_numbers_in_the_room_and_in_the_compilation(
    query: Round, ana: User, ben: User
) -> None:
    """The second is not asked of who says no, and the third keeps its number."""
    asked = housing("numbers")
    first, second = asked.sections[0].questions
    second = replace(second, relevant="${feasible} = 'yes'")
    sections = (replace(asked.sections[0], questions=(first, second)), asked.sections[1])
    query = made_query(
        status=Round.Status.OPEN, asked=replace(asked, sections=sections), code="numbers"
    )
    StateAsked.objects.create(round=query, country=country("BE"))
    here = f"{ROOM}numbers/BE/"
    response = begun(query, ana, feasible=Written("no", "wide"))
    states.save(response, "found", {"places": Written(["flat"], "wide")}, ana, revision=0)
    client = browser(ana)
    page = browser(ben).get(f"{here}sections/found/").content.decode()
    assert '<span class="room-number">3.</span>' in page
    form = client.get(f"{here}sections/found/").content.decode()
    assert '<p class="room-number" aria-hidden="true">3.</p>' in form
    response.answers.filter(question="places").update(dissemination="")
    assert ">Question 3</a>" in client.get(here).content.decode()
    response.answers.update(dissemination="wide")
    sent(response, ana, ben)
    shown = compiled(query, Circle.NETWORK, "en")
    assert {one.code: one.number for one in shown.questions}["places"] == "3"


def test_the_room_leads_to_what_is_to_be_confirmed(query: Round, ana: User) -> None:
    state_answers(query, "BE", {"feasible": "yes", "months": 3})
    Round.objects.update(status=Round.Status.CLOSED)
    client = browser(ana)
    for url in (ROOM, HERE):
        page = client.get(url).content.decode()
        assert 'href="/en/consultations/room/validity/"' in page, url
        assert "2 answers" in page
    seat = ana.seats.get()
    response = Response.objects.get()
    validity.confirm_all(response, seat, revision=response.revision)
    assert "/validity/" not in client.get(ROOM).content.decode()


def save(client: Any, **more: Any) -> str:
    data = {"shown": ["feasible", "months"], "revision": 0, "do": "save", "q-feasible": "yes"}
    answer = client.post(SECTION, {**data, "m-feasible": "wide", **more})
    assert answer.status_code == 422
    return str(answer.content.decode())


def test_all_that_is_wrong_with_files_is_said_at_once_where_the_files_are_chosen(
    query: Round, ana: User
) -> None:
    client = browser(ana)
    client.post(f"{HERE}act/", {"do": "begin"})
    client.post(f"{SECTION}hold/")
    form = client.get(SECTION).content.decode()
    assert "of at most 5.0\xa0MB each" in form
    assert "PDF, Word, OpenDocument" in form
    files = [SimpleUploadedFile("empty.pdf", b""), SimpleUploadedFile("page.html", b"<p>x</p>")]
    good = SimpleUploadedFile("table.csv", b"a,b\n1,2\n")
    wrong = {"q-months": "many", "f-feasible": files, "s-feasible-0-url": "x", "f-months": good}
    page = save(client, **wrong)
    for told in ("“empty.pdf” is empty", "“page.html” can&#x27;t be taken", "“x” is no address"):
        assert page.count(told) == 2, told  # in the summary, and beside the field
    assert "Write a whole number" in page
    part = page.split('id="a-feasible"', 1)[1].split('id="a-months"', 1)
    assert '<details class="room-more" open>' in part[0]
    assert "Nothing of empty.pdf, page.html is kept yet." in part[0]
    assert "Nothing of table.csv is kept yet." in part[1]
    assert not Answer.objects.exists()


def test_no_sentence_has_the_bare_name_of_a_state_in_it(query: Round) -> None:
    """“For Netherlands” is no English: names that need an article stand alone or in brackets."""
    state = country("NL")
    type(state).objects.filter(pk=state.pk).update(labels={"en": "Netherlands"})
    state.refresh_from_db()
    StateAsked.objects.create(round=query, country=state)
    Round.objects.update(requested_by=state)
    query.refresh_from_db()
    somebody = seated(state, "nel")
    seated(country("BE"), "bel")
    here = HERE.replace("/BE/", "/NL/")
    client = browser(somebody)
    client.post(f"{here}act/", {"do": "begin"})
    said = [client.get(url).content.decode() for url in (ROOM, here, f"{here}sections/search/")]
    notices = [StateNotice(round=query, country=state, kind=kind) for kind in StateNotice.Kind]
    said += [" ".join(_words(one)) + " ".join(_facts(one)) for one in notices]
    for text in said:
        assert "Netherlands" in text or "More time" in text
        assert not re.search(r"\b(for|by|asks|of|what) Netherlands|Netherlands has", text, re.I)


def test_the_marks_have_the_signs_of_yes_and_no() -> None:
    sheet = (Path(kit.__file__).parent / "static/kit/css/components/room.css").read_text()
    signs = dict(re.findall(r'data-mark="(\w+)"\] > p::before \{\s*content: "(.)', sheet))
    assert signs == {"wide": "✓", "network": "✕"}


def test_a_deadline_that_is_over_ends_nothing_for_states_and_the_admin_says_so(
    query: Round, ana: User, client: Client
) -> None:
    begun(query, ana)
    Round.objects.update(closes_at=timezone.now() - datetime.timedelta(minutes=5))
    sign_in(client)
    url = reverse("consultations_round", args=[query.pk])
    assert "Who has begun may send until" not in client.get(url).content.decode()
    held = close_round(query, user=None)
    until = timezone.localtime(held.closed_at + datetime.timedelta(hours=1))  # type: ignore[operator]
    page = client.get(url).content.decode()
    assert "Who has begun may send until" in page
    assert date_format(until, "TIME_FORMAT") in page
