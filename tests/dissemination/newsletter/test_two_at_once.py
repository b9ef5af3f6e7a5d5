"""Two who change an issue at once: nobody's words are lost, and nobody writes over them unseen."""

import html
import re

import pytest
from django.test import Client
from factories import MadeSite
from people import person

from contactpoint.dissemination.models import Issue
from contactpoint.outputs.models import Output

from .conftest import issue_of

CONFLICT = "the issue was changed elsewhere since you opened this form"


@pytest.fixture
def editor(site: MadeSite) -> Client:
    return person("Editors")[1]


def edit(issue: Issue) -> str:
    return f"/admin/newsletter/edit/{issue.pk}/"


def opened(client: Client, issue: Issue) -> dict[str, str]:
    """What a form sends that somebody has open, without its sections."""
    shown = client.get(edit(issue)).content.decode()
    (field,) = re.findall(r'<input type="hidden" name="mark"[^>]*>', shown)
    (mark,) = re.findall(r'value="(\w+)"', field)
    return {"mark": mark, "since": f"{issue.since}", "sections-count": "0"}


def test_the_later_of_two_saves_is_refused_and_keeps_its_words(
    editor: Client, study: Output
) -> None:
    issue = issue_of(study)
    first, second = opened(editor, issue), opened(editor, issue)
    assert editor.post(edit(issue), {**first, "titles_en": "Of Anna"}).status_code == 302
    answer = editor.post(edit(issue), {**second, "titles_en": "Of Ben"})
    assert answer.status_code == 200
    shown = html.unescape(answer.content.decode())
    assert CONFLICT in shown
    assert "Of Ben" in shown
    assert Issue.objects.get().titles == {"en": "Of Anna"}
    again = editor.post(edit(issue), {**second, "titles_en": "Of Ben"})
    assert CONFLICT in html.unescape(again.content.decode()), "the form is as old as before"
    fresh = opened(editor, issue)
    assert editor.post(edit(issue), {**fresh, "titles_en": "Of both"}).status_code == 302
    assert Issue.objects.get().titles == {"en": "Of both"}


def test_a_form_beside_arrange_anew_does_not_undo_it(
    editor: Client, study: Output, news: Output
) -> None:
    issue = issue_of(study, news)
    form = opened(editor, issue)
    editor.post(f"/admin/newsletter/issue/{issue.pk}/arrange/", {"by": "theme"})
    arranged = list(Issue.objects.get().sections.raw_data)
    answer = editor.post(edit(issue), form)
    assert CONFLICT in html.unescape(answer.content.decode())
    assert list(Issue.objects.get().sections.raw_data) == arranged


def test_what_was_scheduled_while_a_form_was_open_stays_as_it_was(
    editor: Client, study: Output
) -> None:
    issue = issue_of(study)
    form = opened(editor, issue)
    Issue.objects.update(state=Issue.State.SCHEDULED)
    answer = editor.post(edit(issue), {**form, "titles_en": "Too late"})
    assert answer["Location"].endswith(f"/admin/newsletter/issue/{issue.pk}/")
    assert Issue.objects.get().titles == {}


@pytest.mark.parametrize("page", ["edit", "new"])
@pytest.mark.parametrize("part", [{}, {"sections-count": "1"}])
def test_a_form_without_a_script_loses_nothing_and_says_why(
    editor: Client, study: Output, page: str, part: dict[str, str]
) -> None:
    issue = issue_of(study)
    before = list(issue.sections.raw_data)
    form = opened(editor, issue)
    del form["sections-count"]
    address = edit(issue) if page == "edit" else "/admin/newsletter/new/"
    answer = editor.post(address, {**form, **part, "titles_en": "Of Anna"})
    assert answer.status_code == 200
    shown = html.unescape(answer.content.decode())
    assert "arranged with JavaScript" in shown
    assert "Of Anna" in shown
    kept = Issue.objects.get()
    assert kept.titles == {}
    assert list(kept.sections.raw_data) == before
