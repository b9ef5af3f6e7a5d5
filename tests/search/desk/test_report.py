"""Editors see what was asked, by question, and get it as a table; nobody else does."""

import csv
import datetime
import io
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from editing import PASSWORD, sign_in, sign_in_as
from factories import make_concept

from contactpoint.accounts.actions import create_editor
from contactpoint.search.desk.frame import question_url
from contactpoint.search.models import AskedQuestion, LookedFor, Pin, Unsuggested

pytestmark = pytest.mark.django_db
PAGES = ("search_asked", "search_looked_for", "pinned_results:index", "pinned_results:add")


def count(words: str, times: int, *, days_ago: int = 0, **fields: Any) -> AskedQuestion:
    """A day's count, as `noticing` writes it."""
    given = {"language": "en", "mark": words, "words": words, "folded": words, **fields}
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    return AskedQuestion.objects.create(day=day, times=times, **given)


@pytest.fixture
def editor(client: Client) -> Client:
    sign_in(client)
    return client


@pytest.fixture
def outsider(client: Client) -> Client:
    """May enter the admin, and nothing else."""
    user = create_editor("outsider@portal.test", password=PASSWORD).user
    user.groups.clear()
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    sign_in_as(client, user)
    return client


def refused(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer["Location"] == reverse("wagtailadmin_home")


def rows(client: Client, **query: str) -> list[tuple[str, int, int, int]]:
    answer = client.get(reverse("search_asked"), query)
    assert answer.status_code == 200
    questions = [one for one, _url in answer.context["questions"]]
    return [(one.words, one.times, one.empty, one.opened) for one in questions]


def test_nobody_gets_in_without_signing_in(client: Client) -> None:
    for address in (*map(reverse, PAGES), question_url("visa", "en")):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/")
    assert client.post(reverse("search_dismiss", args=[1])).status_code == 302


def test_who_has_no_right_sees_nothing_and_changes_nothing(outsider: Client) -> None:
    wish = LookedFor.objects.create(
        folded="a", language="en", words="a",
        first_day=timezone.localdate(), last_day=timezone.localdate(),
    )  # fmt: skip
    home = outsider.get("/admin/").content.decode()
    assert "Readers looked for" not in home
    for name in PAGES:
        assert refused(outsider.get(reverse(name)))
        assert reverse(name) not in home
    for action in ("answer", "synonym", "withhold"):
        assert refused(outsider.post(question_url("visa", "en"), {"action": action}))
    assert refused(outsider.get(question_url("visa", "en")))
    assert refused(outsider.post(reverse("search_dismiss", args=[wish.pk])))
    wish.refresh_from_db()
    assert wish.status == "waiting"
    assert not Unsuggested.objects.exists()
    assert not Pin.objects.exists()


def test_who_may_only_look_gets_no_form_and_changes_nothing(client: Client) -> None:
    user = create_editor("looker@portal.test", password=PASSWORD).user
    user.groups.clear()
    rights = ["access_admin", "view_askedquestion", "view_lookedfor"]
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    sign_in_as(client, user)
    page = client.get(question_url("visa", "en"))
    assert page.status_code == 200
    assert page.context["answer_form"] is page.context["synonym_form"] is None
    for action in ("answer", "synonym", "withhold"):
        assert refused(client.post(question_url("visa", "en"), {"action": action}))


def test_an_editor_finds_the_pages_in_the_menu(editor: Client) -> None:
    home = editor.get("/admin/").content.decode()
    for name in ("search_asked", "search_looked_for", "pinned_results:index"):
        assert reverse(name) in home
        assert editor.get(reverse(name)).status_code == 200


def test_days_are_added_up_by_question_and_language(editor: Client) -> None:
    count("visa", 5, empty=5)
    count("visa", 7, days_ago=3, opened=2)
    count("visa", 9, language="fr")
    count("asylum", 20, days_ago=29)
    count("old", 99, days_ago=31)
    count("", 4, mark="hidden")
    assert rows(editor) == [("asylum", 20, 0, 0), ("visa", 12, 5, 2), ("visa", 9, 0, 0)]
    assert rows(editor, language="fr") == [("visa", 9, 0, 0)]
    assert rows(editor, days="7") == [("visa", 12, 5, 2), ("visa", 9, 0, 0)]
    assert rows(editor, days="90")[0] == ("old", 99, 0, 0)
    assert rows(editor, days="-1", language="xx", show="DROP") == rows(editor)


def test_what_found_nothing_and_what_is_hardly_opened_stand_apart(editor: Client) -> None:
    count("never found", 8, empty=8)
    count("found once", 9, empty=3, opened=6)
    count("hardly opened", 20, opened=3)
    count("well opened", 20, opened=4)
    assert rows(editor, show="nothing") == [("never found", 8, 8, 0), ("found once", 9, 3, 6)]
    assert rows(editor, show="few") == [("hardly opened", 20, 0, 3)]


def test_the_report_says_what_it_cannot_know(editor: Client) -> None:
    page = editor.get(reverse("search_asked")).content.decode()
    assert "No question was counted" in page
    assert "readers without it open results unseen" in page


def test_every_number_has_its_name_beside_it_for_phones(editor: Client) -> None:
    count("visa", 7, empty=2)
    page = editor.get(reverse("search_asked")).content.decode()
    assert '<td data-label="Asked">7</td><td data-label="Found nothing">2</td>' in page


def test_the_table_holds_all_rows_and_no_formula(editor: Client) -> None:
    for number in range(60):
        count(f"question {number:02}", 100 - number)
    count("=cmd|' /C calc'!A0", 500)
    answer = editor.get(reverse("search_asked"), {"format": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
    assert answer["Cache-Control"] == "no-store"
    table = list(csv.reader(io.StringIO(answer.content.decode())))
    assert len(table) == 62
    today = timezone.localdate().isoformat()
    assert table[1] == ["'=cmd|' /C calc'!A0", "en", "1", "500", "0", "0", today]


def test_what_readers_typed_is_text(editor: Client) -> None:
    evil = "<script>alert(1)</script>"
    count(evil, 9)
    today = timezone.localdate()
    LookedFor.objects.create(
        folded=evil, language="en", words=evil, first_day=today, last_day=today
    )
    for address in (*map(reverse, PAGES), question_url(evil, "en"), "/admin/"):
        assert "<script>alert(1)" not in editor.get(address).content.decode()


def test_a_page_takes_as_many_queries_for_many_as_for_few(editor: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            editor.get(reverse("search_asked"))
        return len(captured)

    count("visa", 5)
    queries()
    few = queries()
    for number in range(20):
        count(f"question {number}", 6)
    assert queries() == few


def test_a_question_shows_its_days_and_what_the_glossary_sees_in_it(editor: Client) -> None:
    make_concept("asylum", en="asylum", nl="asiel")
    count("asiel", 6, language="nl", opened=2)
    count("asiel", 8, language="nl", days_ago=1)
    page = editor.get(question_url("Asiel", "nl"))
    assert [(day.times, day.opened) for day in page.context["days"]] == [(6, 2), (8, 0)]
    assert page.context["understood"] == ["asylum"]
    assert page.context["search_url"] == "/nl/search/?q=Asiel"
    assert editor.get(question_url(" ?! ", "nl")).status_code == 400
    assert editor.get(question_url("asiel", "xx")).status_code == 400
    assert editor.post(question_url("asiel", "nl"), {"action": "dance"}).status_code == 400


def test_a_question_is_withheld_from_suggestions_and_let_through_again(editor: Client) -> None:
    editor.post(question_url("Rude words", "en"), {"action": "withhold"})
    assert Unsuggested.objects.get().folded == "rude words"
    editor.post(question_url("rude words", "en"), {"action": "suggest"})
    assert not Unsuggested.objects.exists()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = editor.cookies
    assert strict.post(question_url("a b", "en"), {"action": "withhold"}).status_code == 403
