"""The pictograms: drawn for the project, one file of symbols, put into the page where they stand.

In the page, because a picture that is fetched costs a request on a slow line and is missing in a
saved file. Each is drawn on 32 by 32 in lines of 2, in the colour of the words around it; what is
filled is a shade of that colour.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FILE: Final = Path(__file__).parent / "pictograms.svg"
MIRRORED: Final = frozenset({"next", "previous", "leave", "plane", "train", "road", "pen"})
"""They point somewhere, so they are turned round where one reads from the right."""
OF_THE_PAGE: Final = frozenset(
    {"next", "previous", "leave", "globe", "warning", "call", "check", "listen"}
)
"""Signs of the page itself; the others are for themes, guides and steps."""

SHADE: Final = 'fill="currentColor" fill-opacity=".14"'
"""As attributes, so that a page that was saved without its style sheet shows it too."""

_SYMBOL: Final = re.compile(r'<symbol id="(?P<name>[a-z-]+)"[^>]*>(?P<drawn>.*?)</symbol>', re.S)


@cache
def drawings() -> dict[str, str]:
    """What is drawn, by name."""
    text = FILE.read_text(encoding="utf-8")
    return {
        found["name"]: found["drawn"].strip().replace('class="f"', SHADE)
        for found in _SYMBOL.finditer(text)
    }


@cache
def names() -> tuple[str, ...]:
    """The names that a text or a guide may use, in the order of the alphabet."""
    return tuple(sorted(drawings().keys() - OF_THE_PAGE))


def choices() -> list[tuple[str, str]]:
    """The same, for forms."""
    return [(name, name) for name in names()]


def picture(name: str, *, css: str = "pictogram") -> SafeString:
    """The pictogram as part of a page; hidden from a screen reader, since words stand beside it."""
    turned = " mirrored" if name in MIRRORED else ""
    return format_html(
        '<svg class="{}{}" viewBox="0 0 32 32" width="32" height="32" fill="none" '
        'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
        'aria-hidden="true" focusable="false">{}</svg>',
        css,
        turned,
        mark_safe(drawings()[name]),  # noqa: S308 — drawn by us
    )
