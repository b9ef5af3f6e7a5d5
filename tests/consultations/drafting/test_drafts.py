"""Editors draft queries and see beside them what was asked before."""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from consulting import country, housing, made_query, state_answers
from django.test import Client
from django.utils import timezone
from editing import sign_in
from people import person
from seated import browser, seated

from contactpoint import consultations
from contactpoint.consultations.models import Instrument, Round, Seat, StateAsked, Subject, Version
from contactpoint.consultations.questions import Instrument as Asked
from contactpoint.consultations.questions import Kind, Question, Section
from contactpoint.consultations.subjects.reading import remember, remember_all
from contactpoint.glossary.models import Concept
from contactpoint.kit.templatetags.kit import day as day_in_words
from contactpoint.network.models import Country

pytestmark = pytest.mark.django_db
NEW = "/admin/queries/new/"
BEFORE = "/admin/queries/before/"


@pytest.fixture(autouse=True)
def _states() -> None:
    for code in ("BE", "FR", "NL"):
        country(code)
    country("GE", Country.Status.OBSERVER)
    country("US", Country.Status.NONE)


def form(**more: Any) -> dict[str, Any]:
    """A draft of one open and one closed question."""
    day = timezone.localdate() + datetime.timedelta(weeks=3)
    return {
        "titles_en": "Guardians of unaccompanied minors",
        "backgrounds_fr": "Chaque mineur non accompagné reçoit un tuteur.",
        "reference": "2019.12",
        "requested_by": str(Country.objects.get(code="BE").pk),
        "asked": "members",
        "languages": ["en", "fr"],
        "deadline": day.isoformat(),
        "questions-TOTAL_FORMS": "3",
        "questions-INITIAL_FORMS": "0",
        "questions-0-labels_en": "Who appoints the guardian?",
        "questions-0-kind": "open",
        "questions-0-is_required": "on",
        "questions-1-labels_en": "How many minors has a guardian?",
        "questions-1-kind": "one",
        "questions-1-choices_en": "Up to ten\nMore",
        "questions-1-choices_fr": "Dix au plus\nDavantage",
        "questions-2-kind": "open",
        "do": "save",
        **more,
    }


def errors(client: Client, **more: Any) -> str:
    answer = client.post(NEW, form(**more))
    assert answer.status_code == 422
    assert not Round.objects.exists()
    return str(answer.content.decode())


def test_a_draft_becomes_a_round_of_an_instrument_with_one_section(client: Client) -> None:
    sign_in(client)
    assert client.post(NEW, form()).status_code == 302
    held = Round.objects.get()
    assert (held.status, held.access, held.code) == ("draft", "states", "query-201912")
    assert held.instrument.kind == Instrument.Kind.QUERY
    assert held.introductions == {"fr": "Chaque mineur non accompagné reçoit un tuteur."}
    assert held.requested_by is not None
    assert [one.country.code for one in held.states.order_by("country__code")] == ["BE", "FR", "NL"]
    asked = held.version.asked() if held.version else None
    assert asked is not None
    assert [(one.code, one.kind.value) for one in asked.questions()] == [
        ("q1", "long-text"),
        ("q2", "one"),
    ]
    second = asked.question("q2")
    assert second is not None
    assert [dict(one.labels) for one in asked.choices_of(second)] == [
        {"en": "Up to ten", "fr": "Dix au plus"},
        {"en": "More", "fr": "Davantage"},
    ]


def test_a_draft_is_written_over_and_its_questions_keep_their_codes(client: Client) -> None:
    sign_in(client)
    client.post(NEW, form())
    held = Round.objects.get()
    page = client.get(f"/admin/queries/{held.pk}/")
    initial = [one.initial for one in page.context["forms"].initial_forms]
    assert [one["code"] for one in initial] == ["q1", "q2"]
    again = form(**{
        "questions-0-labels_en": "", "questions-0-code": "q1", "questions-1-code": "q2",
        "questions-2-labels_en": "A new one?", "asked": "chosen",
        "states": [str(Country.objects.get(code="GE").pk)],
    })  # fmt: skip
    assert client.post(f"/admin/queries/{held.pk}/", again).status_code == 302
    held.refresh_from_db()
    assert Version.objects.count() == 1
    asked = held.version.asked() if held.version else None
    assert asked is not None
    assert [one.code for one in asked.questions()] == ["q2", "q1"]
    assert [one.country.code for one in held.states.all()] == ["GE"]


def test_an_open_query_is_not_drafted_any_more(client: Client) -> None:
    sign_in(client)
    client.post(NEW, form())
    Round.objects.update(status=Round.Status.OPEN)
    held = Round.objects.get()
    answer = client.post(f"/admin/queries/{held.pk}/", form(titles_en="Another"))
    assert answer["Location"] == f"/admin/queries/{held.pk}/states/"
    held.refresh_from_db()
    assert held.label == "Guardians of unaccompanied minors"


