"""What an editor does: signs in with a second factor, classifies, decides on imported things."""

import hashlib
import hmac
import os
import re
import struct
import subprocess
import sys
import time
from base64 import b32decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

from journeys.conftest import sign_in
from playwright.sync_api import BrowserContext, Page, expect

TWIN = Path(__file__).parents[1] / "data" / "listing_twin.txt"
LISTING = """The contact point published a note on places to stay.
When3 June 2021
Main theme: Reception
Keywords: huisvestingsvormen, knoflook
"""


def one_time_code(secret: str, at: float) -> str:
    """RFC 6238 with its defaults, written out so that the test shares no code with the portal."""
    key = b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def test_the_printed_secret_signs_in_and_a_used_code_does_not(
    portal: Any, open_context: Callable[..., BrowserContext]
) -> None:
    found = re.search(r"secret into it: (\w+)", portal.printed)
    assert found
    code = one_time_code(found.group(1), time.time())
    first = open_context().new_page()
    sign_in(first, portal, code)
    expect(first).to_have_url(re.compile(r"/admin/$"))
    second = open_context().new_page()
    sign_in(second, portal, code)
    expect(second).to_have_url(re.compile(r"/account/"))


def test_nobody_gets_in_by_password_alone(
    portal: Any, open_context: Callable[..., BrowserContext]
) -> None:
    page = open_context().new_page()
    page.goto("/admin/")
    page.locator("input[name=login]").fill(portal.credential("Address"))
    page.locator("input[name=password]").fill(portal.credential("Password"))
    page.keyboard.press("Enter")
    expect(page.locator("input[name=code]")).to_be_visible()
    page.goto("/admin/pages/")
    expect(page).to_have_url(re.compile(r"/account/"))


def test_an_editor_writes_a_news_item_and_takes_a_suggested_concept(editor: Page) -> None:
    editor.goto("/admin/")
    editor.get_by_role("link", name=re.compile("news item", re.IGNORECASE)).first.click()
    editor.locator("#id_title").fill("A journey to a place in reception")
    editor.locator("#id_teaser").fill(
        "How applicants for international protection find a reception centre, and what family "
        "reunification means for their housing."
    )
    editor.get_by_role("tab", name="About").click()
    suggestion = editor.get_by_role("button", name="Add family reunification")
    suggestion.focus()
    editor.keyboard.press("Enter")
    expect(editor.locator("[data-suggestions-status]")).to_contain_text("family reunification")
    editor.get_by_role("button", name="Save draft").first.click()
    expect(editor.get_by_text("A journey to a place in reception").first).to_be_visible()
    editor.reload()
    editor.get_by_role("tab", name="About").click()
    keywords = editor.locator("#id_classifications-FORMS")
    expect(keywords.get_by_text("family reunification").first).to_be_visible()


def _open_new_item(editor: Page, title: str, teaser: str) -> None:
    editor.goto("/admin/")
    editor.get_by_role("link", name=re.compile("news item", re.IGNORECASE)).first.click()
    editor.locator("#id_title").fill(title)
    editor.locator("#id_teaser").fill(teaser)
    editor.get_by_role("tab", name="About").click()


def _focused(editor: Page) -> str:
    return str(editor.evaluate("document.activeElement.getAttribute('aria-label')"))


def test_suggestions_are_taken_and_refused_by_key_and_kept(editor: Page) -> None:
    _open_new_item(
        editor,
        "Refused by key",
        "What family reunification means for housing, and for the asylum procedure.",
    )
    suggestions = editor.locator("[data-suggestions-list]")
    status = editor.locator("[data-suggestions-status]")
    editor.get_by_role("button", name="Add family reunification").focus()
    editor.keyboard.press("Home")
    first = _focused(editor)
    editor.keyboard.press("ArrowDown")
    assert _focused(editor) != first
    editor.get_by_role("button", name="Add housing").focus()
    editor.keyboard.press("x")
    expect(status).to_contain_text("housing is refused for this item")
    expect(suggestions.get_by_role("button", name="Add housing")).to_have_count(0)
    assert _focused(editor).startswith("Add ")
    editor.keyboard.press("u")
    expect(suggestions.get_by_role("button", name="Add housing")).to_be_focused()
    editor.keyboard.press("x")
    editor.get_by_role("button", name="Add family reunification").focus()
    editor.keyboard.press("a")
    expect(status).to_contain_text("family reunification was added")
    for _step in range(3):
        editor.keyboard.press("Tab")
    assert not editor.evaluate(
        "document.querySelector('[data-suggestions-list]').contains(document.activeElement)"
    )
    editor.get_by_role("button", name="Save draft").first.click()
    expect(editor.get_by_text("Refused by key").first).to_be_visible()
    editor.wait_for_url(re.compile(r"/edit/"))
    editor.reload()
    editor.get_by_role("tab", name="About").click()
    expect(editor.locator("[data-suggestions-refused]")).to_contain_text("housing")
    expect(suggestions.get_by_role("button", name="Add housing")).to_have_count(0)
    expect(editor.locator("#id_classifications-FORMS")).to_contain_text("family reunification")


