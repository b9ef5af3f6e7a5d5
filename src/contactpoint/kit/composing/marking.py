"""Blocks as bare HTML, for feeds: elements that every reader knows, no class and no style.

What is written is made here from words and addresses that were looked at; no markup of a text is
passed on.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import chain

from contactpoint.kit.composing.document import (
    TO_NOTE,
    WAY_BACK,
    Block,
    Heading,
    Listing,
    Quote,
    Run,
    Table,
    as_runs,
)

DEEPEST = 6


def marked(blocks: Sequence[Block], top: int = 3, longest: int = 0) -> tuple[str, bool]:
    """The blocks as HTML and whether that is all: of more than `longest` letters, whole blocks are
    left out at the end. Headings begin at the level `top`."""
    parts: list[str] = []
    length = 0
    for block in blocks:
        part = _block(block, top)
        length += len(part)
        if longest and length > longest:
            return "".join(parts), False
        parts.append(part)
    return "".join(parts), True


def _block(block: Block, top: int) -> str:
    if isinstance(block, Heading):
        level = min(top + block.level - 1, DEEPEST)
        return f"<h{level}>{_runs(block.runs)}</h{level}>"
    if isinstance(block, Quote):
        source = f"<footer>{_text(block.source)}</footer>" if block.source else ""
        return f"<blockquote><p>{_runs(block.runs)}</p>{source}</blockquote>"
    if isinstance(block, Listing):
        name = "ol" if block.ordered else "ul"
        start = f' start="{block.first}"' if block.ordered and block.first != 1 else ""
        items = "".join(f"<li>{''.join(_block(b, top) for b in item)}</li>" for item in block.items)
        return f"<{name}{start}>{items}</{name}>"
    if isinstance(block, Table):
        caption = f"<caption>{_text(block.caption)}</caption>" if block.caption else ""
        rows = chain([_row(block.head, "th")], (_row(row, "td") for row in block.rows))
        return f"<table>{caption}{''.join(rows)}</table>"
    return f"<p>{_runs(block.runs)}</p>"


def _row(cells: Sequence[str | Sequence[Run]], name: str) -> str:
    told = "".join(f"<{name}>{_runs(as_runs(cell))}</{name}>" for cell in cells)
    return f"<tr>{told}</tr>"


def _runs(runs: Sequence[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    """Ways within the text lead nowhere in a feed: many texts stand in one page there."""
    if run.url.startswith(WAY_BACK):
        return ""
    told = _text(f"[{run.text}]" if run.url.startswith(TO_NOTE) else run.text)
    for wanted, name in ((run.bold, "strong"), (run.italic, "em")):
        told = f"<{name}>{told}</{name}>" if wanted else told
    if run.raised:
        name = "sup" if run.raised == "super" else "sub"
        told = f"<{name}>{told}</{name}>"
    if run.language:
        told = f'<span lang="{escape(run.language)}">{told}</span>'
    if run.url and not run.url.startswith("#"):
        told = f'<a href="{escape(run.url)}">{told}</a>'
    return told


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")