def test_questions_that_the_form_can_not_show_are_never_lost_by_it(client: Client) -> None:
    sign_in(client)
    held = made_query(status=Round.Status.DRAFT, asked=housing())
    before = held.version.definition if held.version else None
    for answer in (
        client.get(f"/admin/queries/{held.pk}/"),
        client.post(f"/admin/queries/{held.pk}/", form()),
    ):
        assert answer["Location"] == f"/admin/consultations/rounds/{held.pk}/"
    assert Version.objects.get().definition == before


def test_the_page_of_a_round_leads_to_its_draft_and_to_its_states(client: Client) -> None:
    sign_in(client)
    client.post(NEW, form())
    held = Round.objects.get()
    page = f"/admin/consultations/rounds/{held.pk}/"
    assert f'href="/admin/queries/{held.pk}/"' in client.get(page).content.decode()
    Round.objects.update(status=Round.Status.OPEN)
    assert f'href="/admin/queries/{held.pk}/states/"' in client.get(page).content.decode()


@pytest.mark.parametrize("weeks", [1, 6])
def test_a_deadline_that_states_do_not_count_on_needs_a_reason(client: Client, weeks: int) -> None:
    sign_in(client)
    day = (timezone.localdate() + datetime.timedelta(weeks=weeks)).isoformat()
    page = errors(client, deadline=day)
    assert "States count on two to four weeks" in page
    first = day_in_words(timezone.localdate() + datetime.timedelta(weeks=2))
    assert f"({first} to " in page
    client.post(NEW, form(deadline=day, deadline_reason="A court decides then."))
    assert Round.objects.get().deadline_reason == "A court decides then."


def test_a_number_is_given_once_and_a_draft_keeps_its_own(client: Client) -> None:
    sign_in(client)
    client.post(NEW, form())
    again = client.post(NEW, form(titles_en="Another"))
    assert again.status_code == 422
    assert "has the number 2019.12 already." in again.content.decode()
    held = Round.objects.get()
    assert client.post(f"/admin/queries/{held.pk}/", form()).status_code == 302


def test_what_a_choice_asks_for_stands_there_without_being_unfolded(client: Client) -> None:
    """The sheet hides what is not asked for; nothing is behind a click."""
    sign_in(client)
    page = client.get(NEW).content.decode()
    for name in ("query-choices", "query-states"):
        part = page.split(f'class="{name}"', 1)[1]
        assert "<details" not in part.split("</div>", 1)[0]
    sheet = Path(consultations.__file__).parent / "static/consultations/admin/queries.css"
    hidden = sheet.read_text().split("{ display: none; }", 1)[0].rsplit("*/", 1)[1]
    assert '[value="one"], [value="many"]' in hidden
    assert 'name="asked"][value="chosen"]' in hidden


def test_what_is_wrong_is_said_where_it_is_and_what_was_typed_stays(client: Client) -> None:
    sign_in(client)
    page = errors(client, **{"questions-1-choices_fr": "Une seule"})
    assert "Français has 1 lines, another language 2" in page
    assert "Chaque mineur non accompagné reçoit un tuteur." in page
    assert "Choose at least one state" in errors(client, asked="chosen")
    assert "Choose a day to come" in errors(client, deadline="2019-01-01")
    assert "Write the English label" in errors(client, titles_en="")


@pytest.mark.parametrize("role", ["Contributors", "Translators", "Glossary editors"])
def test_only_who_manages_consultations_drafts_them(role: str) -> None:
    held = made_query(status=Round.Status.DRAFT)
    _user, client = person(role)
    for url in ("/admin/queries/", NEW, f"/admin/queries/{held.pk}/",
                f"/admin/queries/{held.pk}/states/"):  # fmt: skip
        assert client.get(url).status_code in (302, 403), url
    assert client.post(BEFORE, form()).status_code in (302, 403)
    assert client.post(NEW, form()).status_code in (302, 403)
    assert Round.objects.count() == 1


def test_who_answers_for_a_state_drafts_nothing() -> None:
    client = browser(seated(country("BE"), "ana"))
    assert client.get(NEW).status_code == 403
    assert client.post(BEFORE, form()).status_code == 403


# --- already asked? ---


def earlier(**more: Any) -> Round:
    """In Dutch, on guardians; answered by two states, one of them for the network only."""
    asked = Asked(
        "voogdij",
        ("nl",),
        {"nl": "Voogdij over niet-begeleide minderjarigen"},
        sections=(
            Section("s", questions=(
                Question("who", Kind.LONG_TEXT, {"nl": "Wie stelt de voogd aan?"}),
                Question("cost", Kind.LONG_TEXT, {"nl": "Wat kost dat?"}),
            )),
        ),
    )  # fmt: skip
    values = {"introductions": {"nl": "Elke niet-begeleide minderjarige krijgt een voogd."}}
    held = made_query(asked=asked, **{**values, **more})
    state_answers(held, "BE", {"who": "De dienst Voogdij.", "cost": "Veel."})
    state_answers(held, "FR", {"who": "Le juge, en secret."}, "network")
    state_answers(held, "NL", {"who": "Nog niet verzonden"}, status="begun")
    remember(held)
    return held


