"""What was asked is counted by the day, readable from the fifth time, and never by whom."""

import datetime
import logging
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import MadeSite, make_concept, make_output

from contactpoint.glossary.models.decisions import key_of
from contactpoint.kit import housekeeping
from contactpoint.search import noticing
from contactpoint.search.models import AskedQuestion, DayKey, LookedFor, Unsuggested
from contactpoint.search.noticing import counting, keeping, repeated
from contactpoint.search.noticing.plain import is_plain

pytestmark = pytest.mark.django_db


networks = count(1)


def ask(question: str, times: int = 1, *, language: str = "en", total: int = 3) -> None:
    """Each time from another network."""
    for _number in range(times):
        noticing.asked(question, language, total, f"network-{next(networks)}")


def on(monkeypatch: pytest.MonkeyPatch, days_ago: int) -> None:
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    monkeypatch.setattr(counting.timezone, "localdate", lambda: day)


def everything_stored() -> str:
    """All columns of all rows, as text."""
    rows: list[Any] = [*AskedQuestion.objects.values_list(), *LookedFor.objects.values_list()]
    rows += [(day, bytes(key)) for day, key in DayKey.objects.values_list()]
    return repr(rows)


def test_four_askings_leave_no_readable_word() -> None:
    ask("gezinshereniging", 4)
    assert AskedQuestion.objects.get().times == 4
    assert "gezins" not in everything_stored()


def test_the_fifth_asking_of_a_day_brings_the_words_and_all_five_count() -> None:
    for question in ("Réfugiés", "refugies", "REFUGIES ", "refugiés", "Réfugiés  syriens"):
        ask(question)
    assert "ugi" not in everything_stored()
    ask("réfugiés", total=0)
    row = AskedQuestion.objects.exclude(words="").get()
    assert (row.words, row.folded, row.times, row.empty) == ("réfugiés", "refugies", 5, 1)


def test_a_question_of_another_language_or_day_is_counted_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    on(monkeypatch, 1)
    ask("asylum", 4)
    monkeypatch.undo()
    ask("asylum", 4)
    ask("asylum", 4, language="fr")
    assert sorted(AskedQuestion.objects.values_list("times", flat=True)) == [4, 4, 4]
    assert "asylum" not in everything_stored()
    marks = AskedQuestion.objects.filter(language="en").values_list("mark", flat=True)
    assert len(set(marks)) == 2, "the key of another day gives another mark"


def test_nothing_finer_than_the_day_and_nobody_is_stored() -> None:
    names = {field.name for field in AskedQuestion._meta.get_fields()}
    assert names == {
        "id", "day", "language", "mark", "words", "folded", "times", "empty", "opened",
        "networks",
    }  # fmt: skip


@pytest.mark.parametrize(
    "question",
    [
        "jan.janssens@example.org",
        "mail jan@localhost",
        "0476 12 34 56",
        "+32 2 793 22 30",
        "85.07.30-033.28",
        "BE68 5390 0754 7034",
        "passport EH123456",
        "dossier zzk12345",
        "born 12/05/1985",
        "٠٤٧٦١٢٣٤٥٦",
        "https://example.org/me",
        "@janpeeters",
        "peeters123",
        "12 march 1984 kabul",
        "né le 1er août 1990",
        "March 12, 1984",
        "12 مارس 1984",
        "one two three four five six seven eight nine",
        "x" * 81,
        "",
        " – ?! ",
    ],
)
def test_what_looks_like_personal_data_is_never_counted(question: str) -> None:
    ask(question, 6)
    assert not AskedQuestion.objects.exists()


@pytest.mark.parametrize(
    "question",
    [
        "2011/95/EU", "Regulation 2024/1347", "604/2013", "C-411/10", "statistics 2019-2021",
        "2018Q4", "32011L0095", "covid19", "12 months 2024", "level A2", "2013/33 2011/95",
        "family reunification in Belgium",
    ],
)  # fmt: skip
def test_laws_cases_and_years_are_no_personal_data(question: str) -> None:
    ask(question, 5)
    assert AskedQuestion.objects.get().words == question


