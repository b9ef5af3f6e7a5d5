"""Calendars that follow the site: read with icalendar, by the rules of RFC 5545."""

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
from django.test import Client
from django.utils import timezone
from factories import MadeSite, make_concept, make_theme
from registering import make_event

from contactpoint.events.announced import KEPT_AFTER, announce, announce_all
from contactpoint.events.models import Announced
from contactpoint.network.models import Institution
from contactpoint.outputs.models import Classification, Event, OutputInstitution, OutputTheme

START = timezone.now().astimezone(UTC).replace(microsecond=0) + timedelta(days=30)


def read(client: Client, path: str = "/en/events/calendar.ics") -> icalendar.Calendar:
    answer = client.get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    made = icalendar.Calendar.from_ical(answer.content)
    assert not made.errors
    for event in made.walk("VEVENT"):
        assert not event.errors
        for name in ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "STATUS"):
            assert name in event
    return made


def told(made: icalendar.Calendar) -> list[tuple[str, str, int]]:
    return [
        (str(one["SUMMARY"]), str(one["STATUS"]), int(one["SEQUENCE"]))
        for one in made.walk("VEVENT")
    ]


def test_all_events_stand_in_one_calendar_with_a_name_and_how_often_to_look(
    site: MadeSite, client: Client
) -> None:
    make_event(site, title="A day", starts_at=START, ends_at=None)
    made = read(client)
    assert told(made) == [("A day", "CONFIRMED", 0)]
    assert str(made["X-WR-CALNAME"]) == str(made["NAME"]) == "Events – Contactpoint"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in made.to_ical()


def test_a_move_and_a_call_off_raise_the_sequence(site: MadeSite, client: Client) -> None:
    page = make_event(site, title="A day", starts_at=START, ends_at=None)
    announce(page.translation_key)
    page.starts_at = START + timedelta(hours=1)
    page.save()
    assert told(read(client)) == [("A day", "CONFIRMED", 1)]  # before anybody noted it
    announce(page.translation_key)
    announce(page.translation_key)
    assert told(read(client)) == [("A day", "CONFIRMED", 1)]
    page.called_off = True
    page.save()
    announce(page.translation_key)
    assert told(read(client)) == [("A day", "CANCELLED", 2)]


def test_what_is_gone_is_cancelled_without_a_word_of_it_for_some_time(
    site: MadeSite, client: Client
) -> None:
    page = make_event(site, title="Secretword", teaser="Secretword", starts_at=START, ends_at=None)
    uid = str(read(client).walk("VEVENT")[0]["UID"])
    announce_all()
    page.delete()
    for _time in range(2):  # before the change is noted, and after
        made = read(client)
        assert told(made) == [("No longer announced", "CANCELLED", 1)]
        assert str(made.walk("VEVENT")[0]["UID"]) == uid
        assert b"Secretword" not in made.to_ical()
        announce_all()
    Announced.objects.update(gone_at=timezone.now() - KEPT_AFTER - timedelta(hours=1))
    announce_all()
    assert told(read(client)) == []


def test_an_event_that_comes_back_is_newer_than_its_end(site: MadeSite, client: Client) -> None:
    page = make_event(site, title="A day", starts_at=START, ends_at=None)
    announce_all()
    Event.objects.update(live=False)
    announce_all()
    assert told(read(client)) == [("No longer announced", "CANCELLED", 1)]
    Event.objects.filter(pk=page.pk).update(live=True)
    announce_all()
    assert told(read(client)) == [("A day", "CONFIRMED", 2)]


def test_a_theme_has_a_calendar_of_its_own(site: MadeSite, client: Client) -> None:
    page = make_event(site, title="A day", starts_at=START, ends_at=None)
    make_event(site, title="Another", slug="another", starts_at=START, ends_at=None)
    OutputTheme.objects.create(page=page, theme=make_theme("asylum", en="Asylum"))
    assert [one[0] for one in told(read(client, "/en/themes/asylum/calendar.ics"))] == ["A day"]
    assert client.get("/en/themes/nothing/calendar.ics").status_code == 404
    announce_all()
    page.delete()
    made = read(client, "/en/themes/asylum/calendar.ics")
    assert told(made) == [("No longer announced", "CANCELLED", 1)]


def test_what_is_gone_is_cancelled_in_calendars_with_filters_that_it_answered_to(
    site: MadeSite, client: Client
) -> None:
    page = make_event(site, title="A day", starts_at=START, ends_at=None)
    make_concept("reception", en="reception")
    narrower = make_concept("housing", en="housing", broader=["reception"])
    Classification.objects.create(page=page, concept=narrower)
    for number, name in enumerate(("Ours", "Theirs")):
        institution = Institution.objects.create(slug=name.lower(), labels={"en": name})
        if not number:
            OutputInstitution.objects.create(page=page, institution=institution)
    announce_all()
    page.delete()
    year = timezone.localtime(START).year
    for noted in range(2):
        for asked in (
            f"year={year}",
            "concept=reception",
            "institution=ours",
            f"institution=ours&year={year}",
        ):
            made = read(client, f"/en/events/calendar.ics?{asked}")
            assert told(made) == [("No longer announced", "CANCELLED", 1)], (asked, noted)
        for asked in (
            f"year={year + 1}",
            "institution=theirs",
            f"institution=ours&year={year + 1}",
        ):
            assert told(read(client, f"/en/events/calendar.ics?{asked}")) == [], (asked, noted)
        announce_all()


def test_languages_share_identifiers_and_who_has_it_gets_no_copy(
    site: MadeSite, client: Client
) -> None:
    page = make_event(site, starts_at=START, ends_at=None)
    make_event(site, language="nl", translation_of=page, title="Een dag")
    uids = {
        str(read(client, f"/{code}/events/calendar.ics").walk("VEVENT")[0]["UID"])
        for code in ("en", "nl")
    }
    assert len(uids) == 1
    answer = client.get("/en/events/calendar.ics")
    headers: dict[str, Any] = {"if-none-match": answer["ETag"]}
    assert client.get("/en/events/calendar.ics", headers=headers).status_code == 304
    assert client.head("/en/events/calendar.ics").content == b""


def test_lists_and_themes_offer_to_subscribe(site: MadeSite, client: Client) -> None:
    make_theme("asylum", en="Asylum")
    for path in ("/en/events/", "/en/themes/asylum/"):
        text = client.get(path).content.decode()
        assert f'href="webcal://localhost:8000{path}calendar.ics"' in text
    assert datetime.now(UTC) < START


def test_the_calendar_of_a_list_keeps_its_filters(site: MadeSite, client: Client) -> None:
    make_theme("asylum", en="Asylum")
    page = make_event(site, title="Within", starts_at=START, ends_at=None)
    OutputTheme.objects.create(page=page, theme=make_theme("asylum"))
    make_event(site, title="Without", starts_at=START, ends_at=None)
    text = client.get("/en/events/?theme=asylum&theme=nope&utm=x&page=1").content.decode()
    address = "webcal://localhost:8000/en/events/calendar.ics?theme=asylum"
    assert f'href="{address}"' in text
    made = read(client, address.removeprefix("webcal://localhost:8000"))
    assert [name for name, _status, _number in told(made)] == ["Within"]