def test_an_earlier_query_in_another_language_is_shown_with_its_answers(client: Client) -> None:
    sign_in(client)
    held = earlier(opens_at=timezone.make_aware(datetime.datetime(2018, 3, 1)))
    page = client.post(BEFORE, form()).content.decode()
    assert f'href="/en/consultations/{held.code}/"' in page
    assert "2018, 2 states answered" in page
    assert "asked about" in page
    assert "Wie stelt de voogd aan?" in page
    assert "De dienst Voogdij." in page
    assert "Le juge, en secret." in page
    assert "within the network only" in page
    assert "Nog niet verzonden" not in page
    assert "Veel." not in page  # another question


def test_without_script_a_button_shows_it_and_saves_nothing(client: Client) -> None:
    sign_in(client)
    earlier()
    page = client.post(NEW, form(do="look", titles_en="")).content.decode()
    assert "De dienst Voogdij." in page
    assert "Who appoints the guardian?" in page
    assert "Write the English label" not in page
    assert Round.objects.count() == 1


def test_a_draft_or_itself_is_not_what_was_asked_before(client: Client) -> None:
    sign_in(client)
    held = earlier()
    assert "De dienst" not in client.post(BEFORE, form(held=held.pk)).content.decode()
    Round.objects.update(status=Round.Status.DRAFT)
    assert "De dienst" not in client.post(BEFORE, form()).content.decode()


def test_a_concept_that_an_editor_chose_counts_without_any_word(client: Client) -> None:
    sign_in(client)
    chosen = Concept.objects.create(slug="test-guardian", labels={"en": "Test guardian"})
    held = made_query()
    held.concepts.add(chosen)
    remember(held)
    data = {"concepts": chosen.pk, "titles_en": ""}
    page = client.post(BEFORE, data).content.decode()
    assert "asked about Test guardian" in page


def test_what_a_round_is_about_is_read_again_only_where_it_changed() -> None:
    held = earlier()
    first = Subject.objects.get().read_with
    Subject.objects.update(concepts={})
    remember_all()
    assert Subject.objects.get().concepts == {}
    Round.objects.update(introductions={"nl": "Elke apatride en elke staatloze."})
    remember_all()
    assert Subject.objects.get(round=held).read_with != first
    assert Subject.objects.get().concepts


def test_looking_takes_as_many_queries_for_many_earlier_ones_as_for_few(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    sign_in(client)
    held = earlier()
    subject = Subject.objects.get()
    for number in range(30):
        other = made_round_like(held, number)
        Subject.objects.create(
            round=other, concepts=subject.concepts, questions=subject.questions, read_with="x"
        )
    with django_assert_max_num_queries(24):
        client.post(BEFORE, form())


def made_round_like(held: Round, number: int) -> Round:
    return Round.objects.create(
        instrument=held.instrument,
        version=held.version,
        code=f"like-{number}",
        access=held.access,
        status=held.status,
        labels=held.labels,
    )


# --- states and seats ---


def test_the_deadline_is_moved_where_the_states_are_listed(client: Client) -> None:
    sign_in(client)
    held = made_query(status=Round.Status.OPEN, published_at=None, asked=housing())
    state_answers(held, "BE", {"feasible": "yes"}, sent_on=datetime.date(2019, 5, 20))
    StateAsked.objects.create(round=held, country=country("FR"))
    url = f"/admin/queries/{held.pk}/states/"
    page = client.get(url).content.decode()
    assert "20 May 2019" in page
    assert client.post(url, {"day": "2019-01-01"}).status_code == 409
    assert client.post(url, {"day": "none"}).status_code == 409
    day = timezone.localdate() + datetime.timedelta(days=30)
    assert client.post(url, {"day": day.isoformat()}).status_code == 302
    held.refresh_from_db()
    assert held.closes_at is not None
    assert timezone.localdate(held.closes_at) == day


def test_a_page_is_linked_only_where_there_is_one(client: Client) -> None:
    sign_in(client)
    held = made_query(status=Round.Status.DRAFT, published_at=None, asked=housing())

    def linked() -> list[str]:
        page = client.get(f"/admin/queries/{held.pk}/states/").content.decode()
        return re.findall(r'<a href="([^"]+)">Its page</a>', page)

    assert linked() == []
    Round.objects.update(status=Round.Status.OPEN)
    assert linked() == [f"/en/consultations/{held.code}/network/"]
    assert client.get(linked()[0]).status_code == 200
    Round.objects.update(published_at=timezone.now())
    assert linked() == [f"/en/consultations/{held.code}/"]
    assert client.get(linked()[0]).status_code == 200


def test_administrators_give_seats_and_editors_do_not(client: Client) -> None:
    user = sign_in(client)
    url = "/admin/consultation_seats/new/"
    data = {"user": user.pk, "country": country("BE").pk, "sends": "on"}
    assert client.post(url, data).status_code == 302
    assert not Seat.objects.exists()
    administrator = Client()
    sign_in(administrator, administrator=True)
    administrator.post(url, data)
    assert Seat.objects.get().user == user
