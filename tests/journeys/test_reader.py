"""What a reader does, with and without JavaScript, with a mouse and with the keyboard alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def reader(request: pytest.FixtureRequest, open_context: Callable[..., BrowserContext]) -> Page:
    return open_context(java_script_enabled=request.param).new_page()


def test_a_reader_goes_from_the_front_page_to_an_item_its_concept_and_its_french_text(
    reader: Page,
) -> None:
    reader.goto("/en/")
    reader.get_by_role("navigation").get_by_role("link", name="News", exact=True).first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("News")
    reader.goto("/en/news/georgia-and-moldova-join-the-emn/")
    heading = reader.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Moldova")
    english = heading.inner_text()
    reader.get_by_role("link", name="Français").first.click()
    expect(reader.locator("html")).to_have_attribute("lang", "fr")
    expect(reader.get_by_role("heading", level=1)).not_to_have_text(english)
    reader.goto("/en/glossary/reception/")
    expect(reader.get_by_role("heading", level=1)).to_contain_text("reception", ignore_case=True)


def test_a_dutch_word_finds_english_items_and_says_why(reader: Page) -> None:
    reader.goto("/en/")
    box = reader.locator("input[type=search]").first
    box.fill("huisvesting")
    box.press("Enter")
    expect(reader).to_have_url(re.compile(r"/en/search/\?q=huisvesting"))
    expect(reader.get_by_role("main")).to_contain_text("housing", ignore_case=True)
    expect(reader.locator("main article").first).to_be_visible()


def test_filters_narrow_a_list_and_stay_in_the_address(reader: Page) -> None:
    reader.goto("/en/publications/")
    before = reader.locator("main article").count()
    details = reader.locator("main details:not([open]) > summary")
    while details.count() and details.first.is_visible():
        details.first.click()
    reader.get_by_role("link", name="EMN inform").first.click()
    expect(reader).to_have_url(re.compile("type=emn-inform"))
    reader.wait_for_load_state()  # the address is there before the page is
    assert 0 < reader.locator("main article").count() < before


def test_the_whole_site_is_reached_by_keyboard(page: Page) -> None:
    page.goto("/en/")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused == "#content", "the first stop skips to the content"
    page.keyboard.press("Enter")
    seen = set()
    for _stop in range(40):
        page.keyboard.press("Tab")
        element = page.evaluate(
            """() => { const e = document.activeElement, r = e.getBoundingClientRect(),
                s = getComputedStyle(e);
                return [e.tagName, e.getAttribute('href') || e.name || '', r.width > 0,
                        s.outlineStyle !== 'none' || s.boxShadow !== 'none']; }"""
        )
        if element[0] == "BODY":
            break
        seen.add(element[1])
        assert element[2], f"{element} has focus and can't be seen"
        assert element[3], f"{element} has focus and does not show it"
    assert len(seen) > 10


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/fr/news/",
        "/nl/publications/",
        "/de/chronicle/",
        "/en/glossary/",
        "/de/glossary/?in=fi",
        "/nl/glossary/hierarchy/?at=dublin-procedure",
        "/en/glossary/asylum/",
        "/de/glossary/third-country-national/",
        "/en/themes/asylum/",
        "/en/search/?q=asiel",
        "/de/news/georgia-and-moldova-join-the-emn/",
        "/en/nowhere/",
    ],
)
def test_no_page_scrolls_sideways(
    open_context: Callable[..., BrowserContext], path: str, width: int
) -> None:
    page = open_context(viewport={"width": width, "height": 800}).new_page()
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_page_breaks_its_own_security_policy_or_keeps_a_cookie(
    open_context: Callable[..., BrowserContext],
) -> None:
    context = open_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in (
        "/en/",
        "/fr/news/",
        "/en/glossary/",
        "/nl/search/?q=opvang",
        "/de/themes/",
        "/en/glossary/refugee/",
    ):
        page.goto(path)
    assert said == []
    assert context.cookies() == []
