"""What a browser makes of our policies: a page that was made to carry them, and markup in it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Error, Page

from contactpoint.kit.headers import ADMIN_POLICY, FILE_POLICY, PUBLIC_POLICY

INLINE = "<!doctype html><body><script>window.ran = 'script'</script>"
HANDLER = (
    "<!doctype html><body><img src='/none' onerror=\"window.ran = 'handler'\">"
    "<p onclick=\"window.ran = 'handler'\">press</p>"
)


@pytest.fixture
def shown(browser: Browser) -> Callable[[str, str], Page]:
    """Opens a page under a policy; nothing is asked of any server."""

    def show(policy: str, html: str) -> Page:
        page = browser.new_page()
        headers = {"Content-Security-Policy": policy, "Content-Type": "text/html"}
        page.route("**/*", lambda route: route.fulfill(status=200, headers=headers, body=html))
        page.goto("https://portal.test/en/")
        return page

    return show


def test_scripts_of_public_pages_can_write_no_markup(
    shown: Callable[[str, str], Page],
) -> None:
    """Trusted Types: what a mistake in a script would let in is refused by the browser."""
    page = shown(PUBLIC_POLICY, "<!doctype html><body><p>text</p>")
    for sink in (
        "document.body.innerHTML = '<img src=x>'",
        "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
        "document.write('<b>x</b>')",
        "document.createElement('script').src = 'https://elsewhere.test/a.js'",
        "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
        "window.trustedTypes.createPolicy('own', {createHTML: text => text})",
        "setTimeout('1 + 1', 0)",
    ):
        with pytest.raises(Error, match=r"Trusted|policy|Policy"):
            page.evaluate(f"() => {{ {sink} }}")
    page.evaluate("document.body.textContent = '<b>x</b>'")
    assert page.inner_text("body") == "<b>x</b>"


@pytest.mark.parametrize("html", [INLINE, HANDLER], ids=["script", "handler"])
@pytest.mark.parametrize("policy", [PUBLIC_POLICY, FILE_POLICY], ids=["public", "file"])
def test_markup_runs_nothing_on_public_pages_and_in_files(
    shown: Callable[[str, str], Page], policy: str, html: str
) -> None:
    page = shown(policy, html)
    page.locator("p").click() if "<p" in html else None
    if "sandbox" not in policy:  # else the browser runs nothing of ours either
        assert page.evaluate("window.ran") is None
    assert page.content().count("window.ran") >= 1


def test_handlers_in_attributes_run_nowhere_in_the_admin(
    shown: Callable[[str, str], Page],
) -> None:
    page = shown(ADMIN_POLICY, HANDLER)
    page.locator("p").click()
    assert page.evaluate("window.ran") is None
