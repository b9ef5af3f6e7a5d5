"""Respondents find their way through the pages of a survey, forward, back and out of it."""

from datetime import timedelta
from typing import Any

import pytest
from answering import Reader, another_link, asked_by_link
from consulting import made_instrument, made_round
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contactpoint.consultations.models import Answer, Response, Round
from contactpoint.consultations.questions import Choice, Instrument, Kind, Question, Section
from contactpoint.consultations.secret_links import is_receipt

pytestmark = pytest.mark.django_db


def answers(response: Response | None = None) -> dict[str, Any]:
    response = response or Response.objects.get()
    return dict(Answer.objects.filter(response=response).values_list("question", "value"))


def test_a_survey_is_answered_page_by_page_reviewed_and_sent() -> None:
    round = made_round()
    reader = Reader().begin(round)
    assert reader.heading == "The search"
    assert "Part 1 of 1" in reader.text
    reader.press(feasible="no", months="7")
    assert reader.heading == "What was found"
    assert "Part 2 of 2" in reader.text
    reader.press(places="none")
    assert reader.heading == "What was found"
    assert "further questions" in reader.text
    reader.press(why="There was nothing.\nNowhere.")
    assert reader.heading == "Look at your answers, then send them"
    assert "There was nothing." in reader.text
    assert "Nothing is sent yet" in reader.text
    reader.press()
    assert reader.heading == "Your answers were sent"
    assert answers() == {
        "feasible": "no", "months": 7, "places": ["none"], "why": "There was nothing.\nNowhere.",
    }  # fmt: skip
    response = Response.objects.get()
    assert response.status == Response.Status.SENT
    assert response.receipt in reader.text
    assert is_receipt(round, str(response.receipt))
    assert not is_receipt(made_round(round.instrument), str(response.receipt))


def test_the_start_page_says_what_it_is_how_long_until_when_and_what_becomes_of_it() -> None:
    round = made_round(introductions={"en": "We want to know."}, quota=40)
    reader = Reader().open(f"/en/consultations/{round.code}/answer/")
    for words in (
        "We want to know.",
        "About 3 minutes, 4 questions at most",
        "Until when",
        "no number under 5",
        "The first 40 answers",
        "We don't ask who you are.",
    ):
        assert words in reader.text
    assert not Response.objects.exists()


def test_what_must_be_answered_is_told_with_a_link_and_the_rest_is_saved() -> None:
    reader = Reader().begin(made_round()).press(months="7")
    assert reader.answer.status_code == 422
    assert reader.page.css_first("title").text().startswith("Error:")
    link = reader.page.css_first("[role=alert] a")
    assert link.attributes["href"] == "#q-feasible"
    assert reader.page.css_first("[id='q-feasible']").tag == "input"
    assert answers() == {"months": 7}


def test_what_cannot_be_read_is_shown_again_as_it_was_typed() -> None:
    reader = Reader().begin(made_round()).press(feasible="yes", months="some")
    assert reader.answer.status_code == 422
    assert reader.page.css_first("[name='q-months']").attributes["value"] == "some"
    assert "whole number" in reader.text
    assert answers() == {"feasible": "yes"}


def linked_questions(**second: Any) -> Round:
    cities = (
        Choice("bxl", {"en": "Brussels"}, {"country": "be"}),
        Choice("lil", {"en": "Lille"}, {"country": "fr"}),
    )
    lands = (Choice("be", {"en": "Belgium"}), Choice("fr", {"en": "France"}))
    total = Question("total", Kind.INTEGER, {"en": "How many?"})
    land = Question("land", Kind.ONE, {"en": "Which country?"}, choices="lands")
    part = Question(
        "part", Kind.INTEGER, {"en": "How many of them?"}, constraint=". <= ${total}",
        constraint_messages={"en": "No more than all."},
    )  # fmt: skip
    city = Question(
        "city", Kind.ONE, {"en": "Which city?"}, choices="cities",
        choice_filter="country = ${land}",
    )  # fmt: skip
    asked = Instrument(
        "linked", ("en", "nl"), {"en": "Linked"},
        sections=(Section("one", questions=(total, land)), Section("two", questions=(part, city))),
        choice_sets={"cities": cities, "lands": lands},
    )  # fmt: skip
    return made_round(made_instrument(asked))


def test_what_no_longer_fits_since_another_answer_was_changed_is_not_sent() -> None:
    round = linked_questions()
    reader = Reader().begin(round).press(total="10", land="be").press(part="8", city="bxl")
    assert reader.heading == "Look at your answers, then send them"
    section = reader.path.removesuffix("review/")
    Reader().open(f"{section}part/one/").press(total="5", land="fr")
    reader.press()
    assert reader.heading != "Your answers were sent"
    again = Reader().open(reader.path)
    assert "2 answers have to be given or changed" in again.text
    assert "No more than all." in again.text
    assert not again.page.css("button[value=send]")
    assert Response.objects.get().status == Response.Status.BEGUN
    Reader().open(f"{section}part/two/").press(part="4", city="lil").press()
    assert Response.objects.get().status == Response.Status.SENT


