"""What an editor does: signs in with a second factor, classifies an item, reviews an import."""

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

import pytest
from playwright.sync_api import BrowserContext, Page, expect

TWIN = Path(__file__).parents[1] / "data" / "listing_twin.txt"


def one_time_code(secret: str, at: float) -> str:
    """RFC 6238 with its defaults, written out so that the test shares no code with the portal."""
    key = b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def sign_in(page: Page, portal: Any, code: str) -> None:
    page.goto("/admin/")
    page.locator("input[name=login]").fill(portal.credential("Address"))
    page.locator("input[name=password]").fill(portal.credential("Password"))
    page.keyboard.press("Enter")
    page.locator("input[name=code]").fill(code)
    page.keyboard.press("Enter")


@pytest.fixture(scope="module")
def recovery_codes(portal: Any) -> list[str]:
    """Each signs in once, so each journey takes its own."""
    codes = re.findall(r"\b\d{8}\b", portal.printed.split("Recovery codes")[1])
    assert len(codes) == 10
    return codes


@pytest.fixture
def editor(
    portal: Any, recovery_codes: list[str], open_context: Callable[..., BrowserContext]
) -> Page:
    page = open_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(page, portal, recovery_codes.pop())
    expect(page).to_have_url(re.compile(r"/admin/$"))
    return page


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
    suggestion = editor.get_by_role("button", name=re.compile("family reunification"))
    suggestion.focus()
    editor.keyboard.press("Enter")
    expect(editor.locator("[data-suggestions-status]")).to_contain_text("family reunification")
    editor.get_by_role("button", name="Save draft").first.click()
    expect(editor.get_by_text("A journey to a place in reception").first).to_be_visible()
    editor.reload()
    editor.get_by_role("tab", name="About").click()
    keywords = editor.locator("#id_classifications-FORMS")
    expect(keywords.get_by_text("family reunification").first).to_be_visible()


def test_an_editor_accepts_an_import(editor: Page, portal: Any) -> None:
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("CONTACTPOINT_")},
        "CONTACTPOINT_DATA": str(portal.data),
        "CONTACTPOINT_ENVIRONMENT": "demo",
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    subprocess.run(
        [
            str(Path(sys.executable).parent / "contactpoint"),
            "import",
            str(TWIN),
            "--language",
            "en",
        ],
        check=True,
        env=environment,
        capture_output=True,
        timeout=120,
    )
    editor.goto("/admin/")
    editor.get_by_role("link", name="Imports").first.click()
    editor.get_by_role("link", name=re.compile("listing_twin")).first.click()
    expect(editor.get_by_role("main")).to_contain_text("25")
    editor.get_by_role("button", name=re.compile("accept all", re.IGNORECASE)).first.click()
    expect(editor.get_by_role("main")).to_contain_text(re.compile("accepted", re.IGNORECASE))