def test_a_concept_is_found_in_another_language_and_by_walking_down(editor: Page) -> None:
    _open_new_item(editor, "Chosen by hand", "Nothing in particular.")
    editor.locator("#id_classifications-ADD").click()
    editor.get_by_role("button", name="Choose a concept").first.focus()
    editor.keyboard.press("Enter")
    search = editor.locator("#id_q")
    expect(search).to_be_focused()
    results = editor.locator("#search-results")
    expect(results.locator("[data-concept-under]").first).to_be_visible()
    below = results.locator(".concept-below").first
    below.focus()
    editor.keyboard.press("Enter")
    expect(results.locator(".concept-walk strong")).to_be_visible()
    expect(results.locator("[data-concept-here]")).to_be_focused()
    search.fill("huisvesting")
    expect(results).to_contain_text("“huisvesting”")
    results.get_by_role("link", name="housing", exact=True).focus()
    editor.keyboard.press("Enter")
    expect(search).to_have_count(0)
    expect(editor.locator("#id_classifications-FORMS")).to_contain_text("housing")


def test_an_unknown_keyword_is_mapped_by_one_key_and_taken_back(
    editor: Page, portal: Any, tmp_path: Path
) -> None:
    file = tmp_path / "listing.txt"
    file.write_text(LISTING, encoding="utf-8")
    _import(portal, file, "--publish")
    editor.goto("/admin/keywords/")
    rows = editor.locator("[data-keyword]")
    housing = rows.filter(has_text="huisvestingsvormen")
    near = housing.get_by_role("button", name="housing", exact=False).first
    key = near.get_attribute("aria-keyshortcuts")
    assert key in {"1", "2", "3"}
    housing.locator("[data-keyword-open]").focus()
    editor.keyboard.press(key)
    expect(editor.locator(".messages")).to_contain_text("means housing in 1 item")
    expect(rows.filter(has_text="huisvestingsvormen")).to_have_count(0)
    expect(editor.locator("[data-keyword-open]:focus")).to_have_count(1)
    rows.filter(has_text="knoflook").locator("[data-keyword-open]").focus()
    editor.keyboard.press("n")
    expect(editor.locator(".messages")).to_contain_text("is no topic")
    expect(editor.locator("[data-keyword-undo]")).to_be_focused()
    editor.keyboard.press("u")
    expect(editor.locator(".messages")).to_contain_text("Taken back")
    expect(rows.filter(has_text="knoflook")).to_have_count(1)
    editor.goto("/admin/keywords/decided/")
    editor.get_by_role("button", name="Take back huisvestingsvormen").focus()
    editor.keyboard.press("Enter")
    expect(editor.locator(".messages")).to_contain_text("Taken back")
    editor.goto("/admin/keywords/")
    expect(rows.filter(has_text="huisvestingsvormen")).to_have_count(1)


def _import(portal: Any, file: Path, *options: str) -> None:
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("CONTACTPOINT_")},
        "CONTACTPOINT_DATA": str(portal.data),
        "CONTACTPOINT_ENVIRONMENT": "demo",
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [str(Path(sys.executable).parent / "contactpoint"), "import", str(file)]
    subprocess.run(
        [*command, "--language", "en", *options],
        check=True,
        env=environment,
        capture_output=True,
        timeout=120,
    )


def test_an_editor_accepts_an_import(editor: Page, portal: Any) -> None:
    _import(portal, TWIN)
    editor.goto("/admin/")
    editor.get_by_role("link", name="Imports").first.click()
    editor.get_by_role("link", name=re.compile("listing_twin")).first.click()
    expect(editor.get_by_role("main")).to_contain_text("25")
    editor.get_by_role("button", name=re.compile("accept all", re.IGNORECASE)).first.click()
    expect(editor.get_by_role("main")).to_contain_text(re.compile("accepted", re.IGNORECASE))


