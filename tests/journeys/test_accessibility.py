"""axe finds nothing on any kind of page, in light and dark, on a phone and a desk."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from journeys.conftest import opened
from playwright.sync_api import Browser, Page

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
    },
    "resultTypes": ["violations"],  # what is well is counted, and not told of each element
}
PAGES = [
    "/en/",
    "/fr/",
    "/en/news/",
    "/nl/publications/?theme=asylum",
    "/en/events/",
    "/de/chronicle/",
    "/en/news/georgia-and-moldova-join-the-emn/",
    "/fr/publications/national-protection-statuses/",
    "/en/network/",
    "/en/themes/",
    "/en/themes/asylum/",
    "/nl/glossary/",
    "/en/glossary/?in=ar",
    "/fr/glossary/?q=asiel",
    "/en/glossary/hierarchy/?at=refugee",
    "/en/glossary/asylum/",
    "/en/search/",
    "/en/search/?q=asiel",
    "/en/search/?q=zzzzzz",
    "/nl/search/?q=asiel&theme=asylum&theme=migration&kind.not=concept&off=asylum&from=2019",
    "/fr/search/?q=asile+blockchain&year=1980",
    "/en/nowhere/",
    "/account/login/",
]


@pytest.fixture(scope="module")
def windows(browser: Browser, portal: Any) -> Iterator[dict[str, Page]]:
    """One for each look: to open a window takes as long as axe does. Each page is loaded anew."""
    strangers: list[str] = []
    contexts = {
        scheme: opened(
            browser, portal, strangers, color_scheme=scheme,
            viewport={"width": width, "height": 900}, bypass_csp=True,
        )
        for scheme, width in (("light", 1280), ("dark", 360))
    }  # fmt: skip
    yield {scheme: context.new_page() for scheme, context in contexts.items()}
    for context in contexts.values():
        context.close()
    assert strangers == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(windows: dict[str, Page], path: str, scheme: str) -> None:
    page = windows[scheme]
    page.goto(path)
    results = Axe().run(page, options=RULES)
    assert results.violations_count == 0, results.generate_report()
