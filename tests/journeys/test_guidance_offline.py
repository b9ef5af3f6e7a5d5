"""An applicant saves a language on a phone, reads it without internet, and removes it again."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route, expect

STORED = """async () => ({
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  local: localStorage.length + sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  cookies: document.cookie,
})"""
NOTHING = {"caches": [], "workers": 0, "local": 0, "databases": 0, "cookies": ""}


def open_when_made(page: Page, path: str) -> None:
    """A worker that has just started makes packs first."""
    for _try in range(90):
        page.goto(path)
        if page.locator('[data-do="save"]').count():
            return
        page.wait_for_timeout(2000)
    raise AssertionError(f"{path} has no pack yet.")


def stored(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(STORED)
    return found


def test_a_language_is_saved_read_without_internet_and_removed(
    open_context: Callable[..., BrowserContext],
) -> None:
    context = open_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.goto("/ar/guidance/procedure/interview/")
    open_when_made(page, "/ar/guidance/offline/")
    save = page.locator('[data-do="save"]')
    expect(save).to_be_visible()
    assert stored(page) == NOTHING

    save.tap()
    remove = page.locator('[data-do="remove"]')
    expect(remove).to_be_visible()
    expect(save).to_be_hidden()
    assert stored(page) | {"caches": 0} == NOTHING | {"caches": 0, "workers": 1}
    assert problems == []
    page.wait_for_function("() => navigator.serviceWorker.ready.then((one) => Boolean(one.active))")

    context.set_offline(True)
    page.goto("/ar/guidance/interview/?as=minor")
    assert page.url.endswith("/ar/guidance/procedure/interview/?as=minor")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("article h1")).not_to_be_empty()
    minor = page.locator("section.some").count()
    expect(page.locator('a[href$="?as=minor"]').first).to_be_attached()
    page.goto("/ar/guidance/procedure/interview/")
    assert page.locator("section.some").count() >= minor
    assert page.evaluate("() => getComputedStyle(document.querySelector('.top')).position") == (
        "sticky"
    )
    page.goto("/ar/guidance/help/")
    expect(page.locator(".card").first).to_be_visible()
    page.goto("/ar/guidance/sheet/")
    expect(page.locator("h1")).to_be_visible()  # it says that this one is not saved

    page.goto("/ar/guidance/offline/")
    expect(remove).to_be_visible()
    remove.tap()
    expect(save).to_be_visible()
    assert stored(page) == NOTHING
    context.set_offline(False)
    page.goto("/ar/guidance/offline/")
    assert stored(page) == NOTHING
    assert context.cookies() == []


def test_later_only_what_changed_is_fetched(open_context: Callable[..., BrowserContext]) -> None:
    context = open_context()
    page = context.new_page()
    open_when_made(page, "/so/guidance/offline/")
    page.locator('[data-do="save"]').click()
    expect(page.locator("[data-newest]")).to_be_visible()
    page.evaluate(
        """async () => {
          const cache = await caches.open("guidance-so");
          const list = await (await cache.match("/so/guidance/offline/manifest.json")).json();
          await cache.delete(`/so/guidance/offline/${list.pages["/so/guidance/help/"][0]}.json`);
        }"""
    )
    page.goto("/so/guidance/offline/")
    update = page.locator('[data-do="update"]')
    expect(update).to_be_visible()
    fetched: list[str] = []
    page.on("request", lambda one: fetched.append(one.url))
    update.click()
    expect(page.locator("[data-newest]")).to_be_visible()
    assert len([url for url in fetched if url.endswith(".json") and "manifest" not in url]) == 1


def saved(page: Page, language: str) -> None:
    open_when_made(page, f"/{language}/guidance/offline/")
    page.locator('[data-do="save"]').click()
    expect(page.locator("[data-newest]")).to_be_visible()


def test_removing_everything_takes_away_every_language(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_context().new_page()
    saved(page, "so")
    saved(page, "en")
    assert stored(page)["workers"] == 2
    open_when_made(
        page, "/tr/guidance/offline/"
    )  # nothing of this language is here, and yet something is
    expect(page.locator('[data-do="save"]')).to_be_visible()
    page.locator('[data-do="remove"]').click()
    expect(page.locator("[data-status]")).not_to_be_empty()
    assert stored(page) == NOTHING
    expect(page.locator('[data-do="remove"]')).to_be_hidden()


def test_a_touch_on_remove_counts_before_the_network_answers(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_context().new_page()
    saved(page, "so")
    page.route("**/offline/manifest.json*", lambda _route: None)  # a line that never answers
    page.goto("/so/guidance/offline/")
    page.locator('[data-do="remove"]').click()
    expect(page.locator('[data-do="save"]')).to_be_visible()
    assert stored(page) == NOTHING


def test_removing_ends_a_saving_that_is_under_way(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_context().new_page()
    saved(page, "so")
    waiting: list[Route] = []
    open_when_made(page, "/en/guidance/offline/")

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/offline/manifest.json*", hold)
    page.locator('[data-do="save"]').click()
    page.wait_for_timeout(200)
    page.locator('[data-do="remove"]').click()
    expect(page.locator("[data-status]")).not_to_be_empty()
    for route in waiting:
        route.continue_()
    page.wait_for_timeout(1500)
    assert stored(page) == NOTHING


def test_a_click_that_cannot_be_sent_is_told_to_be_lost(
    open_context: Callable[..., BrowserContext],
) -> None:
    context = open_context()
    page = context.new_page()
    saved(page, "en")
    page.wait_for_function("() => navigator.serviceWorker.ready.then((one) => Boolean(one.active))")
    context.set_offline(True)
    page.goto("/en/guidance/procedure/interview/")
    page.locator('button[name="unclear"]').click()
    expect(page.locator("main")).to_contain_text("Your click was not counted")
