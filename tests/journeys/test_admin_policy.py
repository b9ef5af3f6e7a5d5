"""The admin works under its own security policy: the browser had to refuse nothing."""

from playwright.sync_api import ConsoleMessage, Page, expect

ROOMS = [
    *("pages/", "images/", "images/add/", "documents/", "media/", "imports/", "account/"),
    *("reports/aging-pages/", "pages/3/edit/"),
]


def test_the_admin_and_its_previews_break_no_policy(
    editor: Page,
) -> None:
    refused: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            refused.append(f"{editor.url}: {message.text}")

    editor.on("console", note)
    for room in ROOMS:
        answer = editor.goto(f"/admin/{room}", wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200, room
    preview_is_shown(editor)
    assert refused == []


def preview_is_shown(page: Page) -> None:
    """The side panel frames the page as readers would see it."""
    page.locator("button[aria-label*='review']").first.click()
    frame = page.frame_locator("iframe[title='Preview'], iframe[src*='preview']").first
    expect(frame.locator("main")).to_be_visible()
