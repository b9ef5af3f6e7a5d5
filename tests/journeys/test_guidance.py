"""As applicants read it: on a small old phone, without script, in a hurry, leaving nothing."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
    },
    "resultTypes": ["violations"],  # what is well is counted, and not told of each element
}
PHONE = {"width": 320, "height": 568}
PATHS = ("", "procedure/", "procedure/interview/", "help/", "coverage/", "leaving/", "nowhere/")
OTHERS = ("nl", "fr", "de", "fa", "ps", "so", "ru", "uk", "es", "sq", "tr")
SOME = ("procedure/interview/", "help/", "offline/")
LEFT = """async () => ({
    local: localStorage.length, session: sessionStorage.length,
    databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length, cookies: document.cookie,
})"""


def is_as_wide_as_the_phone(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_phone_without_script_leads_from_the_start_to_somebody_who_helps(
    open_context: Callable[..., BrowserContext],
) -> None:
    context = open_context(viewport=PHONE, java_script_enabled=False, has_touch=True)
    page = context.new_page()
    page.goto("/en/guidance/")
    expect(page.get_by_role("link", name="112")).to_have_attribute("href", "tel:112")
    page.get_by_role("link", name="I am under 18").tap()
    page.locator(".line a", has_text="interview").tap()
    expect(page.locator("#minor-guardian")).to_be_visible()
    assert page.locator("[id=alone-free]").count() == 0
    page.locator("details.tongues summary").tap()
    page.locator(".tongues").get_by_role("link", name="العربية").tap()
    page.wait_for_url(lambda url: url.endswith("/ar/guidance/procedure/interview/?as=minor"))
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.locator(".report button[name=unclear]").tap()
    page.wait_for_url("**/ar/guidance/said/interview/**")
    page.locator(".onward a").last.tap()
    page.wait_for_url("**/ar/guidance/help/**")
    assert page.locator("a[href^='tel:']").count() > 5
    assert context.cookies() == []


@pytest.mark.parametrize("language", ["en", "ar", "ti", *OTHERS])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_phone(
    open_context: Callable[..., BrowserContext], language: str
) -> None:
    scheme = "dark" if language in ("ar", *OTHERS[::2]) else "light"
    page = open_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True).new_page()
    for path in SOME if language in OTHERS else PATHS:
        page.goto(f"/{language}/guidance/{path}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        results = Axe().run(page, options=RULES)
        assert results.violations_count == 0, results.generate_report()
        assert is_as_wide_as_the_phone(page), path


def test_nothing_is_left_in_the_browser(open_context: Callable[..., BrowserContext]) -> None:
    context = open_context(viewport=PHONE)
    page = context.new_page()
    for path in PATHS:
        page.goto(f"/ar/guidance/{path}")
    assert page.evaluate(LEFT) == {
        "local": 0, "session": 0, "databases": 0, "caches": 0, "workers": 0, "cookies": "",
    }  # fmt: skip
    assert context.cookies() == []


@pytest.mark.parametrize("how", ["button", "shift"])
def test_who_leaves_quickly_does_not_come_back_by_going_back(
    open_context: Callable[..., BrowserContext], strangers: list[str], how: str
) -> None:
    context = open_context(viewport=PHONE)
    asked: list[dict[str, str]] = []

    def elsewhere(route) -> None:
        asked.append(route.request.headers)
        route.fulfill(body="<title>Elsewhere</title>", content_type="text/html")

    context.route("https://www.wikipedia.org/**", elsewhere)
    page = context.new_page()
    page.goto("/en/guidance/")
    page.goto("/en/guidance/procedure/interview/")
    if how == "button":
        page.locator("a.leave").click()
    else:
        for _time in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url("https://www.wikipedia.org/")
    assert "referer" not in asked[0]
    page.go_back()
    assert page.url.endswith("/en/guidance/")
    strangers.clear()
