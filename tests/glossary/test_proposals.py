"""Readers propose something without a cookie, and see what becomes of it."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from factories import LANGUAGES, make_concept, make_site

from contactpoint.glossary.models import Concept, Proposal, ProposalAddress
from contactpoint.glossary.proposals import limits
from contactpoint.glossary.proposals.actions import set_public
from contactpoint.kit import tickets

TERM = "/en/glossary/propose/"
TRANSLATION = "/en/glossary/asylum/propose/?what=translation&language=pl"
CHANGE = "/en/glossary/asylum/propose/?what=change"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def concept(db: None) -> Concept:
    make_site()
    return make_concept("asylum", en="asylum", fr="asile", nl="asiel", de="Asyl")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Moves the clock of the tickets."""
    start = time.time()
    moved = {"by": 0.0}
    monkeypatch.setattr(time, "time", lambda: start + moved["by"])

    def move(seconds: float) -> None:
        moved["by"] += seconds

    return move


def filled(**fields: str) -> dict[str, str]:
    return {"language": "pl", "text": "azyl", "source": "Ustawa, art. 3", **fields}


def ticket_of(client: Client, url: str) -> str:
    return str(client.get(url).context["ticket"])


def post(client: Client, url: str, fields: dict[str, str], **headers: str) -> HttpResponse:
    """As a browser sends a form without files."""
    return client.post(url, urlencode(fields), content_type=FORM, headers=headers)


def send(client: Client, url: str, later: Callable[[float], None], **fields: str) -> HttpResponse:
    ticket = ticket_of(client, url)
    later(10)
    headers = {"Sec-Fetch-Site": "same-origin"}
    return post(client, url, filled(ticket=ticket, **fields), **headers)


def errors(answer: Any) -> dict[str, list[str]]:
    return {name: list(messages) for name, messages in answer.context["form"].errors.items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    [
        "propose/",
        "proposals/",
        "asylum/propose/?what=translation",
        "asylum/propose/?what=change",
        "proposals/confirm/nothing/",
    ],
)
def test_every_page_speaks_every_language_and_sets_no_cookie(
    concept: Concept, client: Client, language: str, path: str
) -> None:
    answer = client.get(f"/{language}/glossary/{path}")
    assert answer.status_code == (404 if "confirm" in path else 200)
    assert f'<html lang="{language}"' in answer.content.decode()
    assert not answer.cookies
    assert {one["code"] for one in answer.context["translations"]} == set(LANGUAGES)


def test_a_translation_is_filed_and_leads_to_its_status(
    concept: Concept, later: Callable[[float], None]
) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = send(client, TRANSLATION, later, remark="Ask my colleague.")
    proposal = Proposal.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == f"/en/glossary/proposals/{proposal.reference}/"
    assert not answer.cookies
    assert (proposal.kind, proposal.concept, proposal.language) == ("translation", concept, "pl")
    assert (proposal.text, proposal.source) == ("azyl", "Ustawa, art. 3")
    assert proposal.status == Proposal.Status.RECEIVED
    assert len(proposal.reference) >= 24
    page = client.get(answer["Location"])
    text = page.content.decode()
    assert "azyl" in text
    assert "Ustawa, art. 3" in text
    assert "Received" in text
    assert "Ask my colleague" not in text
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"
    assert not page.cookies


def test_a_term_and_a_change_are_filed(concept: Concept, client: Client, later: Any) -> None:
    send(client, TERM, later, text="sanctuary city", language="en", definition="A city that …")
    send(client, CHANGE, later, part="definition", text="Protection given by a state.")
    change, term = Proposal.objects.all()
    assert (term.kind, term.concept, term.definition) == ("term", None, "A city that …")
    assert (change.kind, change.concept, change.part) == ("change", concept, "definition")