def test_an_opened_result_is_counted_at_most_as_often_as_it_was_asked() -> None:
    noticing.opened("visa", "en", "here")
    assert not AskedQuestion.objects.exists()
    ask("visa", 2)
    for _number in range(5):
        noticing.opened("Visa", "en", "here")
    assert AskedQuestion.objects.get().opened == 2
    noticing.opened("visa", "fr", "here")
    noticing.opened("other", "en", "here")
    assert AskedQuestion.objects.get().opened == 2


def test_the_next_day_the_key_and_what_was_rare_are_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, 1)
    ask("rare", 4)
    ask("common", 5)
    assert AskedQuestion.objects.exclude(networks="").count() == 2
    monkeypatch.undo()
    ask("today", 2)
    assert keeping.forget_questions() == 2
    assert list(DayKey.objects.values_list("day", flat=True)) == [timezone.localdate()]
    assert {(row.words, row.times) for row in AskedQuestion.objects.all()} == {
        ("common", 5), ("", 2),
    }  # fmt: skip
    assert AskedQuestion.objects.get(words="common").networks == ""


def test_counts_and_wishes_go_after_four_hundred_days() -> None:
    old, young = (timezone.localdate() - datetime.timedelta(days=days) for days in (401, 399))
    for day in (old, young):
        AskedQuestion.objects.create(day=day, language="en", mark="x", words="a", folded="a")
        LookedFor.objects.create(
            folded=str(day), language="en", words="a", first_day=old, last_day=day
        )
    keeping.forget_questions()
    assert AskedQuestion.objects.get().day == young
    assert LookedFor.objects.get().last_day == young


def test_it_is_among_what_the_worker_tidies() -> None:
    assert keeping.forget_questions in housekeeping._tasks


def test_a_count_that_fails_breaks_nothing_and_logs_no_word(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_given: Any) -> str:
        raise OperationalError("attempt to write a readonly database: hush-hush")

    monkeypatch.setattr(counting, "mark_of", fail)
    caplog.set_level(logging.DEBUG)
    ask("hush-hush")
    messages = [record.getMessage() for record in caplog.records if "django.db" not in record.name]
    assert any("not counted" in message for message in messages)
    assert not any(
        "hush" in message or "hush" in str(record.exc_text)
        for message, record in zip(messages, caplog.records, strict=False)
    )


def test_the_database_waits_as_long_as_before_afterwards() -> None:
    def timeout() -> Any:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            return cursor.fetchone()

    before = timeout()
    ask("visa")
    assert timeout() == before


def test_a_network_counts_once_a_day_for_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    for _number in range(10):
        noticing.asked("visa", "en", 3, "198.51.100.7")
        noticing.asked("VISA ", "en", 3, "198.51.100.7")
    noticing.asked("asylum", "en", 3, "198.51.100.7")
    noticing.asked("visa", "en", 3, "198.51.100.8")
    assert sorted(AskedQuestion.objects.values_list("times", flat=True)) == [1, 2]
    on(monkeypatch, -1)
    noticing.asked("visa", "en", 3, "198.51.100.7")
    assert sorted(AskedQuestion.objects.values_list("times", flat=True)) == [1, 1, 2]


def test_one_client_plants_no_suggestion(
    site: MadeSite, client: Client, monkeypatch: pytest.MonkeyPatch, fill: Callable[[], None]
) -> None:
    make_output(site, title="Cheap visa")
    fill()
    for days_ago in (1, 0):
        on(monkeypatch, days_ago)
        for number in range(6):
            # Of one network, whatever its last bits say.
            address = f"2001:db8:7:{number}::{number}"
            client.get("/en/search/?q=cheap+visa", REMOTE_ADDR=address)
        monkeypatch.undo()
    assert [row.times for row in AskedQuestion.objects.all()] == [1, 1]
    assert noticing.frequent("cheap", "en") == []