def test_words_in_another_language_say_so_to_eyes_and_ears() -> None:
    reader = Reader("nl").begin(linked_questions()).press(total="3").press(part="9")
    assert reader.answer.status_code == 422
    for where in (".question > .field-error", "[role=alert] li"):
        said = reader.page.css_first(f"{where} [lang=en]")
        assert said is not None, where
    assert reader.page.css_first(".question .words-language").text() == "en"


@pytest.mark.parametrize("sent", ["9" * 5000, "-1", "³", ""])
def test_no_number_that_is_sent_breaks_a_page(sent: str) -> None:
    reader = Reader().begin(made_round()).press(feasible="no", months="7")
    path, data = reader.press(places="flat").form()
    answer = Client().post(
        path, data | {"revision": sent}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 409


def test_a_link_leads_back_to_where_one_was() -> None:
    round = made_round()
    reader = Reader().begin(round).press(feasible="no").press("later")
    assert reader.heading == "Everything is saved"
    assert f"http://localhost:8000/en/consultations/{round.code}/answer/{reader.secret}/" in (
        reader.text
    )
    again = Reader("nl").follow(round, reader.secret)
    assert again.heading == "Wat gevonden werd"
    again.press("back")
    assert again.page.css_first("[name='q-feasible'][checked]").attributes["value"] == "no"
    assert answers() == {"feasible": "no", "places": []}


def test_the_language_is_switched_with_what_is_filled_in() -> None:
    reader = Reader().begin(made_round()).press("language:nl", months="9")
    assert reader.path.startswith("/nl/")
    assert reader.heading == "De zoektocht"
    assert reader.page.css_first("[name='q-months']").attributes["value"] == "9"
    reader.press("language:fr", months="viele")
    assert reader.page.css_first("html").attributes["lang"] == "fr"
    assert reader.page.css_first("[name='q-months']").attributes["value"] == "viele"
    assert "nombre entier" in reader.text
    assert reader.form()[0].startswith("/fr/")
    assert reader.press("language:xx").path.startswith("/fr/")


def test_who_goes_back_in_the_browser_and_sends_an_old_page_again_loses_nothing() -> None:
    round = made_round()
    reader = Reader().begin(round)
    path, data = reader.form(feasible="no", months="7")
    reader.press(feasible="no", months="7").press(places="flat")
    old = Client().post(path, data, headers={"Sec-Fetch-Site": "same-origin"})
    assert old.status_code == 303
    assert answers() == {"feasible": "no", "months": 7, "places": ["flat"]}
    reader.open(reader.path).press()
    sent = answers()
    assert Response.objects.get().status == "sent"
    for _time in range(2):
        again = Client().post(path, {**data, "q-months": "1"})
        assert again["Location"].endswith("/receipt/")
    assert answers() == sent


def test_a_button_that_is_pressed_twice_begins_once_and_sends_once() -> None:
    round = made_round()
    reader = Reader().open(f"/en/consultations/{round.code}/answer/")
    path, data = reader.form()
    first, second = (Client().post(path, data) for _time in range(2))
    assert first["Location"] == second["Location"]
    assert Response.objects.count() == 1
    reader.open(first["Location"]).press(feasible="yes")
    path, data = reader.form()
    first, second = (Client().post(path, {**data, "to": "send"}) for _time in range(2))
    assert first["Location"] == second["Location"]
    assert first["Location"].endswith("/receipt/")
    sent = Response.objects.get()
    assert (sent.status, answers()) == ("sent", {"feasible": "yes"})


def test_what_was_saved_after_the_review_is_reviewed_again() -> None:
    reader = Reader().begin(made_round()).press(feasible="yes")
    path, data = reader.form()
    Reader().open(reader.path.replace("review", "part/search")).press(months="2")
    late = Client().post(path, {**data, "to": "send"})
    assert late.status_code == 409
    assert "in another window" in late.content.decode()
    assert Response.objects.get().status == "begun"
    assert reader.open(reader.path).press().heading == "Your answers were sent"


def test_answers_that_are_not_relevant_any_more_are_not_sent() -> None:
    reader = Reader().begin(made_round()).press(feasible="no").press(places="flat")
    reader.open(reader.path.replace("review", "part/search") + "?from=review")
    reader.press(feasible="yes")
    assert reader.heading == "Look at your answers, then send them"
    assert "What was found" not in reader.text
    reader.press()
    assert answers() == {"feasible": "yes"}


def test_a_choice_is_taken_back() -> None:
    reader = Reader().begin(made_round()).press("later", months="7")
    reader.open(reader.path.replace("later", "part/search")).press("later", months="")
    assert answers() == {}


def test_who_has_begun_has_an_hour_more_and_a_fair_word() -> None:
    round = made_round()
    reader = Reader().begin(round)
    assert "ends on" not in reader.text
    ends = timezone.now() + timedelta(hours=3)
    Round.objects.update(closes_at=ends)
    assert "Who has begun by then has an hour more" in reader.open(reader.path).text
    Round.objects.update(closes_at=timezone.now() - timedelta(minutes=59))
    assert "you have until" in reader.open(reader.path).text
    assert (
        "Nobody can begin any more" in Reader().open(f"/en/consultations/{round.code}/answer/").text
    )
    reader.press(feasible="yes")
    Round.objects.update(closes_at=timezone.now() - timedelta(minutes=61))
    reader.press()
    assert reader.heading == "This survey has ended"
    assert "was not sent" in reader.text
    assert Response.objects.get().status == "begun"


def test_a_round_that_was_closed_by_hand_ends_the_same_way() -> None:
    round = made_round()
    reader = Reader().begin(round)
    Round.objects.update(status=Round.Status.CLOSED, closed_at=timezone.now())
    reader.press(feasible="yes")
    assert reader.press().heading == "Your answers were sent"


def test_nobody_begins_before_it_opens() -> None:
    round = made_round(opens_at=timezone.now() + timedelta(days=1))
    reader = Reader().open(f"/en/consultations/{round.code}/answer/")
    assert "has not begun yet" in reader.text
    assert reader.page.css_first("main form") is None
    Round.objects.update(status=Round.Status.DRAFT)
    assert Reader().open(f"/en/consultations/{round.code}/answer/").answer.status_code == 404


def test_no_more_than_the_quota_is_sent() -> None:
    round = made_round(quota=1)
    first, second = (Reader().begin(round).press(feasible="yes") for _one in range(2))
    assert first.press().heading == "Your answers were sent"
    assert second.press().answer.status_code == 409
    assert "the last one came before yours" in second.text
    assert Response.objects.filter(status="sent").count() == 1
    reader = Reader().open(f"/en/consultations/{round.code}/answer/")
    assert "Enough people have answered." in reader.text


def test_a_personal_link_begins_goes_on_and_answers_once() -> None:
    round = made_round(access=Round.Access.PERSONAL)
    assert "by invitation" in Reader().open(f"/en/consultations/{round.code}/answer/").text
    respondent, secret = asked_by_link(round, "a@example.org")
    reader = Reader().follow(round, secret)
    assert "not anonymous" in reader.text
    reader.press().press("later", feasible="yes")
    other = Reader().follow(round, another_link(respondent))
    assert other.heading == "The search"
    other.press().press()
    assert Response.objects.get().respondent == respondent
    respondent.refresh_from_db()
    assert respondent.has_answered
    assert reader.follow(round, secret).heading == "Your answers were sent"


def test_of_two_links_of_one_respondent_of_an_anonymous_round_one_is_sent() -> None:
    round = made_round(access=Round.Access.PERSONAL, is_anonymous=True)
    respondent, secret = asked_by_link(round)
    first, second = (
        Reader().follow(round, one).press().press(feasible="yes")
        for one in (secret, another_link(respondent))
    )
    assert first.press().heading == "Your answers were sent"
    assert second.press().answer.status_code == 409
    assert "tell those who ask" in second.text
    assert Response.objects.filter(status="sent").count() == 1
    assert first.open(first.path).heading == "Your answers were sent"


def test_a_link_that_nobody_was_given_leads_nowhere_and_many_of_them_have_to_wait() -> None:
    round = made_round(access=Round.Access.PERSONAL)
    _respondent, secret = asked_by_link(round)
    other = made_round(round.instrument, access=Round.Access.PERSONAL)
    assert Reader().follow(other, secret).answer.status_code == 404
    codes = [Reader().follow(round, "a" * 28).answer.status_code for _try in range(25)]
    assert codes[0] == 404
    assert codes[-1] == 429
    reader = Reader().follow(round, secret)
    assert reader.answer.status_code == 200, "whoever shares the network may answer all the same"
    assert reader.press().press(feasible="yes", months="7").answer.status_code == 200
    assert answers(Response.objects.get()) == {"feasible": "yes", "months": 7}


def test_a_form_of_another_site_is_not_taken() -> None:
    reader = Reader().begin(made_round())
    path, data = reader.form(feasible="yes")
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert Client().post(path, data, headers=headers).status_code == 400
    assert Client().post(path, "{}", content_type="application/json").status_code == 400
    assert answers() == {}


def test_the_link_is_mailed_at_once_and_its_address_kept_nowhere() -> None:
    reader = Reader().begin(made_round(is_anonymous=True)).press("later")
    reader.press("mail", email="me@example.org")
    assert "The address was not kept" in reader.text
    assert mail.outbox[0].to == ["me@example.org"]
    assert reader.secret in mail.outbox[0].body
    for _time in range(6):
        reader.press("mail", email="me@example.org")
    assert reader.answer.status_code == 429
    assert "Copy the link" in reader.text
    reader.press("mail", email="nobody")
    assert reader.answer.status_code == 422


def test_the_secret_stands_in_no_head_of_a_page() -> None:
    reader = Reader().begin(made_round())
    for where in ("part/search", "review", "later"):
        reader.open(f"/en/consultations/{made_code(reader)}/answer/{reader.secret}/{where}/")
        assert reader.secret not in reader.page.head.html


def made_code(reader: Reader) -> str:
    return reader.path.split("/")[3]


def test_a_page_costs_few_queries() -> None:
    reader = Reader().begin(made_round()).press(feasible="no").press("back")
    with CaptureQueriesContext(
        connection,
    ) as shown:
        reader.client.get(reader.path)
    assert len(shown) <= 3, shown.captured_queries
    path, data = reader.form()
    with CaptureQueriesContext(connection) as saved:
        assert reader.client.post(path, data).status_code == 303
    assert len(saved) <= 7, saved.captured_queries
    reader.press().press(places="flat")
    with CaptureQueriesContext(connection) as reviewed:
        reader.client.get(reader.path)
    assert len(reviewed) <= 3, reviewed.captured_queries
    path, data = reader.form()
    with CaptureQueriesContext(connection) as sent:
        assert reader.client.post(path, {**data, "to": "send"}).status_code == 303
    assert len(sent) <= 8, sent.captured_queries


def test_words_that_the_reader_does_not_know_say_which_language_they_are() -> None:
    reader = Reader("nl").begin(made_round())
    labels = [one for one in reader.page.css("label span[lang]") if "months" in one.text()]
    assert labels[0].attributes["lang"] == "en"


def test_a_file_is_kept_with_the_answer_and_handed_back_to_its_sender_alone() -> None:
    asked = Instrument("files", ("en",), sections=(
        Section("s", {"en": "S"}, questions=(Question("law", Kind.FILE, {"en": "The law"}),)),
    ))  # fmt: skip
    round = made_round(made_instrument(asked))
    reader = Reader().begin(round)
    path, data = reader.form()
    file = SimpleUploadedFile("law.pdf", b"%PDF-1.7 the law", content_type="text/html")
    Client().post(path, {**data, "q-law:new": file, "to": "later"})
    reader.open(path)
    assert "Keep law.pdf" in reader.text
    link = str(reader.page.css_first(".question a").attributes["href"])
    sent = Client().get(link)
    assert sent.content == b"%PDF-1.7 the law"
    assert sent["Content-Type"] == "application/pdf"
    assert sent["Content-Disposition"].startswith("attachment")
    other = Reader().begin(round)
    assert Client().get(link.replace(reader.secret, other.secret)).status_code == 404
    bad = SimpleUploadedFile("law.pdf", b"<script>")
    refused = Client().post(path, {**data, "q-law:new": bad})
    assert refused.status_code == 422
    assert Response.objects.get(digest__isnull=False, attachments__isnull=False)
    reader.open(path).press("later", law=[])
    assert not Response.objects.filter(attachments__isnull=False).exists()
    assert Client().get(link).status_code == 404


def test_what_is_not_asked_any_more_stops_nobody() -> None:
    family = Question("fam", Kind.ONE, {"en": "A family?"}, choices="yn")
    beds = Question(
        "beds", Kind.INTEGER, {"en": "How many beds?"}, relevant="${fam} = 'yes'",
        constraint=". < 50",
    )  # fmt: skip
    more = Question("more", Kind.TEXT, {"en": "What else?"})
    sets = {"yn": (Choice("yes", {"en": "Yes"}), Choice("no", {"en": "No"}))}
    asked = Instrument("beds", ("en",), sections=(
        Section("one", {"en": "One"}, questions=(family, beds)),
        Section("two", {"en": "Two"}, questions=(more,)),
    ), choice_sets=sets)  # fmt: skip
    round = made_round(made_instrument(asked))
    for wrong in ("none", "9999"):
        reader = Reader().begin(round).press(fam="yes")
        assert reader.press(fam="yes", beds=wrong).answer.status_code == 422
        assert reader.press(fam="no", beds=wrong).heading == "Two"