def test_a_text_is_begun_by_keyboard_and_the_checklist_follows_the_draft(editor: Page) -> None:
    editor.goto("/admin/")
    editor.get_by_role("link", name=re.compile("news item", re.IGNORECASE)).first.click()
    expect(editor.locator("#id_title")).to_be_focused()
    editor.keyboard.type("Written without a mouse")
    for _stop in range(4):
        editor.keyboard.press("Tab")
    expect(editor.locator("#id_published_on")).to_be_focused()
    insert = editor.locator("[data-contentpath=body]").get_by_title("Insert a block").first
    for _stop in range(8):
        editor.keyboard.press("Tab")
        if insert.evaluate("(button) => button === document.activeElement"):
            break
    editor.keyboard.press("Enter")
    expect(editor.get_by_role("combobox", name="Search options…")).to_be_focused()
    editor.keyboard.type("tex")
    expect(editor.get_by_role("option")).to_have_count(1)
    editor.keyboard.press("Enter")
    expect(editor.locator("[data-contentpath=body] [contenteditable=true]")).to_be_focused()
    # As a person types: what a form holds in its first moments counts as there from the start.
    editor.keyboard.type("The first paragraph.", delay=150)
    expect(editor).to_have_url(re.compile(r"/pages/\d+/edit/$"), timeout=15_000)  # by itself
    editor.get_by_role("tab", name="Checklist").click()
    expect(editor.locator("form .checklist")).to_contain_text("No main theme.")


def _type_and_leave(editor: Page, field: str, typed: str, key: str) -> None:
    """Only where the calendar has opened did it have its chance to put another day there."""
    editor.locator("#id_title").focus()
    editor.locator(field).click()
    expect(editor.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
    editor.keyboard.press("ControlOrMeta+a")
    editor.keyboard.type(typed)
    editor.keyboard.press(key)
    editor.locator("#id_title").focus()


def test_days_that_are_typed_day_first_are_kept(editor: Page) -> None:
    editor.goto("/admin/")
    editor.get_by_role("link", name=re.compile(r"\bevent\b", re.IGNORECASE)).first.click()
    editor.locator("#id_title").fill("Typed day first")
    start, end = editor.locator("#id_starts_at"), editor.locator("#id_ends_at")
    for typed, key, kept in (
        ("3/4/2027 10:00", "Tab", "2027-04-03 10:00"),
        ("3.4.2027 9:05", "Escape", "2027-04-03 09:05"),
        ("31-12-2027 10:00:30", "Enter", "2027-12-31 10:00"),
        ("2027-04-03 10:00", "Tab", "2027-04-03 10:00"),
        ("31/2/2027 10:00", "Tab", "31/2/2027 10:00"),  # no day: for the form to refuse
        ("next week", "Escape", "next week"),
    ):
        _type_and_leave(editor, "#id_starts_at", typed, key)
        expect(start).to_have_value(kept)
    _type_and_leave(editor, "#id_starts_at", "3/4/2027 10:00", "Tab")
    _type_and_leave(editor, "#id_ends_at", "4.4.2027 17:30", "Tab")
    editor.get_by_role("button", name="Save draft").first.click()
    expect(editor).to_have_url(re.compile(r"/pages/\d+/edit/$"), timeout=15_000)
    expect(editor.locator(".messages")).to_contain_text("Typed day first", timeout=15_000)
    editor.reload()
    expect(start).to_have_value("2027-04-03 10:00")
    expect(end).to_have_value("2027-04-04 17:30")


def test_a_day_alone_is_kept_as_well(editor: Page) -> None:
    editor.goto("/admin/")
    editor.get_by_role("link", name=re.compile("development", re.IGNORECASE)).first.click()
    for field in ("#id_effective_on", "#id_published_on"):
        for typed, kept in (
            ("3/4/2027", "2027-04-03"),
            ("1.3.2027", "2027-03-01"),
            ("soon", "soon"),
        ):
            _type_and_leave(editor, field, typed, "Tab")
            expect(editor.locator(field)).to_have_value(kept)


def test_enter_in_the_form_of_a_document_saves_it(editor: Page) -> None:
    editor.goto("/admin/documents/")
    editor.locator("a[href*='/documents/edit/']").first.click()
    title = editor.locator("#id_title")
    changed = f"{title.input_value()} (2nd edition)"
    title.fill(changed)
    editor.keyboard.press("Enter")
    expect(editor.locator(".messages")).to_contain_text("updated")
    editor.get_by_role("link", name=changed).first.click()
    expect(title).to_have_value(changed)
    editor.get_by_role("button", name="Read it again").click()
    expect(editor.locator(".messages")).to_contain_text("will be read again")
