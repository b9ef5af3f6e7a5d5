"""What a reader does with the glossary: leafs, opens the hierarchy, types a term."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect


@pytest.fixture
def plain(open_context: Callable[..., BrowserContext]) -> Page:
    """A page without JavaScript."""
    return open_context(java_script_enabled=False).new_page()


def focused(page: Page) -> Locator:
    return page.locator(":focus")


# --- the hierarchy ---


def test_without_script_the_hierarchy_opens_line_by_line(plain: Page) -> None:
    plain.goto("/en/glossary/hierarchy/")
    procedure = plain.get_by_role("link", name=re.compile("^asylum procedure"))
    expect(procedure).to_be_hidden()
    line = plain.locator("concept-tree > ul > li").filter(
        has=plain.locator(":scope > a[href='/en/glossary/asylum/']")
    )
    line.locator(":scope > details > summary").click()
    expect(procedure).to_be_visible()
    procedure.click()
    expect(plain).to_have_url(re.compile("/en/glossary/asylum-procedure/$"))


def test_the_tree_is_one_stop_and_walked_with_arrows(page: Page) -> None:
    page.goto("/en/glossary/hierarchy/")
    tree = page.get_by_role("tree")
    expect(tree).to_be_visible()
    assert page.locator("[role=treeitem][tabindex='0']").count() == 1
    page.get_by_role("link", name="Versions").focus()
    page.keyboard.press("Tab")
    first = focused(page)
    expect(first).to_have_role("treeitem")
    page.keyboard.press("a")
    page.keyboard.press("s")
    expect(focused(page)).to_have_attribute("href", "/en/glossary/asylum/")
    expect(focused(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowRight")
    expect(focused(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowRight")
    expect(focused(page)).to_have_attribute("aria-level", "2")
    child = focused(page).get_attribute("href")
    page.keyboard.press("ArrowDown")
    assert focused(page).get_attribute("href") != child
    page.keyboard.press("ArrowUp")
    expect(focused(page)).to_have_attribute("href", str(child))
    page.keyboard.press("ArrowLeft")
    expect(focused(page)).to_have_attribute("href", "/en/glossary/asylum/")
    page.keyboard.press("ArrowLeft")
    expect(focused(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("End")
    last = focused(page).get_attribute("href")
    page.keyboard.press("Home")
    assert focused(page).get_attribute("href") != last
    assert page.locator("[role=treeitem][tabindex='0']").count() == 1
    page.keyboard.press("Tab")
    expect(focused(page)).not_to_have_role("treeitem")


def test_one_letter_again_and_again_goes_from_line_to_line(page: Page) -> None:
    page.goto("/en/glossary/hierarchy/")
    page.locator("[role=treeitem][tabindex='0']").focus()
    seen = set()
    for _press in range(3):
        page.keyboard.press("m")
        seen.add(focused(page).inner_text()[:1].lower())
        seen.add(str(focused(page).get_attribute("href")))
    assert "m" in seen
    assert len(seen) >= 3


def test_a_star_opens_all_lines_beside_it_and_enter_goes_there(page: Page) -> None:
    page.goto("/en/glossary/hierarchy/")
    page.locator("[role=treeitem][tabindex='0']").focus()
    page.keyboard.press("*")
    assert page.locator("[role=treeitem][aria-level='1'][aria-expanded='false']").count() == 0
    page.keyboard.press("End")
    target = focused(page).get_attribute("href")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{target}$"))


def test_a_mouse_opens_and_closes_a_line(page: Page) -> None:
    page.goto("/en/glossary/hierarchy/")
    line = page.locator("concept-tree > ul > li").filter(
        has=page.locator(":scope > a[href='/en/glossary/asylum/']")
    )
    group = line.locator(":scope > [role=group]")
    expect(group).to_be_hidden()
    line.locator(":scope > .toggle").click()
    expect(group).to_be_visible()
    line.locator(":scope > .toggle").click()
    expect(group).to_be_hidden()


def test_a_concept_shows_its_place_open(page: Page) -> None:
    page.goto("/de/glossary/dublin-procedure/")
    here = page.locator("[role=treeitem][aria-current=page]")
    expect(here).to_be_visible()
    expect(here).to_have_attribute("aria-level", "3")
    expect(page.get_by_role("treeitem").first).to_have_attribute("href", "/de/glossary/asylum/")
    page.locator(".concept-place a[href*='?at=']").click()
    expect(page.locator("[role=treeitem][aria-current=true]")).to_be_visible()


# --- search as one types ---


def test_a_term_is_found_while_it_is_typed_and_reached_by_keyboard(page: Page) -> None:
    page.goto("/en/glossary/")
    box = page.locator("concept-finder [role=combobox]")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("asielz")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("asielzoeker")
    expect(options.first).to_contain_text("Nederlands")
    expect(page.locator(".finder-status")).to_contain_text("asielz")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(options.first.get_attribute("id")))
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowDown")
    box.press("Enter")
    expect(page).to_have_url(re.compile("/en/glossary/applicant-for-international-protection/$"))


def test_escape_closes_the_terms_and_enter_alone_searches(page: Page) -> None:
    page.goto("/fr/glossary/")
    box = page.locator("concept-finder [role=combobox]")
    box.press_sequentially("visum")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("visum")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/fr/glossary/\?q=visum$"))
    expect(page.locator(".found-terms li").first).to_contain_text("visa")


def test_a_term_is_chosen_with_the_mouse(page: Page) -> None:
    page.goto("/en/glossary/")
    page.locator("concept-finder [role=combobox]").press_sequentially("refugee st")
    page.get_by_role("option", name="refugee status", exact=True).click()
    expect(page).to_have_url(re.compile("/en/glossary/refugee-status/$"))


def test_fast_typing_asks_once(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "find.json" in one.url else None)
    page.clock.install(time=datetime(2026, 11, 26, 12))
    page.goto("/en/glossary/")
    page.clock.pause_at(datetime(2026, 11, 26, 13))  # nobody types fast on a busy machine
    page.locator("concept-finder [role=combobox]").press_sequentially("reception")
    assert asked == []
    page.clock.run_for(2_000)
    expect(page.get_by_role("option").first).to_be_visible()
    assert len(asked) == 1
    assert asked[0].endswith("?q=reception")


def test_a_term_is_only_text_whatever_stands_in_it(page: Page) -> None:
    bold = "<b>bold</b>"
    hit = {
        "slug": "x",
        "url": "/en/glossary/asylum/",
        "label": {"before": bold, "hit": "", "after": ""},
        "language": "en",
        "dir": "ltr",
        "matched": None,
    }

    def answer(route: Route) -> None:
        route.fulfill(json={"query": "x", "total": 1, "status": bold, "hits": [hit]})

    page.route("**/find.json?*", answer)
    page.goto("/en/glossary/")
    page.locator("concept-finder [role=combobox]").press_sequentially("x")
    expect(page.get_by_role("option").first).to_have_text(bold)
    expect(page.locator(".finder-status")).to_have_text(bold)
    assert page.locator(".concept-finder b").count() == 0


def test_an_outage_is_said_and_the_form_still_searches(page: Page) -> None:
    page.route("**/find.json?*", lambda route: route.abort())
    page.goto("/en/glossary/")
    box = page.locator("concept-finder [role=combobox]")
    box.press_sequentially("visa")
    expect(page.locator(".finder-status")).to_contain_text("Press Enter to search")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=visa$"))


def test_without_script_the_form_finds_the_same(plain: Page) -> None:
    plain.goto("/en/glossary/")
    box = plain.get_by_role("searchbox", name="A term in any language")
    box.fill("asielz")
    box.press("Enter")
    expect(plain.locator(".found-terms li").first).to_contain_text("asielzoeker")
    expect(plain.locator(".found-terms li").first).to_contain_text("Nederlands")


# --- any language ---


def test_a_reader_leafs_through_the_polish_terms(plain: Page) -> None:
    plain.goto("/en/glossary/")
    plain.locator(".list-language > summary").click()
    plain.get_by_role("link", name=re.compile("^Polish")).click()
    expect(plain).to_have_url(re.compile(r"\?in=pl$"))
    expect(plain.locator("html")).to_have_attribute("lang", "en")
    expect(plain.locator(".letters")).to_have_attribute("lang", "pl")
    index = plain.locator(".letter-index").inner_text().split()
    assert index[index.index("L") + 1] == "Ł"
    plain.get_by_role("link", name="azyl", exact=True).click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("asylum")


def test_a_page_fetches_the_fonts_of_the_scripts_that_it_shows(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_context().new_page()
    fonts: set[str] = set()
    page.on(
        "request",
        lambda one: fonts.add(one.url.rpartition("/")[2]) if ".woff2" in one.url else None,
    )
    page.goto("/en/glossary/hierarchy/", wait_until="networkidle")
    assert not any("ethiopic" in font or "arabic" in font for font in fonts)
    page.goto("/en/glossary/asylum/", wait_until="networkidle")
    for script in ("arabic", "ethiopic", "georgian", "armenian", "cyrillic", "greek"):
        for _look in range(150):  # on a busy machine the network is idle before fonts are asked for
            if any(script in font for font in fonts):
                break
            page.wait_for_timeout(100)
        assert any(script in font for font in fonts), script
