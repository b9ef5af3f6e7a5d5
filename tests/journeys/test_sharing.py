"""An editor shares an item: the number beside the text is the network's, by script and without."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, StorageState, expect

TRICKY = (
    "Réception 👩‍👩‍👧‍👦 🇧🇪❤️ … “文書” е́ and what an editor writes: "
    f"https://portal.example.org/{'a' * 90}, (https://b.example/)."
)


def share(page: Page) -> str:
    """The page that shares the first news item that is published."""
    found = page.request.get("/admin/api/main/pages/?limit=20").json()["items"]
    first = next(
        one
        for one in found
        if one["meta"]["type"] == "outputs.NewsItem" and one["meta"]["status"]["live"]
    )
    address = f"/admin/social/{first['id']}/"
    page.goto(address)
    return address


@pytest.fixture
def plain(signed_in: StorageState, open_context: Callable[..., BrowserContext]) -> Page:
    """The same editor, in a browser without scripts."""
    return open_context(
        viewport={"width": 360, "height": 800}, storage_state=signed_in, java_script_enabled=False
    ).new_page()


@pytest.mark.parametrize("name", ["fediverse", "sky"])
def test_the_script_counts_as_the_server_does(editor: Page, plain: Page, name: str) -> None:
    said = []
    for page in (editor, plain):
        share(page)
        page.locator(f"#id_{name}-text").fill(TRICKY)
        if page is plain:
            page.locator(f"section:has(#id_{name}-text) button[name=check]").click()
        said.append(page.locator(f"[data-count-of=id_{name}-text]").inner_text())
    assert said[0] == said[1]


def test_what_is_too_long_is_said_at_once_and_posted_by_nobody(editor: Page) -> None:
    address = share(editor)
    count = editor.locator("[data-count-of=id_sky-text]")
    expect(count).not_to_have_class("post-form__over")
    editor.locator("#id_sky-text").fill("é" * 301)
    expect(count).to_have_class("post-form__over")
    editor.locator("section:has(#id_sky-text) button[name=approve]").click()
    expect(editor.get_by_text("This is 1 letter too long for Bluesky.")).to_be_visible()
    assert editor.url.partition("#")[0].endswith(address)
    expect(editor.locator("#posts")).to_have_count(0)


def test_the_page_is_for_everybody(editor: Page) -> None:
    share(editor)
    found = Axe().run(editor, context=".keyword-page")
    assert not found.response["violations"], found.generate_report()
