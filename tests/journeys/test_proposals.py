"""A reader without script proposes a translation, confirms, and an administrator decides."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

PAGES = [
    "/en/glossary/propose/",
    "/nl/glossary/asylum/propose/?what=translation&language=ka",
    "/de/glossary/asylum/propose/?what=change",
    "/fr/glossary/proposals/",
]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
PATIENCE = 3.2
"""A form that comes back sooner is taken for a program's."""


@pytest.fixture(scope="module")
def administrator_codes(portal: Any) -> tuple[str, str, str]:
    """Address, password and a recovery code of an administrator made as an operator would."""
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("CONTACTPOINT_")},
        "CONTACTPOINT_DATA": str(portal.data),
        "CONTACTPOINT_ENVIRONMENT": "demo",
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [str(Path(sys.executable).parent / "contactpoint"), "user", "add"]
    made = subprocess.run(
        [*command, "terms@example.org", "--administrator"],
        env=environment,
        capture_output=True,
        check=True,
        timeout=120,
    )
    said = made.stdout.decode()
    password = re.search(r"Password:\s*(\S+)", said)
    assert password
    code = re.findall(r"\b\d{8}\b", said.split("Recovery codes")[1])[0]
    return "terms@example.org", password[1], code


def mailed(portal: Any, subject: str) -> str:
    """The text of a mail that the worker wrote into the data folder."""
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        for file in sorted((portal.data / "mail").glob("*.log")):
            text = file.read_text(encoding="utf-8")
            if f"Subject: {subject}" in text:
                return text
        time.sleep(0.3)
    raise AssertionError(f"no mail “{subject}” was sent")


def test_a_translation_is_proposed_without_script_confirmed_accepted_and_told(
    portal: Any,
    administrator_codes: tuple[str, str, str],
    open_context: Callable[..., BrowserContext],
) -> None:
    context = open_context(java_script_enabled=False)
    reader = context.new_page()
    reader.goto("/en/glossary/asylum/")
    reader.get_by_role("link", name="Propose a translation").click()
    time.sleep(PATIENCE)
    reader.get_by_role("button", name="Send the proposal").click()
    expect(reader.get_by_role("alert")).to_contain_text("Nothing was sent yet")
    assert reader.title().startswith("Error:")
    reader.get_by_role("combobox", name="Language").select_option("ps")
    reader.get_by_label("The term in that language").fill("سياسي پناه")
    reader.get_by_label("Source", exact=True).fill("A dictionary, page 12")
    reader.get_by_label("E-mail address").fill("reader@example.org")
    reader.get_by_label("Write to me at this address").check()
    reader.get_by_role("button", name="Send the proposal").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Your proposal")
    expect(reader.locator("[aria-current=step]")).to_have_text("Received")
    status = reader.url
    assert context.cookies() == []

    question = mailed(portal, "Do you want to hear what becomes of your proposal?")
    link = re.search(r"/en/glossary/proposals/confirm/\S+/", question)
    assert link
    reader.goto(link[0])
    reader.get_by_role("button", name="Yes, write to me").click()
    expect(reader.get_by_role("main")).to_contain_text("We will write to you once")
    expect(reader.get_by_role("button", name="Delete my address")).to_be_visible()
    expect(reader.get_by_role("button", name="Yes, write to me")).to_have_count(0)

    editor = open_context(viewport={"width": 1280, "height": 900}).new_page()
    address, password, code = administrator_codes
    editor.goto("/admin/")
    editor.locator("input[name=login]").fill(address)
    editor.locator("input[name=password]").fill(password)
    editor.keyboard.press("Enter")
    editor.locator("input[name=code]").fill(code)
    editor.keyboard.press("Enter")
    editor.get_by_role("link", name="Translation: asylum").click()
    expect(editor.get_by_role("main")).to_contain_text("As it stands")
    editor.get_by_role("button", name="Take over").click()
    expect(editor.get_by_role("main")).to_contain_text("Nothing waits here")

    reader.goto(status)
    expect(reader.locator("[aria-current=step]")).to_have_text("Accepted")
    expect(reader.get_by_role("main")).to_contain_text("no version has it yet")
    editor.goto("/admin/glossary-versions/")
    expect(editor.get_by_role("main")).to_contain_text("Accepted from readers")
    editor.get_by_label("Notes").fill("A name in Pashto.")
    editor.get_by_role("button", name="Publish this version").click()
    expect(editor.get_by_role("main")).to_contain_text("Nothing waits to be published")
    reader.goto(status)
    expect(reader.get_by_role("main")).to_contain_text("in version")
    reader.goto("/en/glossary/asylum/")
    expect(reader.get_by_role("main")).to_contain_text("سياسي پناه")
    reader.goto("/en/glossary/proposals/")
    expect(reader.get_by_role("main")).to_contain_text("سياسي پناه")
    assert "is accepted" in mailed(portal, "Your proposal for the glossary is accepted")
    assert context.cookies() == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    open_context: Callable[..., BrowserContext], path: str, scheme: str, width: int
) -> None:
    page = open_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
    ).new_page()
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    results = Axe().run(page, options=RULES)
    assert results.violations_count == 0, results.generate_report()


def test_the_form_keeps_to_the_policy(page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in PAGES:
        page.goto(path)
    assert said == []
