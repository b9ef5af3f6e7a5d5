"""A marked term shows its definition by mouse, keyboard and finger; without script it is a link."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

ITEM = "/en/news/georgia-and-moldova-join-the-emn/"
TERM = "a.term[href$='/glossary/return/']"
POPOVER = "term-popover:popover-open"


def focus_term(page: Page) -> None:
    """Goes there by the Tab key, from the link before it."""
    page.locator(TERM).scroll_into_view_if_needed()
    page.locator("a.term").first.focus()
    for _stop in range(20):
        page.keyboard.press("Tab")
        if page.locator(TERM).evaluate("link => link === document.activeElement"):
            return
    raise AssertionError("the term is no stop of the Tab key")


def test_without_script_a_term_leads_to_its_concept(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(ITEM)
    page.locator(TERM).click()
    expect(page).to_have_url(re.compile(r"/en/glossary/return/$"))


def test_by_keyboard_focus_shows_the_definition_and_escape_closes_it(page: Page) -> None:
    page.goto(ITEM)
    focus_term(page)
    popover = page.locator(POPOVER)
    expect(popover).to_contain_text("Directive 2008/115/EC")
    expect(page.locator(TERM)).to_have_attribute("aria-describedby", "term-popover-definition")
    page.keyboard.press("Escape")
    expect(popover).to_have_count(0)
    assert page.locator(TERM).evaluate("link => link === document.activeElement")
    expect(page.locator(TERM)).not_to_have_attribute("aria-describedby", re.compile(".*"))


def test_by_keyboard_the_link_in_the_popover_is_the_next_stop(page: Page) -> None:
    page.goto(ITEM)
    focus_term(page)
    # That of the term itself, not of one that the Tab key has just passed.
    expect(page.locator(POPOVER)).to_contain_text("Directive 2008/115/EC")
    page.keyboard.press("Tab")
    expect(page.locator(f"{POPOVER} a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/glossary/return/$"))


def test_by_keyboard_enter_on_a_term_leads_on_and_tab_past_it_closes(page: Page) -> None:
    page.goto(ITEM)
    focus_term(page)
    # That of the term itself, not of one that the Tab key has just passed.
    expect(page.locator(POPOVER)).to_contain_text("Directive 2008/115/EC")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(POPOVER)).to_have_count(0)
    focus_term(page)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/glossary/return/$"))


def test_by_mouse_it_opens_on_pointing_stays_under_the_pointer_and_goes(page: Page) -> None:
    page.goto(ITEM)
    page.locator(TERM).hover()
    popover = page.locator(POPOVER)
    expect(popover).to_be_visible()
    popover.locator(".term-popover-definition").hover()
    page.wait_for_timeout(600)
    expect(popover).to_be_visible()
    page.mouse.move(2, 2)
    expect(popover).to_have_count(0)


def test_the_first_tap_opens_and_the_second_leads_on(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_context(has_touch=True, viewport={"width": 360, "height": 700}).new_page()
    page.goto(ITEM)
    page.locator(TERM).tap()
    popover = page.locator(POPOVER)
    expect(popover).to_be_visible()
    assert page.url.endswith(ITEM)
    box = popover.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.locator("h1").tap()
    expect(popover).to_have_count(0)
    page.locator(TERM).tap()
    expect(popover).to_be_visible()
    page.locator(TERM).tap()
    expect(page).to_have_url(re.compile(r"/en/glossary/return/$"))


def test_a_tap_leads_on_where_the_definition_cannot_be_fetched(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_context(has_touch=True, viewport={"width": 360, "height": 700}).new_page()
    page.route("**/brief/", lambda route: route.abort())
    page.goto(ITEM)
    page.locator(TERM).tap()
    expect(page).to_have_url(re.compile(r"/en/glossary/return/$"))


def test_an_open_popover_keeps_to_the_policy_and_axe_finds_nothing(
    open_context: Callable[..., BrowserContext],
) -> None:
    strict = open_context().new_page()
    said: list[str] = []
    strict.on("console", lambda message: said.append(message.text))
    strict.on("pageerror", lambda error: said.append(str(error)))
    strict.goto(ITEM)
    strict.locator(TERM).hover()
    expect(strict.locator(POPOVER)).to_be_visible()
    assert said == []
    page = open_context(bypass_csp=True).new_page()
    page.goto(ITEM)
    page.locator(TERM).hover()
    expect(page.locator(POPOVER)).to_be_visible()
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa"]}})
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_popover_stands_at_the_beginning_of_its_term(
    open_context: Callable[..., BrowserContext], direction: str
) -> None:
    page = open_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(ITEM)
    page.evaluate("direction => { document.documentElement.dir = direction }", direction)
    page.locator(TERM).hover()
    popover = page.locator(POPOVER)
    expect(popover).to_be_visible()
    term, box = page.locator(TERM).bounding_box(), popover.bounding_box()
    assert term is not None
    assert box is not None
    edges = [one["x"] + (one["width"] if direction == "rtl" else 0) for one in (term, box)]
    assert edges[0] == pytest.approx(edges[1], abs=20)
    assert box["y"] >= term["y"] + term["height"] or box["y"] + box["height"] <= term["y"]


def test_on_paper_a_term_is_plain_text(page: Page) -> None:
    page.goto(ITEM)
    page.emulate_media(media="print")
    line = page.locator(TERM).evaluate("link => getComputedStyle(link).textDecorationLine")
    assert line == "none"