def test_the_form_opens_in_the_language_that_was_asked_for(
    concept: Concept, client: Client
) -> None:
    assert client.get(TRANSLATION).context["form"]["language"].value() == "pl"
    for odd in ("", "xx", "<script>"):
        url = f"/fr/glossary/asylum/propose/?language={odd}"
        assert client.get(url).context["form"]["language"].value() == ""
        assert client.get(f"{url}&what=change").context["form"]["language"].value() == "fr"


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/en/glossary/nothing/propose/", 404),
        ("/en/glossary/asylum/propose/?what=term", 404),
        ("/en/glossary/asylum/propose/?what=<b>", 404),
        ("/en/glossary/proposals/unknown/", 404),
        ("/en/glossary/proposals/?page=2", 404),
    ],
)
def test_what_there_is_not_is_not_there(
    concept: Concept, client: Client, url: str, status: int
) -> None:
    assert client.get(url).status_code == status


def test_nothing_can_be_proposed_for_a_concept_that_was_given_up(
    concept: Concept, client: Client
) -> None:
    Concept.objects.update(status=Concept.Status.DEPRECATED)
    assert client.get(TRANSLATION).status_code == 404


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"source": ""}, "source"),
        ({"source": "§"}, "source"),
        ({"source": "x" * 1001}, "source"),
        ({"text": ""}, "text"),
        ({"text": "x" * 201}, "text"),
        ({"text": "123 456"}, "text"),
        ({"text": "https://buy.example/"}, "text"),
        ({"language": "xx"}, "language"),
        ({"definition": "x" * 4001}, "definition"),
        ({"email": "nobody"}, "email"),
        ({"email": "reader@example.org"}, "consent"),
        ({"consent": "on"}, "email"),
        ({"website": "https://buy.example/"}, "website"),
    ],
)
def test_a_field_that_is_wrong_is_named_and_nothing_is_filed(
    concept: Concept, client: Client, later: Any, fields: dict[str, str], field: str
) -> None:
    answer = send(client, TRANSLATION, later, **fields)
    assert answer.status_code == 422
    assert list(errors(answer)) == [field]
    assert not Proposal.objects.exists()
    if field not in ("text", "language"):
        assert 'value="azyl"' in answer.content.decode(), "what was typed is kept"


def test_a_change_needs_to_say_what_changes_and_a_name_is_short(
    concept: Concept, client: Client, later: Any
) -> None:
    assert list(errors(send(client, CHANGE, later))) == ["part"]
    answer = send(client, CHANGE, later, part="label", text="x" * 201)
    assert list(errors(answer)) == ["text"]


def test_invisible_signs_are_taken_out_and_those_of_persian_stay(
    concept: Concept, client: Client, later: Any
) -> None:
    send(
        client,
        TRANSLATION,
        later,
        language="fa",
        text="  پناه\u200cجو \u202e\u2067 \u200f",
        source="One.\r\n\r\n\r\n\r\nTwo.\x07\x00\x1b[31m",
    )
    proposal = Proposal.objects.get()
    assert proposal.text == "پناه\u200cجو"
    assert proposal.source == "One.\n\nTwo.[31m"


def test_what_was_typed_is_never_markup(concept: Concept, client: Client, later: Any) -> None:
    evil = '<script>alert(1)</script>"onfocus=x <img src=x>'
    answer = send(client, TRANSLATION, later, text=evil, source=evil, definition=evil)
    proposal = Proposal.objects.get()
    set_public(proposal, True, user=None)
    for url in (answer["Location"], "/en/glossary/proposals/"):
        text = client.get(url).content.decode()
        assert "&lt;script&gt;alert(1)" in text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    wrong = send(client, TRANSLATION, later, text=evil, source="").content.decode()
    assert "<script>alert" not in wrong
    assert "<img src=x" not in wrong


def test_nothing_is_public_before_an_editor_has_let_it_through(
    concept: Concept, client: Client, later: Any
) -> None:
    address = send(client, TRANSLATION, later)["Location"]
    assert "azyl" not in client.get("/en/glossary/proposals/").content.decode()
    assert "azyl" not in client.get("/en/glossary/asylum/").content.decode()
    set_public(Proposal.objects.get(), True, user=None)
    text = client.get("/en/glossary/proposals/").content.decode()
    assert "azyl" in text
    assert "Under review" in text
    assert address not in text, "the status address stays the reader's"
    set_public(Proposal.objects.get(), False, user=None)
    assert "azyl" not in client.get("/en/glossary/proposals/").content.decode()


