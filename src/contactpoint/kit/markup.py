"""Turns light Markdown into the blocks of a page's text; HTML in it is text, never markup."""

import re
from itertools import pairwise
from typing import Any, Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from wagtail.rich_text import RichText

_markdown = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "code", "fence", "html_block"]
)
_cells = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "backticks"])
_SPECIAL: Final = re.compile(r"([\\*_\[\]<>&])")
_MOST_BRACKETS: Final = 1_000
"""Each that opens is looked at from all before it."""
_HEADING = re.compile(r"^##\s+(.+)$")


def stream_from_markdown(text: str) -> list[tuple[str, Any]]:
    """`## ` starts a heading block, `> ` a quotation; all else becomes rich text in one block."""
    blocks: list[tuple[str, Any]] = []
    running: list[str] = []

    def close() -> None:
        if running:
            html = _markdown.render("\n\n".join(running)).strip()
            for plain, ours in (("strong", "b"), ("em", "i")):
                html = html.replace(f"<{plain}>", f"<{ours}>").replace(f"</{plain}>", f"</{ours}>")
            blocks.append(("paragraph", RichText(html)))
            running.clear()

    for part in re.split(r"\n\s*\n", text.strip()):
        piece = part.strip()
        heading = _HEADING.match(piece.splitlines()[0]) if piece else None
        if heading:
            close()
            blocks.append(("heading", heading.group(1).strip()))
            piece = "\n".join(piece.splitlines()[1:]).strip()
        if piece.startswith(">"):
            close()
            lines = [line.lstrip("> ").strip() for line in piece.splitlines()]
            blocks.append(("quote", {"text": " ".join(lines), "source": ""}))
        elif piece:
            running.append(piece)
    close()
    return blocks


def inline_from_markdown(text: str) -> SafeString:
    """A line of light Markdown as HTML: bold, italic, links, and breaks where lines break. An
    address that could act is none; HTML in it is text."""
    html = _cells.renderInline(text) if text.count("[") <= _MOST_BRACKETS else escape(text)
    return mark_safe(html)  # noqa: S308 — all but the library's own elements is escaped


def as_markdown(text: str, but: re.Pattern[str] | None = None) -> str:
    """Plain text so that `inline_from_markdown` says it again as it is; what `but` finds in it is
    left alone."""
    found = list(but.finditer(text)) if but else []
    edges = [0, *(edge for one in found for edge in one.span()), len(text)]
    parts = [text[start:end] for start, end in pairwise(edges)]
    return "".join(
        part if place % 2 else _SPECIAL.sub(r"\\\1", part) for place, part in enumerate(parts)
    )
