"""Editors arrange, try and send an issue; nobody else does."""

import datetime
import html
import re
from types import SimpleNamespace

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from factories import MadeSite, make_output
from people import person

from contactpoint.dissemination.blocks import ThingBlock, as_kept, key_of, thing_at
from contactpoint.dissemination.matching.happenings import What, happened
from contactpoint.dissemination.models import Issue
from contactpoint.dissemination.newsletter import adding
from contactpoint.dissemination.newsletter.gathering import keys_in
from contactpoint.dissemination.newsletter.sending import schedule, work
from contactpoint.outputs.models import Output
from contactpoint.search.sources import documents

from .conftest import issue_of, key, reader, restrict

PAGES = ("", "new/", "arrange/", "test/", "leave/", "call-back/")


@pytest.fixture
def editor(site: MadeSite) -> Client:
    return person("Editors")[1]


def page(issue: Issue, rest: str = "") -> str:
    return f"/admin/newsletter/issue/{issue.pk}/{rest}"


@pytest.mark.parametrize("role", ["Translators", "Contributors", "Glossary editors"])
def test_only_editors_write_and_send_it(role: str, study: Output) -> None:
    issue = issue_of(study)
    _user, client = person(role)
    for rest in PAGES:
        method = client.get if rest in ("", "new/") else client.post
        assert method(page(issue, rest)).status_code in (302, 403), rest
    assert client.get("/admin/newsletter/new/").status_code in (302, 403)
    assert "newsletter" not in client.get("/admin/").content.decode().lower()
    issue.refresh_from_db()
    assert issue.state == "draft"
    assert not mail.outbox


def test_a_new_issue_is_filled_with_what_is_new(editor: Client, study: Output) -> None:
    happened(key(study), What.NEW)
    form = html.unescape(editor.get("/admin/newsletter/new/").content.decode())
    form = form.replace("\\u00b7", "·")  # as JSON writes it
    assert re.search(rf"Living together · Publications[^\[]* \[{key(study)}\]", form)


def test_the_form_keeps_what_was_arranged(editor: Client, study: Output) -> None:
    (thing,) = documents([key(study)])
    given = {
        "titles_en": "Homes", "introductions_en": "Dear reader", "since": "2026-01-01",
        "sections-count": "1", "sections-0-deleted": "", "sections-0-order": "0",
        "sections-0-type": "section", "sections-0-id": "", "sections-0-value-about": "coming",
        "sections-0-value-items-count": "1", "sections-0-value-items-0-deleted": "",
        "sections-0-value-items-0-order": "0", "sections-0-value-items-0-type": "item",
        "sections-0-value-items-0-id": "",
        "sections-0-value-items-0-value-thing": as_kept(thing),
        "sections-0-value-items-0-value-words-title_fr": "Chez soi",
    }  # fmt: skip
    given |= {f"sections-0-value-headings-{code}": "" for code in ("en", "fr", "nl", "de")}
    answer = editor.post("/admin/newsletter/new/", given)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    issue = Issue.objects.get()
    assert keys_in(issue) == {key(study)}
    assert issue.sections[0].value["items"][0]["words"]["title_fr"] == "Chez soi"
    assert str(issue) == "Homes"


def test_a_thing_is_found_by_the_address_of_its_page(study: Output) -> None:
    address = f"https://portal.example.org{study.get_url()}"
    found = thing_at(address)
    assert found is not None
    assert found.key == key(study)
    assert key_of(ThingBlock().clean(address)) == key(study)


def test_an_address_of_nothing_public_is_refused(study: Output) -> None:
    address = study.get_url() or ""
    for version in study.get_translations(inclusive=True):
        restrict(version)
    for written in (address, "/en/", "https://elsewhere.example/en/news/a/", "nothing"):
        assert thing_at(written) is None


def test_the_page_shows_the_mail_in_each_language_in_a_frame_that_runs_nothing(
    editor: Client, study: Output
) -> None:
    shown = editor.get(page(issue_of(study)) + "?language=fr").content.decode()
    frames = re.findall(r"<iframe [^>]*>", shown)
    assert len(frames) == 2
    assert all('sandbox=""' in frame for frame in frames)
    assert "Vivre ensemble" in html.unescape(frames[0])


def test_a_test_goes_to_the_editor_alone(editor: Client, study: Output) -> None:
    reader("anna@example.org")
    issue = issue_of(study)
    editor.post(page(issue, "test/"), {"language": "fr", "to": "somebody@example.org"})
    (sent,) = mail.outbox
    assert sent.to == ["editors@portal.test"]
    assert "Vivre ensemble" in sent.body
    assert "/follow/stop/" not in sent.body
    issue.refresh_from_db()
    assert issue.state == "draft"


def test_the_links_of_a_test_lead_somewhere(editor: Client, study: Output) -> None:
    issue = issue_of(study)
    editor.post(page(issue, "test/"), {"language": "fr"})
    (sent,) = mail.outbox
    written = sent.body + str(sent.alternatives)  # type: ignore[attr-defined]
    assert "/newsletter/0/" not in written
    addresses = re.findall(r"https://portal\.example\.org([^\s\"]+)", written)
    assert page(issue) + "?language=fr" in addresses
    for address in set(addresses):
        assert editor.get(address).status_code == 200, address