def test_the_public_list_takes_two_queries_and_has_pages(
    concept: Concept, client: Client, django_assert_max_num_queries: Any
) -> None:
    Proposal.objects.bulk_create(
        Proposal(
            reference=f"r{number}", kind="translation", concept=concept, language="pl",
            text=f"azyl {number}", source="Ustawa", is_public=True,
        )
        for number in range(30)
    )  # fmt: skip
    client.get("/en/glossary/proposals/")
    with django_assert_max_num_queries(2):
        answer = client.get("/en/glossary/proposals/")
    assert answer.content.decode().count('class="proposal"') == 25
    assert client.get("/en/glossary/proposals/?page=2").content.decode().count("<article") == 5


def test_a_form_from_elsewhere_is_refused(concept: Concept, client: Client, later: Any) -> None:
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ):
        ticket = ticket_of(client, TERM)
        later(10)
        answer = post(client, TERM, filled(ticket=ticket), **headers)
        assert answer.status_code == 400
    assert not Proposal.objects.exists()
    ticket = ticket_of(client, TERM)
    later(10)
    headers = {"Origin": "http://testserver"}
    assert post(client, TERM, filled(ticket=ticket), **headers).status_code == 303


def test_a_ticket_is_ours_for_this_form_and_of_today(
    concept: Concept, client: Client, later: Any
) -> None:
    good = ticket_of(client, TERM)
    later(10)
    for ticket in ("", "nonsense", good[:-1], good[5:], ticket_of(client, TRANSLATION)):
        assert post(client, TERM, filled(ticket=ticket)).status_code == 400
    later(tickets.TOO_OLD)
    stale = post(client, TERM, filled(ticket=good))
    assert stale.status_code == 400
    assert not Proposal.objects.exists()
    later(10)
    again = filled(ticket=stale.context["ticket"])
    assert post(client, TERM, again).status_code == 303, "the page that says so can be sent"


def test_a_form_that_comes_back_at_once_is_refused(
    concept: Concept, client: Client, later: Any
) -> None:
    ticket = ticket_of(client, TERM)
    later(1)
    answer = post(client, TERM, filled(ticket=ticket))
    assert answer.status_code == 400
    assert "too quick" in answer.content.decode()


def test_a_correction_may_follow_at_once(concept: Concept, client: Client, later: Any) -> None:
    ticket = ticket_of(client, TERM)
    later(1)
    quick = post(client, TERM, filled(ticket=ticket))
    assert quick.context["ticket"] == ticket, "the wait goes on, it does not begin anew"
    later(3)
    wrong = post(client, TERM, filled(ticket=ticket, source=""))
    assert wrong.status_code == 422
    assert wrong.context["ticket"] == ticket
    assert post(client, TERM, filled(ticket=wrong.context["ticket"])).status_code == 303


def test_a_stale_form_can_be_sent_again_at_once_and_is_still_one_proposal(
    concept: Concept, client: Client, later: Any
) -> None:
    old = ticket_of(client, TERM)
    later(tickets.TOO_OLD + 1)
    stale = post(client, TERM, filled(ticket=old))
    assert stale.status_code == 400
    first = post(client, TERM, filled(ticket=stale.context["ticket"]))
    assert first.status_code == 303
    again = post(
        client, TERM, filled(ticket=post(client, TERM, filled(ticket=old)).context["ticket"])
    )
    assert again["Location"] == first["Location"]


def test_a_form_from_elsewhere_does_not_keep_its_ticket(
    concept: Concept, client: Client, later: Any
) -> None:
    ticket = ticket_of(client, TERM)
    later(10)
    foreign = post(client, TERM, filled(ticket=ticket), Origin="https://elsewhere.example")
    assert foreign.context["ticket"] != ticket, "its maker knows the reference in it"


