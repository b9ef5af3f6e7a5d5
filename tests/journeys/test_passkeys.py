"""Passkeys in a real browser, whose authenticators are virtual: added, used, named and removed."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from journeys.conftest import Portal
from playwright.sync_api import Browser, CDPSession, ConsoleMessage, Page, expect

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
FIRST_CODES = 5
"""Recovery codes that other journeys may spend."""


@pytest.fixture
def at_localhost(browser: Browser, portal: Portal) -> Iterator[Page]:
    """Keys belong to a name, and an address of four numbers is none."""
    context = browser.new_context(
        base_url=portal.address.replace("127.0.0.1", "localhost"),
        locale="en-GB",
        viewport={"width": 360, "height": 780},
    )
    context.set_default_timeout(40_000)
    yield context.new_page()
    context.close()


def new_device(session: CDPSession) -> str:
    made: dict[str, Any] = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return str(made["authenticatorId"])


def password_step(page: Page, portal: Portal) -> None:
    page.goto("/admin/")
    page.locator("input[name=login]").fill(portal.credential("Address"))
    page.locator("input[name=password]").fill(portal.credential("Password"))
    page.keyboard.press("Enter")


def test_passkeys_are_added_used_and_removed(at_localhost: Page, portal: Portal) -> None:
    page, refused = at_localhost, []

    def note(message: ConsoleMessage) -> None:
        if "Policy" in message.text or "Trusted" in message.text:
            refused.append(message.text)

    page.on("console", note)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    first = new_device(session)
    codes = iter(re.findall(r"\b\d{8}\b", portal.printed.split("Recovery codes")[1])[FIRST_CODES:])
    password_step(page, portal)
    page.locator("input[name=code]").fill(next(codes))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/admin/$"))

    page.goto("/account/factor/keys/new/")
    page.locator("input[name=code]").fill(next(codes))  # it is asked for once more
    page.keyboard.press("Enter")
    page.get_by_label("What you call it").fill("This telephone")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="This telephone")).to_be_visible()

    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("alert")).to_have_text("No passkey answered. Try again.")
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": first})
    second = new_device(session)
    page.get_by_label("What you call it").fill("The key at my door")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="The key at my door")).to_be_visible()

    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    password_step(page, portal)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile(r"/admin/$"))

    page.goto("/account/factor/keys/")
    page.get_by_role("link", name="Remove This telephone").click()
    page.get_by_role("link", name="Use a passkey instead").click()
    page.get_by_role("button", name="Use a passkey").press("Enter")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("heading", name="This telephone")).to_have_count(0)
    expect(page.get_by_role("heading", name="The key at my door")).to_be_visible()
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": second})
    assert refused == []
