"""An editor arranges an issue by keys, sees it, sends it, and reads it on the site."""

from journeys.conftest import Portal
from playwright.sync_api import Page, expect


def test_an_issue_is_arranged_by_keys_and_sent(portal: Portal, editor: Page) -> None:
    editor.goto(portal.url("/admin/newsletter/"))
    editor.get_by_role("link", name="November 2026").or_(
        editor.locator("td.title a").first
    ).first.click()
    editor.get_by_role("link", name="Edit and arrange").click()
    sections = editor.locator("select[name$='-value-about']")
    expect(sections.first).to_be_visible()
    before = [one.input_value() for one in sections.all()]
    assert len(before) > 1
    shown = editor.locator("[data-panel-heading-text]").all_text_contents()
    assert not [one for one in shown if "[" in one or "output:" in one]
    assert any(" · " in one for one in shown)
    things = editor.locator("input[data-thing]")
    assert not [one for one in things.all() if "[" in one.input_value()]
    down = editor.get_by_role("button", name="Move down").first
    down.focus()
    for _section in before[1:]:
        expect(editor.locator(":focus")).to_have_attribute("title", "Move down")
        editor.keyboard.press("Enter")
    expect(editor.locator(":focus")).to_have_attribute("title", "Move up")
    editor.get_by_label("English").first.fill("What moved")
    editor.get_by_role("button", name="Save", exact=True).first.click()
    mail = editor.frame_locator("iframe").first
    expect(mail.locator("h1")).to_have_text("What moved")
    editor.get_by_text("Send it now", exact=True).click()
    editor.get_by_role("button", name="Yes, send it now").click()
    expect(editor.get_by_text("It leaves within a minute.")).to_be_visible()
    link = editor.get_by_role("link", name="See it on the site")
    for _second in range(60):
        if link.count():
            break
        editor.wait_for_timeout(1_000)
        editor.reload()
    link.click()
    expect(editor.get_by_role("heading", level=1, name="What moved")).to_be_visible()