def test_what_is_sent_twice_is_filed_and_counted_once(
    concept: Concept, client: Client, later: Any, mailoutbox: list[Any]
) -> None:
    ticket = ticket_of(client, TERM)
    later(10)
    data = filled(ticket=ticket, email="reader@example.org", consent="on")
    answers = [post(client, TERM, data) for _number in range(limits.A_PLACE_A_MINUTE + 1)]
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer["Location"] for answer in answers}) == 1
    assert Proposal.objects.count() == 1
    assert len(mailoutbox) == 1
    other = ticket_of(client, TERM)
    later(5)
    assert post(client, TERM, filled(ticket=other)).status_code == 303, "it was not counted"


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "something else"},
        {"text": ""},
        {"remark": "One more thing."},
        {"email": "reader@example.org", "consent": "on"},
    ],
)
def test_a_form_that_was_sent_and_is_edited_says_so(
    concept: Concept, client: Client, later: Any, changed: dict[str, str]
) -> None:
    ticket = ticket_of(client, TERM)
    later(10)
    first = post(client, TERM, filled(ticket=ticket))
    second = post(client, TERM, filled(ticket=ticket, **changed))
    assert second.status_code == 409
    page = second.content.decode()
    assert "This form was sent already" in page
    assert f'href="{first["Location"]}"' in page
    assert f'href="{TERM}"' in page
    assert second.context["form"]["text"].value() == changed.get("text", "azyl"), "nothing is lost"
    assert second.context["ticket"] != ticket
    assert not second.cookies
    assert "no-store" in second["Cache-Control"]
    assert Proposal.objects.get().text == "azyl"
    assert not ProposalAddress.objects.exists()


def test_whether_a_mail_went_out_does_not_show_when_a_form_is_sent_again(
    concept: Concept, client: Client, later: Any, mailoutbox: list[Any]
) -> None:
    data = {"email": "reader@example.org", "consent": "on"}
    for _number in range(limits.MAILS_TO_AN_ADDRESS_A_DAY + 1):
        ticket = ticket_of(client, TERM)
        later(60)
        assert post(client, TERM, filled(ticket=ticket, **data)).status_code == 303
        assert post(client, TERM, filled(ticket=ticket, **data)).status_code == 303
    assert len(mailoutbox) == limits.MAILS_TO_AN_ADDRESS_A_DAY


def test_a_person_whose_browser_filled_in_too_much_sees_the_field_and_can_act(
    concept: Concept, client: Client, later: Any
) -> None:
    before = client.get(TERM).content.decode()
    assert "Leave this field empty" in before.partition('aria-hidden="true"><label')[2]
    answer = send(client, TERM, later, website="https://my.example/")
    page = answer.content.decode()
    assert "One field must stay empty" in page
    assert "fields that are marked" not in page
    assert "https://my.example/" not in page, "it comes back empty"
    assert 'tabindex="-1" autocomplete="off"' not in page
    assert 'aria-hidden="true"><label' not in page
    again = filled(ticket=answer.context["ticket"], website="")
    assert post(client, TERM, again).status_code == 303


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Error:"), ("fr", "Erreur"), ("nl", "Fout:"), ("de", "Fehler:")]
)
def test_the_title_says_first_that_something_is_wrong(
    concept: Concept, client: Client, later: Any, language: str, word: str
) -> None:
    url = f"/{language}/glossary/propose/"
    assert f"<title>{word}" not in client.get(url).content.decode()
    assert f"<title>{word}" in send(client, url, later, source="").content.decode()
    assert f"<title>{word}" in client.post(url, b"{}", content_type="x/y").content.decode()