def test_where_a_question_came_from_can_be_told_by_nothing_that_is_stored() -> None:
    ask("visa", 5)
    noticing.asked("visa", "en", 3, "198.51.100.7")
    stored = everything_stored()
    assert "198.51" not in stored
    assert "network-" not in stored
    marks = AskedQuestion.objects.get().networks.split()
    assert len(set(marks)) == 6


def test_a_network_begins_few_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "NEW_FROM_A_NETWORK", {3600: 3})
    for letter in "abcdef":
        noticing.asked(f"word{letter}", "en", 3, "here")
    assert AskedQuestion.objects.count() == 3
    noticing.asked("wordf", "en", 3, "elsewhere")
    noticing.asked("wordf", "en", 3, "here")
    assert AskedQuestion.objects.get(times=2), "what others ask it may ask too"
    monkeypatch.setattr(counting, "NEW_A_DAY", 4)
    ask("another")
    assert AskedQuestion.objects.count() == 4


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Jan Peeters", "en"),
        ("fatima hassani", "fr"),
        ("FATIMA HASSANI", "fr"),
        ("Nicole de Moor asylum", "nl"),
        ("visa for Amadou Diallo", "en"),
        ("Ahmad Zahir", "de"),
        ("rose bakker", "nl"),
        ("jean martin", "fr"),
        ("ali khan", "en"),
        ("anna de wit", "nl"),
        ("محمد علي", "ar"),
        ("علي حسن", "en"),
        ("li wei", "en"),
        ("Nguyen van an", "en"),
        ("mehmet asylum yilmaz", "en"),
        ("王伟", "en"),
        ("neighbour peeters", "en"),
        ("ahmadi dublin transfer", "en"),
        ("Dupont naturalisation refusée", "fr"),
        ("vermeulen huwelijk geweigerd", "nl"),
        ("محمد اللجوء", "ar"),
    ],
)
def test_what_may_name_a_person_is_never_counted(question: str, language: str) -> None:
    ask(question, 6, language=language)
    assert not AskedQuestion.objects.exists()


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Family Reunification", "en"),
        ("Seasonal workers", "en"),
        ("gezinshereniging wachttijd", "nl"),
        ("Blockchain", "en"),
        ("EU Pact", "en"),
        ("Belgium golden passports", "en"),
        ("driving licence", "en"),
        ("permis de conduire", "fr"),
        ("rekening openen", "nl"),
        ("cricket players", "en"),
        ("bone x-ray", "en"),
        ("Libyan coastguard", "en"),
        ("Hungarian fence", "en"),
        ("Calais jungle", "en"),
        ("stateles camps", "en"),
        ("PNR data", "en"),
    ],
)
def test_terms_and_words_of_public_texts_name_nobody(
    site: MadeSite, fill: Callable[[], None], question: str, language: str
) -> None:
    make_concept("seasonal-worker", en="seasonal worker")
    make_concept("family-reunification", en="family reunification", nl="gezinshereniging")
    make_concept("stateless-person", en="stateless person")
    for number in range(3):
        make_output(site, title=f"Golden passports {number}", teaser="")
    fill()
    ask(question, 5, language=language)
    assert AskedQuestion.objects.get().words == question


def test_names_of_authors_are_names_however_often_they_stand_in_texts(
    site: MadeSite, fill: Callable[[], None]
) -> None:
    for number in range(4):
        make_output(site, title=f"Study {number}", teaser="By Jan Peeters")
    fill()
    ask("Jan Peeters", 5)
    assert not AskedQuestion.objects.exists()


