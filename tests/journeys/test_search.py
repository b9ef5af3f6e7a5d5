"""Searching as a reader does: typing, choosing, narrowing, with script, without, by keyboard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

ALL = "/en/search/?q=asylum"


@pytest.fixture
def plain(open_context: Callable[..., BrowserContext]) -> Page:
    return open_context(java_script_enabled=False).new_page()


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def reader(request: pytest.FixtureRequest, open_context: Callable[..., BrowserContext]) -> Page:
    return open_context(
        java_script_enabled=request.param, viewport={"width": 1280, "height": 900}
    ).new_page()


def total(page: Page) -> int:
    return int(page.locator("#found-total").inner_text().split()[0])


# --- while one types ---


def test_a_concept_is_suggested_on_every_page_and_reached_by_keyboard(page: Page) -> None:
    page.goto("/en/news/")
    box = page.get_by_role("combobox", name="Search this site")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("gezinshereniging")
    group = page.get_by_role("group", name="In the glossary")
    expect(group.get_by_role("option").first).to_contain_text("family reunification")
    expect(group.get_by_role("option").first).to_contain_text("Dutch")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("search-box [role=status]")).to_contain_text("suggestion")
    box.press("ArrowDown")
    chosen = page.get_by_role("option").first
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    box.press("Enter")
    expect(page).to_have_url(re.compile("/en/glossary/family-reunification/$"))


def test_escape_closes_the_suggestions_and_enter_alone_searches(page: Page) -> None:
    page.goto("/en/")
    box = page.get_by_role("combobox")
    box.press_sequentially("asylum")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("asylum")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/search/\?q=asylum$"))


def test_a_suggestion_is_only_text_whatever_stands_in_it(page: Page) -> None:
    bold = "<b>bold</b>"

    def answer(route: Route) -> None:
        one = {"text": bold, "url": "/en/", "matched": bold, "spoken": bold, "language": "en"}
        title = {"text": bold, "url": "/en/", "kind": bold, "language": "en"}
        route.fulfill(
            json={"status": bold, "concepts": [one], "titles": [title], "questions": [one]}
        )

    page.route("**/search/suggest?*", answer)
    page.goto("/en/")
    page.get_by_role("combobox").press_sequentially("xy")
    expect(page.get_by_role("option")).to_have_count(3)
    expect(page.locator("search-box [role=status]")).to_have_text(bold)
    assert page.locator("search-box b").count() == 0


def test_without_suggestions_the_box_still_searches(page: Page) -> None:
    page.route("**/search/suggest?*", lambda route: route.abort())
    page.goto("/en/")
    box = page.get_by_role("combobox")
    box.press_sequentially("asylum")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=asylum$"))


def test_the_list_of_suggestions_fits_a_phone(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto("/en/")
    page.get_by_role("combobox").press_sequentially("asyl")
    box = page.get_by_role("listbox").bounding_box()
    assert box is not None
    assert box["width"] > 280
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


# --- results ---


def test_filters_narrow_with_and_without_script(reader: Page) -> None:
    reader.goto(ALL)
    before = total(reader)
    reader.locator("#choice-kind-news-item").click()
    expect(reader).to_have_url(re.compile("kind=news-item"))
    expect(reader.locator(".active-filter-list")).to_contain_text("News")
    assert 0 < total(reader) < before
    reader.locator("#choice-theme-migration-not").focus()
    reader.locator("#choice-theme-migration-not").press("Enter")
    expect(reader).to_have_url(re.compile(r"theme\.not=migration"))
    expect(reader.locator(".active-filter-list")).to_contain_text("not Migration")
    reader.get_by_role("link", name="Clear all").click()
    expect(reader).to_have_url(re.compile(r"\?q=asylum$"))
    assert total(reader) == before


def test_a_concept_is_switched_off_and_on_with_and_without_script(reader: Page) -> None:
    reader.goto("/en/search/?q=asiel")
    before = total(reader)
    reader.get_by_role("link", name="Switch off asylum").click()
    expect(reader).to_have_url(re.compile("off=asylum"))
    assert total(reader) < before
    reader.get_by_role("link", name="switch on asylum").click()
    expect(reader).not_to_have_url(re.compile("off="))
    assert total(reader) == before


def test_with_script_no_new_page_is_loaded_and_the_focus_stays(page: Page) -> None:
    page.goto(ALL)
    page.evaluate("window.isSame = true")
    page.locator("#facet-concept > summary").click()
    page.locator("#choice-kind-news-item").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("kind=news-item"))
    expect(page.locator("#choice-kind-news-item")).to_be_focused()
    expect(page.locator("#facet-concept")).to_have_attribute("open", "")
    expect(page.locator("#live-status")).to_contain_text("result")
    expect(page.locator("a[hreflang=fr][href*='/fr/search/']").first).to_have_attribute(
        "href", re.compile("kind=news-item")
    )
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?q=asylum$"))
    expect(page.locator(".active-filter-list")).to_have_count(0)
    assert page.evaluate("window.isSame")


def test_with_script_a_turned_page_is_read_from_its_head(page: Page) -> None:
    page.goto(ALL)
    page.get_by_role("link", name="Next").click()
    expect(page).to_have_url(re.compile("page=2"))
    expect(page.locator("#found-total")).to_be_focused()
    expect(page.locator("#live-status")).to_contain_text("page 2 of")
    expect(page).to_have_title(re.compile("page 2"))


def test_with_script_results_follow_what_is_typed_and_keep_the_filters(page: Page) -> None:
    page.goto("/en/search/?q=asylum&kind=news-item")
    box = page.get_by_role("combobox")
    box.fill("")
    box.press_sequentially("migration")
    expect(page).to_have_url(re.compile("q=migration"))
    expect(page.locator("#found-total")).to_contain_text("migration")
    expect(page.locator(".active-filter-list")).to_contain_text("News")
    expect(box).to_be_focused()
    expect(box).to_have_value("migration")
    # All that was typed is one step.
    box.fill("reception")
    expect(page).to_have_url(re.compile("q=reception"))
    page.go_back()
    expect(page).to_have_url(re.compile("q=asylum"))
    expect(box).to_have_value("asylum")


@pytest.mark.parametrize(
    ("query", "pressed", "head"),
    [
        ("q=asylum&kind=news-item", "Clear all", "found-total"),
        ("q=asylum&kind=news-item", "Remove: News", "found-total"),
        ("q=asylum&from=2019-01-01", "Remove: from 1 January 2019", "found-total"),
        ("q=asylum+seker&kind=news-item", "asylum seeker", "found-total"),
        ("kind=news-item", "Clear all", "start-h"),
    ],
)
def test_with_script_the_focus_goes_on_where_the_link_is_gone(
    page: Page, query: str, pressed: str, head: str
) -> None:
    page.goto(f"/en/search/?{query}")
    page.evaluate("window.isSame = true")
    link = page.locator(".active-filters, .did-you-mean").get_by_role("link", name=pressed)
    address = str(link.get_attribute("href"))
    link.press("Enter")
    expect(page).to_have_url(re.compile(f"{re.escape(address)}$"))
    assert page.evaluate("window.isSame")
    expect(page.locator(f"#{head}")).to_be_focused()


def test_with_script_the_page_is_what_its_address_says_whatever_is_typed(page: Page) -> None:
    page.goto("/en/search/")
    box, lead, behind = (
        page.get_by_role("combobox"), page.locator("#search-lead"), page.locator("#live-behind"),
    )  # fmt: skip
    expect(lead).to_be_visible()
    box.press_sequentially("asylum")
    expect(page.locator("#found-total")).to_contain_text("asylum")
    expect(lead).to_be_hidden()
    page.context.set_offline(True)
    box.press_sequentially(" housing")
    expect(behind).to_be_visible()
    expect(page.locator("#live-status")).to_contain_text("can’t be fetched")
    expect(page.locator("#found-total")).to_contain_text("asylum")
    page.context.set_offline(False)
    box.press_sequentially(" ")
    expect(page.locator("#found-total")).to_contain_text("asylum housing")
    expect(behind).to_be_hidden()
    box.fill("")
    expect(page).to_have_url(re.compile("/en/search/$"))
    expect(page.locator("#start-h")).to_be_visible()
    expect(page.locator("#found-total")).to_have_count(0)
    expect(lead).to_be_visible()
    expect(box).to_be_focused()


def test_where_a_page_can_not_be_fetched_the_link_is_followed(page: Page) -> None:
    page.goto(ALL)

    def answer(route: Route) -> None:
        if route.request.resource_type == "xhr":
            route.abort()
        else:
            route.continue_()

    page.route("**/search/?*", answer)
    page.locator("#choice-kind-news-item").click()
    expect(page).to_have_url(re.compile("kind=news-item"))
    expect(page.locator(".active-filter-list")).to_contain_text("News")


def test_a_day_is_chosen_without_script(plain: Page) -> None:
    plain.goto("/en/search/?q=asylum&kind=news-item")
    plain.locator("#facet-dates > summary").click()
    plain.get_by_label("From", exact=True).fill("2021-01-01")
    plain.get_by_role("button", name="Show").click()
    expect(plain).to_have_url(re.compile("from=2021-01-01"))
    expect(plain).to_have_url(re.compile("kind=news-item"))
    expect(plain.locator(".active-filter-list")).to_contain_text("from 1 January 2021")


def test_results_are_followed_and_taken_along(page: Page) -> None:
    page.goto(ALL)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "search.csv"
    feed = page.locator(".taking").get_by_role("link", name="Atom").get_attribute("href")
    answer = page.request.get(str(feed))
    assert answer.headers["content-type"].startswith("application/atom+xml")


@pytest.mark.parametrize(
    ("width", "word"),
    [(1280, "W" * 190), (768, "Donaudampfschifffahrtsgesellschaftskapitaen" * 4)],
)
def test_no_word_of_a_question_is_wider_than_the_page(
    open_context: Callable[..., BrowserContext], width: int, word: str
) -> None:
    page = open_context(viewport={"width": width, "height": 640}).new_page()
    page.goto(f"/en/search/?q={word}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "path",
    [
        "/en/search/",
        "/en/search/?q=asiel+opvang&theme=asylum&year=2021&year=2020&kind.not=concept",
        "/de/search/?q=familienzusammenf%C3%BChrung+blockchain",
        "/en/search/?q=%D9%84%D8%AC%D9%88%D8%A1",
        "/nl/search/?q=zzzzqq&year=1980",
    ],
)
def test_nothing_is_cut_off_at_400_percent_or_with_wide_spacing(
    open_context: Callable[..., BrowserContext], path: str
) -> None:
    page = open_context(viewport={"width": 320, "height": 256}, bypass_csp=True).new_page()
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
        " word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
