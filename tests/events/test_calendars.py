"""Events for calendars, read back by the rules of RFC 5545."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from factories import MadeSite
from registering import JOIN, make_event

from contactpoint.events.calendars import Entry, calendar

START = datetime(2027, 3, 9, 13, 0, tzinfo=UTC)


def read(text: str) -> dict[str, str]:
    """The properties of the one event, unfolded and unescaped."""
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").split("\r\n")
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    found = {}
    for line in lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]:
        name, _colon, value = line.partition(":")
        assert name not in found
        found[name] = value
    return {
        name: value.replace("\\n", "\n")
        .replace("\\,", ",")
        .replace("\\;", ";")
        .replace("\\\\", "\\")
        for name, value in found.items()
    }


def test_the_file_tells_when_where_and_what_and_not_where_one_joins(
    site: MadeSite, client: Client
) -> None:
    page = make_event(
        site,
        title="Données, mots; et \\ le reste: " + "é" * 60,
        teaser="One\nTwo",
        place="Résidence Palace, Brussels",
        online=False,
        starts_at=START,
        ends_at=START.replace(hour=15, minute=30),
    )
    answer = client.get("/en/events/words/event.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="words.ics"'
    assert not answer.cookies
    text = answer.content.decode()
    found = read(text)
    assert found["SUMMARY"] == page.title
    assert found["DTSTART"] == "20270309T130000Z"
    assert found["DTEND"] == "20270309T153000Z"
    assert found["LOCATION"] == "Résidence Palace, Brussels"
    assert found["URL"].endswith("/en/events/words/")
    assert found["DESCRIPTION"].startswith("One\nTwo\n\n")
    assert found["UID"].startswith(str(page.translation_key))
    assert JOIN not in text.replace("\r\n ", "")


def test_every_language_has_the_same_identifier_so_that_no_calendar_shows_it_twice(
    site: MadeSite, client: Client
) -> None:
    page = make_event(site)
    make_event(site, language="nl", translation_of=page, title="Een dag")
    english, dutch = (
        read(client.get(f"/{code}/events/words/event.ics").content.decode())
        for code in ("en", "nl")
    )
    assert english["UID"] == dutch["UID"]
    assert dutch["SUMMARY"] == "Een dag"


def test_whole_days_end_on_the_day_after(site: MadeSite, client: Client) -> None:
    make_event(site, whole_day=True, starts_at=START, ends_at=None)
    found = read(client.get("/en/events/words/event.ics").content.decode())
    assert found["DTSTART;VALUE=DATE"] == "20270309"
    assert found["DTEND;VALUE=DATE"] == "20270310"


def test_the_address_to_join_goes_only_where_it_is_given(site: MadeSite) -> None:
    page = make_event(site)
    found = read(calendar([Entry(page, "https://portal.example/x", JOIN)]))
    assert found["LOCATION"] == JOIN
    assert JOIN in found["DESCRIPTION"]


@pytest.mark.parametrize("typed", ["a\r\nATTENDEE:x", "a\rATTENDEE:x"])
def test_no_text_begins_a_line_of_its_own(site: MadeSite, typed: str) -> None:
    page = make_event(site, title=typed)
    text = calendar([Entry(page, "https://portal.example/x")])
    assert not [line for line in text.splitlines() if line.startswith("ATTENDEE")]


@pytest.mark.parametrize("fields", [{"live": False}, {"private": True}, {"starts_at": None}])
def test_there_is_no_file_of_what_nobody_may_see_or_has_no_day(
    site: MadeSite, client: Client, fields: dict[str, Any]
) -> None:
    make_event(site, **fields)
    assert client.get("/en/events/words/event.ics").status_code == 404


def test_no_character_that_nobody_sees_stands_in_a_calendar(site: MadeSite) -> None:
    event = make_event(
        site, title="A\x0bday", teaser="Of\x07talks", place="Here\x0bor there", online=False
    )
    text = calendar([Entry(event, "https://example.org/")])
    found = read(text)
    assert found["SUMMARY"] == "A day"
    assert found["DESCRIPTION"].startswith("Of talks\n\n")
    assert found["LOCATION"] == "Here or there"