def test_a_question_that_is_there_costs_one_write() -> None:
    ask("visa")
    with CaptureQueriesContext(connection) as captured:
        ask("visa")
    statements = [query["sql"] for query in captured]
    writes = [sql for sql in statements if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(writes) == 1
    assert sum(sql.startswith("SELECT") for sql in statements) == 1


@pytest.mark.parametrize(
    ("query", "headers", "counted"),
    [
        ({"q": "visa"}, {}, True),
        ({"q": "visa", "page": "2"}, {}, False),
        ({"q": "visa", "theme": "borders"}, {}, False),
        ({"q": ["visa", "asylum"]}, {}, False),
        ({}, {}, False),
        ({"q": "visa"}, {"Sec-Purpose": "prefetch;prerender"}, False),
        ({"q": "visa"}, {"Purpose": "prefetch"}, False),
        ({"q": "visa"}, {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, False),
    ],
)
def test_only_a_first_question_of_a_person_is_counted(
    query: dict[str, Any], headers: dict[str, str], counted: bool
) -> None:
    factory = RequestFactory()
    assert noticing.is_counted(factory.get("/en/search/", query, headers=headers)) is counted
    assert not noticing.is_counted(factory.head("/en/search/", query, headers=headers))


def test_questions_of_two_days_are_offered_and_a_withheld_one_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    on(monkeypatch, 1)
    ask("family reunification", 5)
    ask("family benefits", 7, total=0)
    ask("family life", 6)
    monkeypatch.undo()
    ask("family reunification", 5)
    ask("family benefits", 5)
    ask("family tree", 9)
    ask("family life", 5)
    assert noticing.frequent("Fámi", "en", 4) == ["family life", "family reunification"]
    assert noticing.frequent("family life", "en", 4) == []
    assert noticing.frequent("f", "en", 4) == noticing.frequent("fami", "fr", 4) == []
    Unsuggested.objects.create(folded="family life", language="en")
    repeated.forget()
    assert noticing.frequent("fami", "en", 4) == ["family reunification"]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("asylum -minors", "en"),
        ("asylum OR visa", "en"),
        ("asile OU visa", "fr"),
        ('"asylum visa"', "en"),
        ("„asylum“", "de"),
        ("asyl*", "en"),
        ("asylum title:visa", "en"),
        ("asylum | visa", "en"),
        ("<b>asylum</b>", "en"),
    ],
)
def test_a_question_that_steers_the_search_is_not_offered(
    question: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, 1)
    ask(question, 5, language=language)
    monkeypatch.undo()
    ask(question, 5, language=language)
    assert AskedQuestion.objects.exclude(words="").count() == 2
    start = key_of(question)[:3]
    assert noticing.frequent(start, language) == []


@pytest.mark.parametrize(
    "question", ["ad-hoc query", "2011/95/EU", "l’asile", "visa (short stay)", "asylum & visa"]
)
def test_signs_within_words_steer_nothing(question: str) -> None:
    assert is_plain(question, "en")


def test_frequent_questions_do_not_ask_the_database_each_time() -> None:
    noticing.frequent("family", "en", 4)
    with CaptureQueriesContext(connection) as captured:
        noticing.frequent("asylum", "en", 4)
    assert not captured.captured_queries


def test_a_page_tells_that_a_result_was_opened(site: MadeSite, client: Client) -> None:
    ask("visa", 2, language="fr")
    here = {"Sec-Fetch-Site": "same-origin"}
    answer = client.post(
        "/fr/search/opened", "q=visa", content_type="application/x-www-form-urlencoded",
        headers=here,
    )  # fmt: skip
    assert (answer.status_code, answer["Cache-Control"]) == (204, "no-store")
    assert not answer.cookies
    assert AskedQuestion.objects.get().opened == 1


def test_a_foreign_or_large_or_odd_message_counts_nothing(site: MadeSite, client: Client) -> None:
    ask("visa", 9)
    form = "application/x-www-form-urlencoded"
    for body, kind, headers in (
        ("q=visa", form, {"Sec-Fetch-Site": "cross-site"}),
        ("q=visa", form, {"Origin": "https://elsewhere.example"}),
        ("q=visa", "text/plain", {"Sec-Fetch-Site": "same-origin"}),
        ("q=visa&more=" + "x" * 3000, form, {"Sec-Fetch-Site": "same-origin"}),
    ):
        answer = client.post("/en/search/opened", body, content_type=kind, headers=headers)
        assert answer.status_code == 204
    assert client.get("/en/search/opened").status_code == 405
    assert AskedQuestion.objects.get().opened == 0