def mark_on(client: Client, issue: Issue) -> str:
    """Of the state that the page of an issue shows."""
    shown = client.get(page(issue)).content.decode()
    return re.findall(r'name="mark" value="(\w+)"', shown)[0]


@pytest.mark.parametrize("when", ["now", "later"])
def test_what_a_colleague_changed_meanwhile_is_not_sent_unseen(
    editor: Client, study: Output, when: str
) -> None:
    issue = issue_of(study)
    at = timezone.localtime() + datetime.timedelta(days=2)
    given = {"when": when, "at": f"{at:%Y-%m-%dT%H:%M}", "mark": mark_on(editor, issue)}
    issue.introductions = {"en": "Words of a colleague"}
    issue.save()
    answer = editor.post(page(issue, "leave/"), given, follow=True)
    shown = html.unescape(answer.content.decode())
    assert "changed after you opened this page" in shown
    assert "Words of a colleague" in shown
    issue.refresh_from_db()
    assert issue.state == "draft"
    editor.post(page(issue, "leave/"), {**given, "mark": mark_on(editor, issue)})
    issue.refresh_from_db()
    assert issue.state == "scheduled"


def test_an_issue_is_scheduled_and_called_back(editor: Client, study: Output) -> None:
    issue = issue_of(study)
    at = timezone.localtime() + datetime.timedelta(days=2)
    given = {"when": "later", "at": f"{at:%Y-%m-%dT%H:%M}", "mark": mark_on(editor, issue)}
    editor.post(page(issue, "leave/"), given)
    issue.refresh_from_db()
    assert issue.state == "scheduled"
    assert issue.send_at is not None
    assert timezone.localtime(issue.send_at).replace(second=0) == at.replace(
        second=0, microsecond=0
    )
    editor.post(page(issue, "call-back/"))
    issue.refresh_from_db()
    assert (issue.state, issue.send_at) == ("draft", None)


@pytest.mark.parametrize("at", ["", "soon", "2020-01-01T09:00", "2099-01-01T09:00"])
def test_a_moment_that_is_none_is_said_at_its_field(editor: Client, study: Output, at: str) -> None:
    issue = issue_of(study)
    answer = editor.post(page(issue, "leave/"), {"when": "later", "at": at})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    issue.refresh_from_db()
    assert issue.state == "draft"


def test_what_is_scheduled_or_left_is_neither_changed_nor_deleted(
    editor: Client, study: Output
) -> None:
    issue = issue_of(study)
    schedule(issue, timezone.now())
    for _step in range(2):
        for view in ("edit", "delete"):
            answer = editor.post(f"/admin/newsletter/{view}/{issue.pk}/")
            assert answer.status_code == 302
            assert answer["Location"].endswith(page(issue))
        work()
    assert Issue.objects.get().number == 1


def test_what_is_new_is_ticked_and_put_into_its_section(
    editor: Client, study: Output, news: Output
) -> None:
    issue = issue_of(study)
    happened(key(news), What.NEW)
    listed = editor.get(page(issue, "new/")).content.decode()
    assert "A room for everybody" in listed
    assert "Living together" not in listed
    editor.post(page(issue, "new/"), {"thing": [f"kind:news-item|{key(news)}", "x|nothing:1"]})
    issue = Issue.objects.get()
    assert keys_in(issue) == {key(study), key(news)}
    assert [block.value["about"] for block in issue.sections] == [
        "kind:publication",
        "kind:news-item",
    ]


def test_what_a_search_finds_goes_to_the_section_of_its_kind(
    editor: Client, study: Output, news: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = SimpleNamespace(results=[SimpleNamespace(key=key(news)), SimpleNamespace(key="x:1")])
    monkeypatch.setattr(adding, "ask", lambda *_asked, **_more: found)
    issue = issue_of(study)
    listed = editor.get(page(issue, "new/") + "?q=room").content.decode()
    (value,) = re.findall(r'name="thing" value="([^"]+)"', listed)
    editor.post(page(issue, "new/"), {"thing": value})
    assert [one.value["about"] for one in Issue.objects.get().sections] == [
        "kind:publication",
        "kind:news-item",
    ]


def test_items_are_arranged_anew_by_theme_with_their_words(
    editor: Client, study: Output, news: Output
) -> None:
    issue = issue_of(study, news, words={"title_en": "Read this"})
    editor.post(page(issue, "arrange/"), {"by": "theme"})
    issue = Issue.objects.get()
    assert [block.value["about"] for block in issue.sections] == ["kind:news-item", "theme:asylum"]
    assert issue.sections[1].value["items"][0]["words"]["title_en"] == "Read this"


def test_the_page_tells_how_many_get_it_and_how_far_it_is(editor: Client, study: Output) -> None:
    reader("anna@example.org", "fr")
    reader("ben@example.org", "fr")
    issue = issue_of(study)
    shown = editor.get(page(issue)).content.decode()
    assert re.search(r"Français</th><td>2</td>", shown)
    schedule(issue, timezone.now())
    work()
    assert "0 of 2 mails sent" in editor.get(page(issue)).content.decode()


def test_what_readers_may_not_see_is_named_to_the_editor(
    editor: Client, site: MadeSite, study: Output
) -> None:
    closed = make_output(site, "news-item", title="Closed later")
    issue = issue_of(study, closed)
    restrict(closed)
    shown = html.unescape(editor.get(page(issue)).content.decode())
    assert re.search(r"may not see these now[^<]*Closed later", shown)
