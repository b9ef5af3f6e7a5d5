"""The pages of the room: who sees what, and that nothing written is lost or overwritten."""

import datetime
import re
from itertools import product
from typing import Any

import pytest
from consulting import country, housing, made_query
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from editing import sign_in
from people import person
from seated import browser, seated

from contactpoint.accounts.models import User
from contactpoint.accounts.roles import CONTACT_POINTS
from contactpoint.consultations.actions import states
from contactpoint.consultations.actions.opening import open_round
from contactpoint.consultations.actions.standing import StateError
from contactpoint.consultations.actions.telling import tell
from contactpoint.consultations.actions.writing import Written
from contactpoint.consultations.models import (
    Answer,
    Attachment,
    Comment,
    Response,
    Round,
    SectionLock,
    StateAsked,
    StateNotice,
    Subject,
)

pytestmark = pytest.mark.django_db
ROOM = "/en/consultations/room/"
HERE = f"{ROOM}housing-1/BE/"
SECTION = f"{HERE}sections/search/"
SECRET = "Kept between us for now"
FORM = {"shown": ["feasible", "months"], "q-feasible": "yes", "m-feasible": "wide"}


@pytest.fixture
def query() -> Round:
    """Open, not published; Belgium and France are asked, Spain is not."""
    held = made_query(status=Round.Status.OPEN, published_at=None, asked=housing())
    for code in ("BE", "FR"):
        StateAsked.objects.create(round=held, country=country(code))
    country("ES")
    return held


@pytest.fixture
def ana(query: Round) -> User:
    return seated(country("BE"), "ana")


@pytest.fixture
def ben(query: Round) -> User:
    return seated(country("BE"), "ben")


@pytest.fixture
def begun(query: Round, ana: User) -> Response:
    """Belgium's answer with a remark, a comment and a file that nobody else may see."""
    response = states.begin(query, country("BE"), ana)
    said = {"feasible": Written("yes", "wide", SECRET)}
    states.save(response, "search", said, ana, revision=0)
    Comment.objects.create(response=response, question="feasible", user=ana, text=SECRET)
    Attachment.objects.create(
        response=response, question="feasible", reference="a" * 24, name="law.pdf",
        media_type="application/pdf", size=4, checksum="0", content=b"%PDF",
    )  # fmt: skip
    return response


def save(client: Client, revision: int = 0, **more: Any) -> HttpResponse:
    data = {**FORM, "revision": revision, "do": "save", **more}
    return client.post(SECTION, data)


def writes(client: Client) -> None:
    client.post(f"{HERE}act/", {"do": "begin"})
    client.post(f"{SECTION}hold/")


def test_somebody_who_is_not_signed_in_is_led_to_sign_in(query: Round) -> None:
    for url in (ROOM, HERE, SECTION):
        answer = Client().get(url)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/?next=%2Fen%2Fconsultations%2Froom")
        assert answer["Cache-Control"] == "no-store"