def test_a_place_may_send_so_many_an_hour_and_another_still_may(
    concept: Concept, client: Client, later: Any
) -> None:
    for _number in range(limits.A_PLACE_AN_HOUR):
        assert send(client, TERM, later).status_code == 303
    refused = send(client, TERM, later)
    assert refused.status_code == 429
    waits = 3600 - 10 * limits.A_PLACE_AN_HOUR
    assert int(refused["Retry-After"]) == pytest.approx(waits, abs=1)
    assert "in an hour" in refused.content.decode()
    assert 'value="azyl"' in refused.content.decode()
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert send(elsewhere, TERM, later).status_code == 303
    later(3600)
    assert send(client, TERM, later).status_code == 303


def test_a_burst_waits_for_a_minute(concept: Concept, client: Client, later: Any) -> None:
    open_forms = [ticket_of(client, TERM) for _number in range(limits.A_PLACE_A_MINUTE + 1)]
    later(10)
    answers = [post(client, TERM, filled(ticket=ticket)) for ticket in open_forms]
    assert [one.status_code for one in answers] == [303] * limits.A_PLACE_A_MINUTE + [429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert "Wait a minute" in answers[-1].content.decode()
    later(60)
    assert post(client, TERM, filled(ticket=answers[-1].context["ticket"])).status_code == 303


def test_an_office_may_send_for_a_whole_day(
    concept: Concept, client: Client, later: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "A_PLACE_A_DAY", 2)
    for _number in range(2):
        assert send(client, TERM, later).status_code == 303
    refused = send(client, TERM, later)
    assert "tomorrow" in refused.content.decode()
    assert int(refused["Retry-After"]) > 3600


def test_the_addresses_of_one_network_count_as_one_place(concept: Concept, later: Any) -> None:
    for number in range(limits.A_PLACE_AN_HOUR):
        assert send(Client(REMOTE_ADDR=f"2001:db8::{number}"), TERM, later).status_code == 303
    assert send(Client(REMOTE_ADDR="2001:db8::ffff"), TERM, later).status_code == 429
    assert send(Client(REMOTE_ADDR="2001:db8:1::1"), TERM, later).status_code == 303


def test_all_together_may_send_so_many_a_day(
    concept: Concept, client: Client, later: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ALL_A_DAY", 2)
    for number in range(2):
        place = Client(REMOTE_ADDR=f"198.51.100.{number}")
        assert send(place, TERM, later).status_code == 303
    assert send(Client(REMOTE_ADDR="203.0.113.1"), TERM, later).status_code == 429


def test_no_network_address_is_kept(concept: Concept, later: Any) -> None:
    send(Client(REMOTE_ADDR="198.51.100.77"), TERM, later)
    kept = repr(getattr(cache, "_cache", None)) + repr(Proposal.objects.values().get())
    assert "proposals:" in kept
    assert "198.51.100" not in kept


@pytest.mark.parametrize(
    ("body", "kind", "status", "said"),
    [
        (b"{}", "application/json", 400, "no form of this site"),
        (b"x" * 70_000, FORM, 413, "too long"),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x", 400, "no form of this site"),
    ],
)
def test_only_a_small_plain_form_is_read_and_the_page_says_so(
    concept: Concept, client: Client, body: bytes, kind: str, status: int, said: str
) -> None:
    answer = client.post(TERM, body, content_type=kind)
    assert answer.status_code == status
    page = answer.content.decode()
    assert said in page
    assert 'class="masthead"' in page
    assert "no-store" in answer["Cache-Control"]


def test_without_an_address_nobody_is_written_to(
    concept: Concept, client: Client, later: Any, mailoutbox: list[Any]
) -> None:
    send(client, TERM, later)
    assert mailoutbox == []
    assert not ProposalAddress.objects.exists()


def test_pages_of_the_glossary_lead_to_the_form(concept: Concept, client: Client) -> None:
    page = client.get("/en/glossary/asylum/").content.decode()
    assert "/en/glossary/asylum/propose/?what=translation" in page
    assert "/en/glossary/asylum/propose/?what=change" in page
    index = client.get("/nl/glossary/").content.decode()
    assert "/nl/glossary/propose/" in index
    assert "/nl/glossary/proposals/" in index
