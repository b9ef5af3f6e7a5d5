"""What editors put first for a question, in which order, how long, and for whom."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from editing import rows, sign_in
from factories import MadeSite, make_concept, make_output

from contactpoint.search.desk.frame import question_url
from contactpoint.search.models import LookedFor, Pin, PinnedThing
from contactpoint.search.pins import pinned


def pin(question: str, *things: Any, language: str = "", **fields: Any) -> Pin:
    """A pin of pages and concepts, in that order."""
    made = Pin.objects.create(question=question, language=language, **fields)
    for place, thing in enumerate(things):
        kind = "concept" if thing._meta.model_name == "concept" else "page"
        PinnedThing.objects.create(pin=made, sort_order=place, **{kind: thing})
    return made


def test_a_whole_question_gets_its_things_in_order_whatever_case_and_accents(
    site: MadeSite,
) -> None:
    page, output = site.standard["en"]["network"], make_output(site)
    pin("Réfugiés  syriens", output, make_concept("asylum"), page.page_ptr)
    keys = [
        f"output:{output.translation_key}", "concept:asylum", f"page:{page.translation_key}",
    ]  # fmt: skip
    assert pinned("REFUGIES syriens", "en") == keys
    assert pinned("refugies", "en") == []


def test_those_of_the_readers_language_go_first_and_others_languages_are_left_out(
    site: MadeSite,
) -> None:
    everywhere, here, elsewhere = (make_concept(name) for name in ("a", "b", "c"))
    pin("visa", everywhere, here)
    pin("visa", here, language="nl")
    pin("visa", elsewhere, language="fr")
    assert pinned("visa", "nl") == ["concept:b", "concept:a"]
    assert pinned("visa", "en") == ["concept:a", "concept:b"]


def test_a_pin_ends_after_its_last_day(db: None) -> None:
    today = timezone.localdate()
    pin("today", make_concept("a"), until=today)
    pin("yesterday", make_concept("b"), until=today - datetime.timedelta(days=1))
    assert pinned("today", "en") == ["concept:a"]
    assert pinned("yesterday", "en") == []


def test_it_takes_one_query(site: MadeSite) -> None:
    pin("visa", *(make_output(site) for _number in range(5)))
    with CaptureQueriesContext(connection) as captured:
        assert len(pinned("visa", "en")) == 5
    assert len(captured) == 1


def test_a_deleted_page_takes_its_pin_along(site: MadeSite) -> None:
    output = make_output(site)
    pin("visa", output)
    output.delete()
    assert pinned("visa", "en") == []


def test_a_pin_has_words_and_is_there_once(db: None) -> None:
    Pin.objects.create(question="Visa")
    for question in ("VISA", " – "):
        with pytest.raises(ValidationError):
            Pin(question=question).full_clean()
    Pin(question="visa", language="nl").full_clean()


def test_a_thing_is_a_page_or_a_concept(site: MadeSite) -> None:
    made = Pin.objects.create(question="visa")
    both = {"page": make_output(site), "concept": make_concept("a")}
    for given in ({}, both):
        with pytest.raises(ValidationError):
            PinnedThing(pin=made, **given).full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            PinnedThing.objects.create(pin=made, **given)


@pytest.fixture
def editor(site: MadeSite, client: Client) -> Client:
    sign_in(client)
    return client


def form(question: str, things: list[dict[str, Any]], **fields: str) -> dict[str, str]:
    return {"question": question, "language": "", "until": "", **fields, **rows("things", things)}


def test_an_editor_pins_in_the_admin(editor: Client, site: MadeSite) -> None:
    output, concept = make_output(site), make_concept("asylum")
    add = reverse("pinned_results:add")
    page = editor.get(add, {"question": "Family benefits", "language": "nl"}).content.decode()
    assert 'value="Family benefits"' in page
    things = [{"page": output.pk, "concept": ""}, {"page": "", "concept": concept.pk}]
    answer = editor.post(add, form("Family benefits", things, language="nl"))
    assert answer.status_code == 302
    assert pinned("family benefits", "nl") == [f"output:{output.translation_key}", "concept:asylum"]
    listed = editor.get(reverse("pinned_results:index")).content.decode()
    assert output.title in listed


@pytest.mark.parametrize("number", [0, 6])
def test_the_form_takes_one_to_five_things(editor: Client, site: MadeSite, number: int) -> None:
    things = [{"page": make_output(site).pk, "concept": ""} for _number in range(number)]
    answer = editor.post(reverse("pinned_results:add"), form("visa", things))
    assert answer.status_code == 200
    assert not Pin.objects.exists()


def test_the_form_refuses_a_second_pin_of_a_question(editor: Client, site: MadeSite) -> None:
    pin("Visa", make_concept("a"))
    things = [{"page": make_output(site).pk, "concept": ""}]
    answer = editor.post(reverse("pinned_results:add"), form("visa", things))
    assert "has pinned results already" in answer.content.decode()
    assert Pin.objects.count() == 1


def wish(words: str, **fields: Any) -> LookedFor:
    today = timezone.localdate()
    given = {"folded": words, "language": "en", "words": words, **fields}
    return LookedFor.objects.create(first_day=today, last_day=today, **given)


def test_a_page_that_answers_stands_first_and_the_wish_is_answered(
    editor: Client, site: MadeSite
) -> None:
    output = make_output(site)
    row, other = wish("sanctuary cities"), wish("sanctuary cities", language="fr")
    url = question_url("Sanctuary cities", "en")
    for _twice in range(2):
        answer = editor.post(url, {"action": "answer", "answer-page": output.pk})
        assert answer.status_code == 302
    assert pinned("sanctuary cities", "en") == [f"output:{output.translation_key}"]
    assert pinned("sanctuary cities", "fr") == []
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.status, other.status) == ("answered", "waiting")


def test_a_page_that_readers_cannot_see_is_no_answer(editor: Client, site: MadeSite) -> None:
    for hidden in (make_output(site, live=False), make_output(site, private=True)):
        answer = editor.post(
            question_url("visa", "en"), {"action": "answer", "answer-page": hidden.pk}
        )
        assert answer.status_code == 422
    assert not Pin.objects.exists()


def test_an_answer_to_an_ended_pin_makes_it_hold_again_and_a_sixth_is_refused(
    editor: Client, site: MadeSite
) -> None:
    pin("visa", make_concept("a"), language="en", until=datetime.date(2020, 1, 1))
    url = question_url("visa", "en")
    answers = [
        editor.post(url, {"action": "answer", "answer-page": make_output(site).pk}).status_code
        for _number in range(5)
    ]
    assert answers == [302, 302, 302, 302, 422]
    assert len(pinned("visa", "en")) == 5


def test_what_waits_is_listed_the_most_wanted_first_and_dismissed(editor: Client) -> None:
    wish("once")
    often = wish("often", times=7)
    wish("done", status="answered")

    def shown(**query: str) -> list[str]:
        entries = editor.get(reverse("search_looked_for"), query).context["entries"]
        return [row.words for row, _url in entries]

    assert shown() == ["often", "once"]
    assert "2 questions that found nothing" in editor.get("/admin/").content.decode()
    editor.post(reverse("search_dismiss", args=[often.pk]))
    assert shown() == ["once"]
    assert shown(show="dismissed") == ["often"]
    assert set(shown(show="all")) == {"often", "once", "done"}
    assert shown(language="fr") == []
    editor.post(reverse("search_dismiss", args=[often.pk]), {"again": "1"})
    assert shown() == ["often", "once"]
    assert editor.get(reverse("search_dismiss", args=[often.pk])).status_code == 405
