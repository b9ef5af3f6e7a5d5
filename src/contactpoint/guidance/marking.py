"""Words of a text as HTML: strong words, and numbers that keep their direction.

Everything is escaped first; the two marks are all that ever becomes a tag.
"""

import re
from typing import Final

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

STRONG: Final = re.compile(r"\*\*(.+?)\*\*")
NUMBER: Final = re.compile(r"(?<![\w&#;+])\+?\d[\d  ]{2,}\d(?![\w;])|(?<![\w&#;])\d{3,}(?![\w;])")
"""Numbers that would be torn apart or turned round between words that run from the right."""


def inline(text: str) -> SafeString:
    """A line of words."""
    escaped = NUMBER.sub(lambda found: f"<bdi>{found[0]}</bdi>", str(conditional_escape(text)))
    return mark_safe(STRONG.sub(r"<strong>\1</strong>", escaped))  # noqa: S308 — escaped above


def paragraphs(text: str) -> list[SafeString]:
    """Parts between empty lines; a single line break is a space."""
    return [inline(" ".join(part.split("\n"))) for part in text.split("\n\n") if part.strip()]
