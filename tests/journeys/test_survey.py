"""Somebody answers a survey by keyboard, without script, on a telephone; axe finds nothing."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from journeys.test_registration import _read, _tab_to
from playwright.sync_api import BrowserContext, Page, expect

START = "/en/consultations/journey/answer/"
MAKE = """
import datetime
from django.utils import timezone
from contactpoint.consultations.models import Instrument, Round, Version
from contactpoint.consultations.questions import Choice, Kind, Question, Section, carried
from contactpoint.consultations.questions import Instrument as Asked

if not Round.objects.filter(code="journey").exists():
    three = tuple(Choice(code, {"en": text, "nl": f"{text} (nl)"}) for code, text in (
        ("easy", "Easy"), ("hard", "Hard"), ("no", "Not possible")))
    rows = (Choice("search", {"en": "Searching"}), Choice("rent", {"en": "Renting"}))
    asked = Asked("journey", ("en", "nl"), {"en": "A journey", "nl": "Een reis"}, sections=(
        Section("one", {"en": "The way", "nl": "De weg"}, questions=(
            Question("name", Kind.TEXT, {"en": "Where do you live?", "nl": "Waar woont u?"},
                     required="true()", hints={"en": "The town."}),
            Question("many", Kind.INTEGER, {"en": "How many are you?"}),
            Question("way", Kind.ONE, {"en": "How was the way?"}, choices="three"),
        )),
        Section("two", {"en": "The house", "nl": "Het huis"}, questions=(
            Question("grid", Kind.MATRIX, {"en": "How was it?"}, choices="three", rows=rows),
            Question("best", Kind.RANKING, {"en": "What comes first?"}, choices="three"),
            Question("kinds", Kind.MANY, {"en": "What was there?"}, choices="three"),
            Question("land", Kind.COUNTRY, {"en": "From which country?"}),
            Question("day", Kind.DATE, {"en": "Since when?"}),
            Question("file", Kind.FILE, {"en": "Is there a paper?"}),
            Question("term", Kind.CONCEPT, {"en": "Which term fits?"}),
            Question("words", Kind.LONG_TEXT, {"en": "In your own words?"}),
        )),
    ), choice_sets={"three": three})
    instrument = Instrument.objects.create(code="journey", kind="survey", labels=asked.titles)
    version = Version.objects.create(
        instrument=instrument, number=1, definition=carried(asked), is_frozen=True)
    now = timezone.now()
    Round.objects.create(
        instrument=instrument, version=version, labels=asked.titles, code="journey",
        access="open", status="open", is_anonymous=True, opens_at=now,
        closes_at=now + datetime.timedelta(days=9))
"""


@pytest.fixture(scope="session")
def survey(portal: Any) -> str:
    """A survey in the demo's own database."""
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("CONTACTPOINT_") and key != "DJANGO_SETTINGS_MODULE"
    }
    environment |= {"CONTACTPOINT_DATA": str(portal.data), "CONTACTPOINT_ENVIRONMENT": "demo"}
    subprocess.run(
        [str(Path(sys.executable).parent / "contactpoint"), "shell", "-c", MAKE],
        env=environment, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return START


def _press(page: Page, name: str) -> None:
    _tab_to(page, name)
    page.keyboard.press("Enter")


def test_one_answers_by_keyboard_without_script_and_comes_back(
    survey: str, open_context: Callable[..., BrowserContext]
) -> None:
    context = open_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(survey)
    expect(page.get_by_text("This survey is anonymous.")).to_be_visible()
    _press(page, "Begin")
    expect(page.get_by_role("heading", level=1)).to_have_text("The way")
    _press(page, "Save and go on")
    expect(page.get_by_role("alert")).to_contain_text("Please answer this question.")
    _press(page, "Where do you live?")
    expect(page.locator(":focus")).to_have_id("q-name")
    page.keyboard.type("A town")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The house")
    _press(page, "Nederlands")
    expect(page.get_by_role("heading", level=1)).to_have_text("Het huis")
    _press(page, "English")
    _press(page, "Save and go on later")
    link = page.locator(".answering-link a").inner_text()
    assert context.cookies() == []

    other = open_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = other.new_page()
    page.goto(link[link.index("/en/") :])
    expect(page.get_by_role("heading", level=1)).to_have_text("The house")
    _tab_to(page, "In your own words?")
    page.keyboard.type("Thank you.")
    _press(page, "Save and look at everything")
    expect(page.get_by_text("Thank you.")).to_be_visible()
    _press(page, "Send my answers")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers were sent")
    code = page.locator(".answering-receipt").inner_text()
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){2}", code)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers were sent")
    assert other.cookies() == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing_on_any_page(
    survey: str, open_context: Callable[..., BrowserContext], scheme: str, width: int
) -> None:
    page = open_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True
    ).new_page()
    page.goto(survey)
    _read(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Begin").click()
    _read(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Save and go on", exact=True).click()
    _read(page)
    page.get_by_label("Where do you live?").fill("A town")
    with page.expect_navigation():
        page.get_by_role("button", name="Save and go on", exact=True).click()
    _read(page)
    page.get_by_label("Easy").first.check()
    with page.expect_navigation():
        page.get_by_role("button", name="Save and go on later").click()
    _read(page)
    page.get_by_role("link", name="Go on now").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Save and look at everything").click()
    _read(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Send my answers").click()
    _read(page)
