"""An editor writes questions by keyboard alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect


@pytest.fixture
def editor(portal: Any, open_context: Callable[..., BrowserContext]) -> Page:
    """Signed in by the last of the recovery codes, which no other journey takes."""
    page = open_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto("/admin/")
    page.locator("input[name=login]").fill(portal.credential("Address"))
    page.locator("input[name=password]").fill(portal.credential("Password"))
    page.keyboard.press("Enter")
    codes = re.findall(r"\b\d{8}\b", portal.printed.split("Recovery codes")[1])
    page.locator("input[name=code]").fill(codes[0])
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/admin/$"))
    return page


def test_questions_are_written_by_keyboard_alone(editor: Page) -> None:
    editor.goto("/admin/consultation_instruments/new/")
    editor.locator("select[name=kind]").select_option("survey")
    editor.locator("input[name=labels_en]").fill("Ways home")
    editor.locator("input[name=code]").fill("ways-home")
    editor.keyboard.press("Control+s")
    editor.get_by_role("link", name="Write the questions").press("Enter")
    plus = editor.locator("[name='sections-count']").locator("xpath=..")
    plus.get_by_role("button", name="Insert a block").first.press("Enter")
    expect(editor.locator("[name='sections-0-value-titles-en']")).to_be_focused()
    editor.keyboard.type("The way")
    editor.keyboard.press("Tab")
    editor.keyboard.type("way")
    inner = editor.locator("[name='sections-0-value-questions-count']").locator("xpath=..")
    inner.get_by_role("button", name="Insert a block").first.press("Enter")
    editor.keyboard.press("Tab")
    editor.keyboard.type("whole")
    editor.keyboard.press("Enter")
    expect(editor.locator("[name='sections-0-value-questions-0-value-labels-en']")).to_be_focused()
    editor.keyboard.type("How many minutes?")
    code = editor.locator("[name='sections-0-value-questions-0-value-code']")
    code.fill("how many")
    editor.keyboard.press("Control+s")
    expect(editor.get_by_role("alert").first).to_contain_text("Nothing was kept yet")
    code = editor.locator("[name='sections-0-value-questions-0-value-code']")
    expect(code).to_have_value("how many")
    code.fill("minutes")
    editor.keyboard.press("Control+s")
    expect(editor.get_by_text("Kept as version 1.")).to_be_visible()
    expect(editor.get_by_text("Nothing is missing, and everything can be reached.")).to_be_visible()
