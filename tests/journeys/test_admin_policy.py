"""The admin works under its own security policy: the browser had to refuse nothing."""

import re
from collections.abc import Callable
from typing import Any

from journeys.test_editor import sign_in
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

ROOMS = [
    *("pages/", "images/", "images/add/", "documents/", "media/", "imports/", "account/"),
    *("reports/aging-pages/", "pages/3/edit/"),
]


def test_the_admin_and_its_previews_break_no_policy(
    portal: Any, open_context: Callable[..., BrowserContext]
) -> None:
    page = open_context(viewport={"width": 1280, "height": 900}).new_page()
    refused: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            refused.append(f"{page.url}: {message.text}")

    page.on("console", note)
    sign_in(page, portal, re.findall(r"\b\d{8}\b", portal.printed)[0])
    expect(page).to_have_url(re.compile(r"/admin/$"))
    for room in ROOMS:
        answer = page.goto(f"/admin/{room}", wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200, room
    preview_is_shown(page)
    assert refused == []


def preview_is_shown(page: Page) -> None:
    """The side panel frames the page as readers would see it."""
    page.locator("button[aria-label*='review']").first.click()
    frame = page.frame_locator("iframe[title='Preview'], iframe[src*='preview']").first
    expect(frame.locator("main")).to_be_visible()
