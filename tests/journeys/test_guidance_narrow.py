"""Guidance on the narrowest phones, and the widest table on a common screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from contactpoint.guidance.languages import languages

OPENED = """() => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  const out = [...document.querySelectorAll(".card a.call")].filter((call) => {
    const card = call.closest(".card").getBoundingClientRect();
    const box = call.getBoundingClientRect();
    return box.right > card.right + 0.5 || box.left < card.left - 0.5;
  });
  return [document.documentElement.scrollWidth, out.length];
}"""


@pytest.mark.parametrize("language", list(languages()))
def test_nothing_leaves_the_screen_at_320_pixels_with_everything_opened(
    open_context: Callable[..., BrowserContext], language: str
) -> None:
    page = open_context(viewport={"width": 320, "height": 640}).new_page()
    for path in ("help/", "procedure/decision/", "procedure/interview/", "sheet/"):
        page.goto(f"/{language}/guidance/{path}")
        assert page.evaluate(OPENED) == [320, 0], path


@pytest.mark.parametrize("language", ["en", "ar"])
def test_all_languages_are_seen_at_once_on_a_common_screen(
    open_context: Callable[..., BrowserContext], language: str
) -> None:
    page = open_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"/{language}/guidance/coverage/")
    assert page.evaluate(
        "() => { const box = document.querySelector('.scroll'); "
        "return box.scrollWidth <= box.clientWidth; }"
    )
