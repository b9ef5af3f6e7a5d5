"""A piece as a translator meets it: without markup as its plain words, else as the markup it is.

wagtail-localize keeps every piece as HTML, so the title “Growth <5 % & more” is kept escaped.
Nobody who translates can know which pieces those are, nor has to.
"""

import re
from html import escape, unescape
from typing import Final

_BREAK: Final = re.compile(r"<br\s*/?>")


def is_plain(html: str) -> bool:
    """Whether there is no markup in a piece, but where a line ends."""
    return "<" not in _BREAK.sub("", html)


def words_of(html: str, of: str | None = None) -> str:
    """What a translator reads and writes; `of` is the original's piece, where `html` isn't."""
    return unescape(_BREAK.sub("\n", html)) if is_plain(html if of is None else of) else html


def html_of(text: str, of: str) -> str:
    """What is kept of what a translator wrote for the original's piece `of`."""
    return (
        "<br>".join(escape(line, quote=False) for line in text.split("\n"))
        if is_plain(of)
        else text
    )
