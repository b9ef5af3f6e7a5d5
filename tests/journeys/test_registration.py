"""Somebody registers for an event by keyboard alone, without script, and cancels by the mail."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from journeys.test_proposals import PATIENCE, RULES, mailed
from playwright.sync_api import BrowserContext, Page, expect

EVENT = "/en/events/demo-glossary-session-2027/"


def _tab_to(page: Page, name: str) -> None:
    """Presses Tab until what has the focus is called so, as whoever reads along hears it."""
    for _press in range(60):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        label = page.get_by_label(name).or_(page.get_by_role("button", name=name))
        if focused.and_(label.or_(page.get_by_role("link", name=name))).count():
            return
    raise AssertionError(f"“{name}” is not reached by Tab")


def _read(page: Page) -> None:
    """Nobody is shut out by how the page is made."""
    results = Axe().run(page, options=RULES)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_one_registers_and_cancels_by_keyboard_without_script(
    portal: Any, open_context: Callable[..., BrowserContext]
) -> None:
    context = open_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(EVENT)
    _tab_to(page, "Register")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/register/$"))
    time.sleep(PATIENCE)
    _tab_to(page, "Register")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was sent yet.")
    assert page.title().startswith("Error:")
    _tab_to(page, "Your name")
    page.keyboard.type("K. Keyboard")
    _tab_to(page, "E-mail address")
    page.keyboard.type("keyboard@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mail")
    assert context.cookies() == []

    text = mailed(portal, "You have a place:")
    link = re.search(r"/en/events/registrations/\S+", text)
    assert link
    page.goto(link[0])
    _tab_to(page, "Cancel my registration")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your registration is cancelled")
    assert context.cookies() == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing_in_the_form_nor_in_its_complaints(
    open_context: Callable[..., BrowserContext], scheme: str, width: int
) -> None:
    page = open_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True
    ).new_page()
    page.goto(f"{EVENT}register/")
    _read(page)
    time.sleep(PATIENCE)
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was sent yet.")
    _read(page)