def test_a_session_without_its_second_step_is_led_to_show_the_factor(ana: User) -> None:
    client = Client()
    client.force_login(ana, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(ROOM)
    assert answer["Location"].startswith("/account/factor/again/?next=")


def test_who_answers_for_a_state_never_enters_the_admin(ana: User) -> None:
    client = browser(ana)
    assert client.get("/admin/").status_code == 403
    assert client.get("/admin/pages/").status_code == 403
    assert b"/admin/" not in client.get("/account/factor/").content
    assert not ana.get_all_permissions()
    assert ana.groups.get().name == CONTACT_POINTS


def test_an_editor_without_a_seat_is_told_so(query: Round, client: Client) -> None:
    sign_in(client)
    assert client.get(ROOM).status_code == 403
    assert client.get(HERE).status_code == 404


def test_the_list_tells_what_is_asked_until_when_and_how_far_it_is(query: Round, ana: User) -> None:
    page = browser(ana).get(ROOM).content.decode()
    assert 'href="/en/consultations/room/housing-1/BE/"' in page
    assert "Not begun" in page
    assert "14 days left" in page
    states.begin(query, country("BE"), ana)
    assert "Begun" in browser(ana).get(ROOM).content.decode()


def test_a_draft_is_shown_to_no_state(query: Round, ana: User) -> None:
    Round.objects.update(status=Round.Status.DRAFT)
    client = browser(ana)
    assert "housing-1" not in client.get(ROOM).content.decode()
    assert client.get(HERE).status_code == 404


def test_what_opens_later_is_shown_to_no_state_and_told_to_nobody(query: Round, ana: User) -> None:
    Round.objects.update(opens_at=timezone.now() + datetime.timedelta(hours=1))
    query.refresh_from_db()
    assert browser(ana).get(HERE).status_code == 404
    assert tell(query, "opened") == 0
    with pytest.raises(StateError, match="not open"):
        states.begin(query, country("BE"), ana)


def test_states_are_told_and_the_query_is_read_when_it_opens(query: Round, ana: User) -> None:
    Round.objects.update(status=Round.Status.DRAFT)
    query.refresh_from_db()
    open_round(query, user=ana)
    assert StateNotice.objects.get().user == ana
    assert Subject.objects.get().round == query


def urls(response: Response) -> list[tuple[str, str, dict[str, Any]]]:
    """Every address of the room that leads to the answer of Belgium."""
    return [
        ("get", HERE, {}),
        ("get", SECTION, {}),
        ("get", f"{HERE}files/{'a' * 24}/", {}),
        ("post", SECTION, {**FORM, "revision": 1, "do": "save", "r-feasible": "changed"}),
        ("post", SECTION, {"c-feasible": "a word", "do": "comment"}),
        ("post", f"{SECTION}hold/", {}),
        ("post", f"{SECTION}hold/", {"do": "leave"}),
        *(("post", f"{HERE}act/", {"do": verb, "note": "x"})
          for verb in ("begin", "ask", "send", "back", "reopen")),
        ("post", f"{HERE}marks/feasible/", {"mark": "network"}),
        ("post", f"{HERE}language/", {"language": "fr"}),
    ]  # fmt: skip


def everything() -> list[Any]:
    tables = (Answer, Response, Comment, Attachment, SectionLock)
    return [list(table.objects.order_by("pk").values()) for table in tables]


PEOPLE = ("of another state", "of a state not asked", "editor", "administrator", "contributor",
          "nobody", "had a seat", "not active")  # fmt: skip


def who(kind: str) -> Client:
    if kind == "nobody":
        return Client()
    if kind in ("editor", "administrator", "contributor"):
        return person(f"{kind.title()}s")[1]
    state = {"of another state": "FR", "of a state not asked": "ES"}.get(kind, "BE")
    user = seated(country(state), "who")
    client = browser(user)
    if kind == "had a seat":
        user.seats.all().delete()
    if kind == "not active":
        User.objects.filter(pk=user.pk).update(is_active=False)
    return client


@pytest.mark.parametrize(("kind", "status"), list(product(PEOPLE, ("begun", "checking", "sent"))))
def test_nobody_else_reads_or_changes_the_answer_of_a_state_in_the_room(
    begun: Response, kind: str, status: str
) -> None:
    Response.objects.update(status=status, sent_on=timezone.localdate())
    client, before = who(kind), everything()
    for method, url, data in urls(begun):
        answer = getattr(client, method)(url, data)
        wanted = {302} if kind in ("nobody", "not active") else {404}
        assert answer.status_code in wanted, (method, url, answer.status_code)
        assert SECRET.encode() not in answer.content
    assert everything() == before


@pytest.mark.parametrize("kind", PEOPLE)
@pytest.mark.parametrize("status", ["begun", "checking"])
def test_what_is_not_sent_shows_nowhere_in_the_room_of_others(
    begun: Response, kind: str, status: str
) -> None:
    Response.objects.update(status=status)
    client = who(kind)
    for url in (ROOM, f"{ROOM}housing-1/FR/", f"{ROOM}housing-1/ES/"):
        assert SECRET.encode() not in client.get(url).content


def test_a_file_of_one_state_is_not_found_under_another(begun: Response, query: Round) -> None:
    other = seated(country("FR"), "fou")
    states.begin(query, country("FR"), other)
    client = browser(other)
    assert client.get(f"{ROOM}housing-1/FR/files/{'a' * 24}/").status_code == 404
    assert client.post(f"{ROOM}housing-1/FR/marks/feasible/", {"mark": "wide"}).status_code == 404


def test_comments_of_others_can_not_be_settled_by_their_number(
    begun: Response, query: Round
) -> None:
    other = seated(country("FR"), "fou")
    states.begin(query, country("FR"), other)
    comment = Comment.objects.get()
    data = {"do": "comment", "comment": comment.pk, "settled": comment.pk}
    browser(other).post(f"{ROOM}housing-1/FR/sections/search/", data)
    comment.refresh_from_db()
    assert not comment.is_settled


def test_a_mark_is_never_preset(query: Round, ana: User) -> None:
    client = browser(ana)
    writes(client)
    page = client.get(SECTION).content.decode()
    radios = re.findall(r'<input type="radio"[^>]*name="m-[^>]*>', page)
    assert len(radios) == 4
    assert not [one for one in radios if "checked" in one]


def test_from_the_first_word_to_the_network_by_two_people(
    query: Round, ana: User, ben: User
) -> None:
    first, second = browser(ana), browser(ben)
    writes(first)
    answer = save(first, **{"r-feasible": "Since 2018.", "s-feasible-0-title": "The law",
                            "s-feasible-0-url": "https://law.example/12"})  # fmt: skip
    assert answer.status_code == 303
    assert first.post(f"{HERE}act/", {"do": "ask"}).status_code == 303
    page = second.get(HERE).content.decode()
    assert "Since 2018." in page
    assert 'href="https://law.example/12"' in page
    assert first.post(f"{HERE}act/", {"do": "send"}).status_code == 409
    assert second.post(f"{HERE}act/", {"do": "send"}).status_code == 303
    response = Response.objects.get()
    assert (response.status, response.validated_by) == ("sent", ben)


def test_what_is_not_finished_is_listed_with_the_way_to_it(query: Round, ana: User) -> None:
    client = browser(ana)
    writes(client)
    save(client, **{"m-feasible": ""})
    page = client.get(HERE).content.decode()
    assert f'href="{SECTION}#a-feasible"' in page
    assert "Ask for validation" not in page
    assert client.post(f"{HERE}act/", {"do": "ask"}).status_code == 409


def test_who_writes_later_gets_back_their_text_and_sees_what_is_saved(
    query: Round, ana: User, ben: User
) -> None:
    first, second = browser(ana), browser(ben)
    writes(first)
    save(first, **{"r-feasible": "What Ana wrote"})
    SectionLock.objects.update(until=timezone.now())
    answer = save(second, 0, **{"r-feasible": "What Ben wrote", "q-months": "3"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What Ana wrote" in page
    assert "What Ben wrote</textarea>" in page
    assert 'value="3"' in page
    assert Answer.objects.get().remark == "What Ana wrote"
    assert save(second, 1, **{"r-feasible": "Both"}).status_code == 303  # they have seen it now


def test_one_who_holds_the_section_is_named_and_nobody_else_gets_the_form(
    query: Round, ana: User, ben: User
) -> None:
    writes(browser(ana))
    second = browser(ben)
    page = second.get(SECTION).content.decode()
    assert "ana@be.test writes here until" in page
    assert 'name="revision"' not in page
    assert second.post(f"{SECTION}hold/").status_code == 409
    held = save(second, **{"r-feasible": "typed before"})
    assert held.status_code == 409
    assert "typed before</textarea>" in held.content.decode()
    past = timezone.now() - datetime.timedelta(minutes=1)
    SectionLock.objects.update(until=past)
    assert second.post(f"{SECTION}hold/").status_code == 303
    assert 'name="revision"' in second.get(SECTION).content.decode()


def test_of_a_section_with_one_wrong_field_all_that_was_typed_stays(
    query: Round, ana: User
) -> None:
    client = browser(ana)
    writes(client)
    answer = save(client, **{"q-months": "many", "r-feasible": SECRET, "c-feasible": "A word"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write a whole number" in page
    assert 'value="many"' in page
    assert f"{SECRET}</textarea>" in page
    assert "A word</textarea>" in page
    assert not Answer.objects.exists()
    assert not Comment.objects.exists()


def test_only_questions_that_stood_on_the_page_are_written(begun: Response, ana: User) -> None:
    client = browser(ana)
    client.post(f"{SECTION}hold/")
    data = {"shown": "months", "q-months": "3", "revision": 1, "do": "save"}
    assert client.post(SECTION, data).status_code == 303
    assert Answer.objects.get(question="feasible").remark == SECRET


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("law.html", b"<script>alert(1)</script>"),
        ("law.pdf", b"<script>alert(1)</script>"),
        ("law.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("law.docm", b"PK\x03\x04"),
        ("empty.pdf", b""),
    ],
)
def test_a_hostile_file_is_refused_and_nothing_is_saved(
    query: Round, ana: User, name: str, content: bytes
) -> None:
    client = browser(ana)
    writes(client)
    answer = save(client, **{"f-feasible": SimpleUploadedFile(name, content, "application/pdf")})
    assert answer.status_code == 422
    assert not Attachment.objects.exists()
    assert not Answer.objects.exists()


def test_a_file_goes_with_its_answer_is_handed_out_as_a_download_and_taken_out(
    query: Round, ana: User
) -> None:
    client = browser(ana)
    writes(client)
    file = SimpleUploadedFile("table <1>.csv", b"state,number\nBE,3\n", "text/html")
    assert save(client, **{"f-feasible": file}).status_code == 303
    kept = Attachment.objects.get()
    answer = client.get(f"{HERE}files/{kept.reference}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "text/csv"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert save(client, 1, **{"k-feasible": kept.reference}).status_code == 303
    assert Attachment.objects.exists()
    save(client, 2)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "x"])
def test_a_source_leads_to_the_web_or_nowhere(query: Round, ana: User, url: str) -> None:
    client = browser(ana)
    writes(client)
    assert save(client, **{"s-feasible-0-url": url}).status_code == 422
    assert not Answer.objects.exists()


def test_a_comment_is_said_and_settled_while_somebody_else_writes(
    query: Round, ana: User, ben: User
) -> None:
    writes(browser(ana))
    second = browser(ben)
    second.post(SECTION, {"do": "comment", "c-feasible": "Two, or three?"})
    comment = Comment.objects.get()
    assert "Two, or three?" in browser(ana).get(SECTION).content.decode()
    second.post(SECTION, {"do": "comment", "comment": comment.pk, "settled": comment.pk})
    comment.refresh_from_db()
    assert comment.is_settled
    second.post(SECTION, {"do": "comment", "comment": comment.pk})
    comment.refresh_from_db()
    assert not comment.is_settled


def test_what_people_write_is_shown_as_text(query: Round, ana: User) -> None:
    client = browser(ana)
    writes(client)
    attack = "<script>alert(1)</script>"
    save(client, **{"r-feasible": attack, "c-feasible": attack, "s-feasible-0-title": attack})
    for url in (HERE, SECTION):
        assert attack not in client.get(url).content.decode()
    client.post(f"{HERE}act/", {"do": "ask"})
    assert attack not in client.get(HERE).content.decode()


def test_a_mark_is_changed_by_a_button_after_sending(begun: Response, ana: User, ben: User) -> None:
    states.ask_validation(begun, ana)
    states.send(begun, ben)
    client = browser(ana)
    assert "Keep within the network" in client.get(HERE).content.decode()
    assert client.post(f"{HERE}marks/feasible/", {"mark": "network"}).status_code == 303
    assert Answer.objects.get().dissemination == "network"
    assert client.post(f"{HERE}marks/feasible/", {"mark": ""}).status_code == 409


def test_forms_of_the_room_are_not_sent_from_elsewhere(query: Round, ana: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = browser(ana).cookies
    assert client.post(f"{HERE}act/", {"do": "begin"}).status_code == 403
    assert not Response.objects.exists()


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_the_room_speaks_the_languages_of_the_portal(
    begun: Response, ana: User, language: str
) -> None:
    client = browser(ana)
    client.post(f"{SECTION}hold/")
    for url in (ROOM, HERE, SECTION):
        assert client.get(url.replace("/en/", f"/{language}/")).status_code == 200


def test_pages_take_as_many_queries_for_many_questions_as_for_few(
    begun: Response, ana: User, django_assert_max_num_queries: Any
) -> None:
    client = browser(ana)
    client.post(f"{SECTION}hold/")
    for number in range(12):
        Comment.objects.create(response=begun, question="months", user=ana, text=str(number))
    with django_assert_max_num_queries(12):
        client.get(ROOM)
    with django_assert_max_num_queries(19):
        client.get(HERE)
    with django_assert_max_num_queries(16):
        client.get(SECTION)
