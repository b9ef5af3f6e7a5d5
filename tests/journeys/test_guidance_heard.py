"""An editor says a page into the microphone; a reader hears it, and takes it along without line."""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

GUIDE = "/en/guidance/procedure/registration/"
OFFLINE = "/en/guidance/offline/"
STORED = "async () => (await caches.keys()).length"
SOUNDS = """async () => {
  const cache = await caches.open("guidance-en");
  return (await cache.keys()).filter((one) => new URL(one.url).pathname.includes("/voice/")).length;
}"""


@pytest.fixture
def spoken(editor: Page) -> Iterator[list[str]]:
    """Two parts of a page, recorded in the browser; taken back at the end."""
    editor.goto("/admin/guidance/sound/?language=en")
    editor.get_by_role("link", name="Registration", exact=True).click()
    parts = editor.locator("section:has(form[data-record])")
    names = [str(parts.nth(at).get_attribute("id")) for at in (0, 1)]
    for name in names:
        part = editor.locator(f"section[id='{name}']")
        button = part.locator("[data-begin]")
        button.click()
        expect(button).to_have_text("Stop")
        editor.wait_for_timeout(1500)
        button.click()
        expect(part.locator("form audio")).to_be_visible()
        part.get_by_role("button", name="Send").click()
        expect(editor.get_by_text("Readers hear it now.")).to_be_visible()
        expect(editor.locator(f"section[id='{name}']").get_by_text("a person, ")).to_be_visible()
    yield names
    for name in names:
        editor.locator(f"section[id='{name}']").get_by_role(
            "button", name="Remove what a person has recorded"
        ).click()
        expect(editor.get_by_text("It is heard no longer.")).to_be_visible()


def test_what_an_editor_says_is_heard_with_the_text_marked_also_without_internet(
    spoken: list[str], open_context: Callable[..., BrowserContext]
) -> None:
    context = open_context(viewport={"width": 320, "height": 568})
    page = context.new_page()
    page.goto(GUIDE)
    hear_it_all(page, spoken[1])

    wait_for_pack(context, spoken[1])
    page.goto(OFFLINE)
    save = page.locator('[data-do="voice"]')
    expect(save).to_contain_text(re.compile(r"\d+ kB"))
    assert page.evaluate(STORED) == 0
    save.click()
    expect(page.locator('[data-do="remove"]')).to_be_visible()
    expect(save).to_be_hidden()
    assert page.evaluate(SOUNDS) == 2
    page.wait_for_function("() => navigator.serviceWorker.ready.then((one) => Boolean(one.active))")

    context.set_offline(True)
    page.goto(GUIDE)
    hear_it_all(page, spoken[1])
    page.goto("/en/guidance/coverage/")
    expect(page.locator("table")).to_be_visible()
    page.goto(OFFLINE)
    page.locator('[data-do="remove"]').click()
    expect(page.locator('[data-do="save"]')).to_be_visible()
    assert page.evaluate(STORED) == 0


def wait_for_pack(context: BrowserContext, block: str) -> None:
    """The worker makes it when changes have come to rest."""
    for _try in range(90):
        answer = context.request.get(f"{OFFLINE}manifest.json")
        if answer.ok:
            digest, _size = answer.json()["pages"][GUIDE]
            if f"/{block}-" in context.request.get(f"{OFFLINE}{digest}.json").text():
                return
        time.sleep(2)
    raise AssertionError("The pack has no sound yet.")


def hear_it_all(page: Page, second: str) -> None:
    """With the keyboard: slowly, all in a row, with what is heard marked, to the end."""
    everything = page.locator("[data-all]")
    expect(everything).to_contain_text(re.compile(r"\d+ kB"))
    page.locator("input[name=speed]:checked").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("input[value='0.75']")).to_be_checked()
    everything.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".head")).to_have_class(re.compile("is-heard"))
    expect(everything).to_contain_text("Pause")
    page.keyboard.press("Space")
    expect(everything).not_to_contain_text("Pause")
    page.keyboard.press("Space")
    marked = page.locator(f"[id='{second}']")
    expect(marked).to_have_class(re.compile("is-heard"))
    expect(marked).to_be_in_viewport()
    assert page.locator(".is-heard").count() == 1
    expect(page.locator("[data-stop]")).to_be_hidden(timeout=30_000)
    assert page.locator(".is-heard").count() == 0
    expect(page.locator("[data-failed]")).to_be_hidden()
