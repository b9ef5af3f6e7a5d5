"""The style sheet of guidance: small, apart from that of the site, and part of each page.

Within the page, because on a slow line a second request costs as long as all the rest, and because
a page that somebody saves has to look as it did. The policy names it by its hash, so that nothing
else in a page is taken for a style.

Phones of applicants are old. The house's colours are pairs for light and dark in `light-dark()`,
in cascade layers, and sizes in `clamp()`: none of it is known to a browser of 2019. So colours and
spaces are taken from the house's tokens and written the old way, before the rules of guidance.
"""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from contactpoint.kit import headers, stylesheets

FOLDER: Final = Path(__file__).parent / "static" / "guidance"
ORDER: Final = ("base.css", "parts.css", "pages.css", "heard.css", "print.css")
_PAIR: Final = re.compile(r"--([a-z-]+): light-dark\((#\w{6}), (#\w{6})\);")
_SPACE: Final = re.compile(r"--(s(?:\d+|-half)): ([\d.]+rem);")
_USED: Final = re.compile(r"var\(--([a-z0-9-]+)\)")
_FONT: Final = re.compile(r'url\("(fonts/[^"]+)"\)')


def tokens(used: set[str]) -> str:
    """The house's colours and spaces that are used, for browsers that don't know its notation."""
    text = (stylesheets.FOLDER / "tokens.css").read_text(encoding="utf-8")
    pairs = [(name, one, other) for name, one, other in _PAIR.findall(text) if name in used]
    spaces = [(name, size) for name, size in _SPACE.findall(text) if name in used]
    light = "".join(f"--{name}:{one};" for name, one, _other in pairs)
    dark = "".join(f"--{name}:{other};" for name, _one, other in pairs)
    sizes = "".join(f"--{name}:{size};" for name, size in spaces)
    return (
        f":root{{color-scheme:light dark;{light}{sizes}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    )


def text() -> str:
    """The whole sheet; in development it is read anew, so that an edit shows at once."""
    return _joined() if settings.DEBUG else _kept()


def element() -> SafeString:
    """The sheet as it stands in a page."""
    return mark_safe(f"<style>{text()}</style>")  # noqa: S308 — written by us


def policy() -> str:
    """The policy of a page with that sheet: its hash, and still no other style in the page."""
    digest = b64encode(sha256(text().encode()).digest()).decode()
    return headers.policy(headers.PUBLIC | {"style-src": f"'self' 'sha256-{digest}'"})


def _joined() -> str:
    rules = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in ORDER)
    rules = _FONT.sub(lambda found: f'url("{static("guidance/" + found[1])}")', rules)
    return stylesheets.squeezed(tokens(set(_USED.findall(rules))) + rules)


@cache
def _kept() -> str:
    return _joined()
