"""Turns light Markdown into the blocks of a page's text; HTML in it is text, never markup."""

import re
from typing import Any

from markdown_it import MarkdownIt
from wagtail.rich_text import RichText

_markdown = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "code", "fence", "html_block"]
)
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
