"""Whoever may edit an event sees who comes, and nobody else does."""

import csv
import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from editing import sign_in
from factories import MadeSite, make_institution
from people import person
from registering import make_event, moved_to, statuses
from wagtail.models import GroupPagePermission, PageLogEntry

from contactpoint.events.actions import Person, register
from contactpoint.events.keeping import erase
from contactpoint.events.models import Registration
from contactpoint.kit import outbox
from contactpoint.outputs.models import Event, OutputInstitution

FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def full(event: Event) -> Event:
    """Two with a place, one who waits; one of them has a name that a spreadsheet would run."""
    for name in ("Zoë", FORMULA, "Wim"):
        number = len(statuses())
        person = Person(name, f"{number}@example.org", "@SUM(1)", "-1+2\n+3", "fr")
        register(event.translation_key, person, ticket=str(number))
    return event


def urls(event: Event) -> list[str]:
    return [
        reverse("events_registrations", args=[event.pk]),
        reverse("events_export", args=[event.pk, "csv"]),
        reverse("events_export", args=[event.pk, "xlsx"]),
    ]


def test_the_list_shows_who_comes_and_how_many(full: Event, client: Client) -> None:
    sign_in(client)
    page = client.get(urls(full)[0]).content.decode()
    assert "2 people have a place." in page
    assert "0 places are free." in page
    assert "1 person is waiting." in page
    assert page.index("Zoë") < page.index("Wim"), "who has a place stands before who waits"
    index = client.get(reverse("events_index")).content.decode()
    assert "A day of words" in index
    assert urls(full)[0] in index
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[full.pk])).content.decode()
    assert urls(full)[0] in edit


def test_who_may_not_edit_the_page_sees_nothing(
    site: MadeSite, full: Event, client: Client
) -> None:
    """An editor of news alone, who may enter the admin."""
    user = sign_in(client)
    group = Group.objects.create(name="News")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(
        group=group, page=site.lists["en"]["news"], permission=change
    )
    user.groups.set([group])
    remove = reverse("events_remove", args=[full.pk, Registration.objects.all()[0].pk])
    refused = [client.get(url) for url in urls(full)] + [client.post(remove)]
    for answer in refused:
        assert answer.status_code == 302
        assert answer["Location"] == reverse("wagtailadmin_home")
    assert len(statuses()) == 3
    assert "A day of words" not in client.get(reverse("events_index")).content.decode()
    GroupPagePermission.objects.all().delete()
    assert client.get(reverse("events_index"))["Location"] == reverse("wagtailadmin_home")


def test_strangers_are_sent_to_the_door(full: Event, client: Client) -> None:
    for url in (*urls(full), reverse("events_index")):
        answer = client.get(url)
        assert answer.status_code == 302
        assert "login" in answer["Location"]


def test_the_list_is_that_of_the_source_even_from_a_translation(
    site: MadeSite, full: Event, client: Client
) -> None:
    french = make_event(site, language="fr", translation_of=full)
    sign_in(client)
    assert "Zoë" in client.get(urls(french)[0]).content.decode()
    index = client.get(reverse("events_index")).content.decode()
    assert index.count("A day of words") == 1, "one event, one line"


def test_no_cell_of_an_export_is_run_as_a_formula(full: Event, client: Client) -> None:
    sign_in(client)
    _page, as_csv, as_xlsx = (client.get(url) for url in urls(full))
    text = as_csv.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 4
    assert rows[0][:3] == ["Name", "Organisation", "E-mail address"]
    sheet: Any = openpyxl.load_workbook(io.BytesIO(as_xlsx.content)).active
    cells = [[str(cell.value) for cell in row] for row in sheet.iter_rows()]
    assert cells == rows
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    typed = [cell for row in rows[1:] for cell in row]
    assert f"'{FORMULA}" in typed
    assert not [cell for cell in typed if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    for answer in (as_csv, as_xlsx):
        assert "attachment" in answer["Content-Disposition"]
        assert "no-store" in answer["Cache-Control"]


def test_an_export_stands_in_the_history_of_the_page_without_anybodys_name(
    full: Event, client: Client
) -> None:
    user = sign_in(client)
    client.get(urls(full)[1])
    entry = PageLogEntry.objects.get(action="events.export")
    assert entry.user == user
    assert "example.org" not in repr(entry.data)


def test_an_unknown_form_of_export_is_not_there(full: Event, client: Client) -> None:
    sign_in(client)
    assert client.get(reverse("events_export", args=[full.pk, "exe"])).status_code == 404


def test_whom_an_editor_takes_off_the_list_makes_room(full: Event, client: Client) -> None:
    sign_in(client)
    outbox.drain()
    mail.outbox.clear()
    first = Registration.objects.all()[0]
    answer = client.post(reverse("events_remove", args=[full.pk, first.pk]))
    assert answer["Location"] == urls(full)[0]
    assert list(statuses().values()) == ["place", "place"]
    outbox.drain()
    assert [message.to for message in mail.outbox] == [["2@example.org"]]


def test_nobody_is_taken_off_the_list_of_another_event(
    site: MadeSite, full: Event, client: Client
) -> None:
    sign_in(client)
    other = make_event(site, slug="other")
    first = Registration.objects.all()[0]
    answer = client.post(reverse("events_remove", args=[other.pk, first.pk]), follow=True)
    assert answer.status_code == 404
    assert len(statuses()) == 3


def test_after_the_list_is_deleted_the_number_stays(full: Event, client: Client) -> None:
    moved_to(full, timezone.now() - timedelta(days=60))
    erase()
    sign_in(client)
    page = client.get(urls(full)[0]).content.decode()
    assert "2 people had a place." in page
    assert (
        "2 people had a place; the list is deleted."
        in client.get(reverse("events_index")).content.decode()
    )


def test_the_list_of_events_takes_no_more_queries_however_many(
    site: MadeSite, full: Event, client: Client
) -> None:
    sign_in(client)
    client.get(reverse("events_index"))

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("events_index")).status_code == 200
        return len(captured)

    few = asked()
    for number in range(6):
        make_event(site, slug=f"more-{number}", title=f"More {number}")
    assert asked() == few


@pytest.mark.parametrize("role", ["Contributors", "Translators"])
def test_events_of_others_are_not_listed(site: MadeSite, full: Event, role: str) -> None:
    """Not as drafts, and not their numbers; a translator of one doesn't look after its people."""
    make_event(site, title="A day to come", slug="to-come", live=False)
    make_event(site, language="fr", title="Une journée", translation_of=full)
    institution = make_institution("agency") if role == "Contributors" else None
    _user, client = person(role, institution=institution)
    shown = client.get(reverse("events_index")).content.decode()
    for title in ("A day of words", "A day to come", "Une journée"):
        assert title not in shown


def test_an_event_of_the_own_institution_is_listed_whoever_began_it(
    site: MadeSite, full: Event
) -> None:
    agency = make_institution("agency")
    OutputInstitution.objects.create(page=full, institution=agency, role="author")
    _user, client = person("Contributors", institution=agency)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("events_index") in home
    shown = client.get(reverse("events_index")).content.decode()
    assert "A day of words" in shown
    assert urls(full)[0] in shown
    assert "Zoë" in client.get(urls(full)[0]).content.decode()
