"""Numbers of pages are counted up and so easily guessed: no address of the admin that takes one
says what stands in a draft of others. All are walked, so that one more which tells is found.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from factories import MadeSite, make_family, make_institution, make_output, make_site
from people import person
from registering import make_event
from wagtail.models import GroupApprovalTask, Locale, Page, Workflow, WorkflowTask
from wagtail_localize.models import Translation

from contactpoint.accounts.models import User
from contactpoint.desk.models import Likeness
from contactpoint.events.models import EventRegister
from contactpoint.languages.desk.starting import start
from contactpoint.outputs.models import Output, OutputInstitution

pytestmark = pytest.mark.django_db
ROLES = ("Contributors", "Translators")
SECRET = "Hush-hush"
SPOKEN = re.compile("hush.?hush", re.IGNORECASE)
PLACEHOLDER = re.compile(r"<(?:(\w+):)?(\w+)>|\((?:\?P<(\w+)>)?([^()]+)\)")
WORDS = {
    "app_label": "wagtailcore", "app_name": "outputs", "model_name": "page", "action": "delete",
    "content_type_app_name": "outputs", "content_type_model_name": "newsitem", "form": "csv",
    "action_name": "approve", "mode": "entry", "media_type": "video", "filter_spec": "original",
    "uidb64": "a", "token": "b",
}  # fmt: skip


@pytest.fixture
def site(db: None) -> MadeSite:
    return make_site(("en", "nl"), standard=False)


@pytest.fixture
def author(db: None) -> User:
    return person("Administrators", "author")[0]


@pytest.fixture
def secrets(site: MadeSite, author: User) -> list[Page]:
    """Drafts of an institution that the people of these tests do not write for: one in every state
    that a view asks about, an event with a list of people, and what has changed on a public page.
    """
    family = make_family("a-study", "study")
    given: dict[str, Any] = {"institutions": ["ministry"], "live": False, "families": [family]}
    draft = make_output(site, title=f"{SECRET} plans", text=f"{SECRET} words", **given)
    event = make_event(site, title=f"{SECRET} meeting", slug="hush-hush-meeting", **given)
    EventRegister.objects.create(key=event.translation_key)
    public = make_output(site, "publication", title="Public words", draft_title=f"{SECRET} title")
    for page in (draft, event):
        page.save_revision(user=author)
        page.save_revision(user=author)
    public.title = f"{SECRET} title"
    public.save_revision(user=author)
    public.title = "Public words"
    OutputInstitution.objects.update(role="author")
    _wait_for_a_reader(draft, author)
    return [draft, event, public]


def _wait_for_a_reader(page: Output, author: User) -> None:
    workflow = Workflow.objects.create(name="Reading")
    task = GroupApprovalTask.objects.create(name="Read it")
    task.groups.set(Group.objects.filter(name="Administrators"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    workflow.start(page, author)
    Output.objects.filter(pk=page.pk).update(owner=None, last_published_at=timezone.now())


def _patterns(of: Any, before: str = "") -> Iterator[str]:
    for each in of.url_patterns:
        route = before + str(each.pattern).lstrip("^")
        if isinstance(each, URLResolver):
            yield from _patterns(each, route)
        elif isinstance(each, URLPattern) and route.startswith("admin/"):
            yield route.rstrip("$")


def _addresses(numbers: dict[str, int]) -> list[str]:
    """Every address of the admin, with numbers and words in its gaps."""

    def filled(gap: re.Match[str]) -> str:
        name = gap[2] or gap[3] or ""
        if name in WORDS:
            return WORDS[name]
        if gap[1] or name:
            return str(numbers.get(name, numbers["pk"]))
        return (
            "latest" if "latest" in gap[4] else "live" if "live" in gap[4] else str(numbers["pk"])
        )

    routes = {route for route in _patterns(get_resolver()) if PLACEHOLDER.search(route)}
    return sorted("/" + PLACEHOLDER.sub(filled, route).replace("\\", "") for route in routes)


def _of_page(page: Page) -> dict[str, int]:
    """The numbers that stand in addresses about a page."""
    revision = page.latest_revision_id or page.revisions.values_list("pk", flat=True).last() or 1
    numbers = {"pk": page.pk, "revision_id": revision, "workflow_pk": 1, "destination_id": 4}
    state = page.workflow_states.last()
    if state is not None:
        numbers |= {"workflow_state_id": state.pk, "task_state_id": state.current_task_state_id}
        numbers["task_id"] = state.current_task_state.task_id
    translation = Translation.objects.filter(source__object_id=page.translation_key).last()
    if translation is not None:
        numbers |= {"translation_id": translation.pk}
        numbers["translation_source_id"] = translation.source_id
    return numbers


def _about_pages(page: Page) -> list[str]:
    """Those that are likely to say something of a page; all are walked with one draft only."""
    parts = ("pages", "choose-page", "translations", "localize", "events", "desk", "outputs")
    places = tuple(f"/admin/{part}/" for part in (*parts, "api/main/pages"))
    return [each for each in _addresses(_of_page(page)) if each.startswith(places)]


def _told(client: Client, addresses: Iterable[str]) -> list[str]:
    """Those addresses whose answers, or what is said next, hold words of a draft."""
    told = []
    for address in addresses:
        for method in ("get", "post"):
            answer: Any = getattr(client, method)(address)
            shown = b"".join(answer.streaming_content) if answer.streaming else answer.content
            said = " ".join(map(str, get_messages(answer.wsgi_request)))
            if SPOKEN.search(shown.decode(errors="replace") + said):
                told.append(f"{method} {address} {answer.status_code}")
    return told


def _reader(role: str) -> Client:
    contributes = role == "Contributors"
    client = person(role, institution=make_institution("agency") if contributes else None)[1]
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("role", ROLES)
def test_no_address_with_a_number_tells_of_a_draft(
    site: MadeSite, secrets: list[Page], role: str
) -> None:
    client = _reader(role)
    told = _told(client, _addresses(_of_page(secrets[0])))
    for page in secrets[1:]:
        told += _told(client, _about_pages(page))
    assert not told, "\n".join(told)


def test_nor_of_a_draft_whose_translation_was_begun(site: MadeSite, author: User) -> None:
    draft = make_output(site, title=f"{SECRET} plans", institutions=["ministry"], live=False)
    start(draft, Locale.objects.get(language_code="nl"), author)
    told = _told(_reader("Contributors"), _about_pages(draft))
    assert not told, "\n".join(told)


def test_nor_about_an_item_of_ones_own_that_stands_beside_it(
    site: MadeSite, secrets: list[Page]
) -> None:
    """It is on the same study, looks like the draft, and is related to it."""
    client = _reader("Contributors")
    draft = secrets[0]
    given: dict[str, Any] = {"families": ["a-study"], "related": [draft.specific], "live": False}
    own = make_output(site, title="Our own words", institutions=["agency"], **given)
    OutputInstitution.objects.filter(page=own).update(role="author")
    own.save_revision()
    Likeness.objects.create(one=draft, other=own, by="title", percent=90)
    told = _told(client, [*_about_pages(own), reverse("desk_duplicates")])
    assert not told, "\n".join(told)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ["delete", "publish", "unpublish", "move"])
def test_no_action_on_many_pages_names_one(
    site: MadeSite, secrets: list[Page], role: str, action: str
) -> None:
    client = _reader(role)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    numbers = "&".join(f"id={page.pk}" for page in secrets)
    listed = f"id=all&childOf={site.lists['en']['news'].pk}"
    assert not _told(client, [f"{address}?next=/admin/&{asked}" for asked in (numbers, listed)])


def test_an_editor_finds_them_there(site: MadeSite, secrets: list[Page]) -> None:
    _user, client = person("Editors")
    draft, event, public = secrets
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    asked = [
        reverse("wagtailadmin_explore", args=[draft.pk]),
        reverse("wagtailadmin_choose_page_child", args=[event.pk]),
        reverse("wagtailadmin_explore", args=[public.pk]),
        f"{bulk}?id={draft.pk}&next=/admin/",
    ]
    told = _told(client, asked)
    assert {f"get {address} 200" for address in asked} <= set(told)
