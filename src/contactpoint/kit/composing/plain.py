"""A document as plain text: for the part of a mail that every program shows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from textwrap import fill
from typing import Final

from contactpoint.kit.composing.document import (
    TO_NOTE,
    WAY_BACK,
    Block,
    Document,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Run,
    Table,
    links,
)

WIDTH: Final = 72


def plain(document: Document) -> str:
    """Title, summary, where it stands, and the text; addresses follow what leads to them."""
    head = [
        document.foot,
        _wrapped(document.title.upper()),
        _wrapped(document.summary),
        document.address,
    ]
    body = (_plain(block, "") for block in document.blocks)
    end = _with_addresses(document.closing, "")
    return "\n\n".join(filter(None, chain(head, body, ["--" if end else "", end]))) + "\n"


def _plain(block: Block, indent: str) -> str:
    if isinstance(block, Heading):
        line = "=" if block.level == 1 else "-"
        title = " ".join(_told(block.runs).split())
        under = indent + line * min(len(title), WIDTH - len(indent))
        return "\n".join([_wrapped(title, indent), under, *_addresses(block.runs, title, indent)])
    if isinstance(block, Listing):
        return "\n\n".join(
            _item(item, indent, f"{number}." if block.ordered else "-")
            for number, item in enumerate(block.items, block.first)
        )
    if isinstance(block, Table):
        rows = (" | ".join(map(_told, row)) for row in block.lines)
        return "\n".join(filter(None, [block.caption, *rows]))
    if isinstance(block, Quote):
        said = _with_addresses(block.runs, f"{indent}> ")
        return said + (f"\n{indent}> ({block.source})" if block.source else "")
    return _with_addresses(block.runs, indent)


def _item(item: Sequence[Block], indent: str, sign: str) -> str:
    inner = indent + " " * (len(sign) + 1)
    parts = [_plain(block, inner) for block in item]
    return f"{indent}{sign} " + "\n".join(parts)[len(inner) :]


def _with_addresses(runs: Sequence[Run], indent: str) -> str:
    """The words, then each address that they don't show themselves."""
    said = _told(runs)
    lines = [_wrapped(line, indent) for line in said.split("\n")]
    return "\n".join([*lines, *_addresses(runs, said, indent)])


def _addresses(runs: Sequence[Run], said: str, indent: str) -> list[str]:
    return [indent + url for url in dict.fromkeys(links([Paragraph(runs)])) if url not in said]


def _told(runs: Sequence[Run]) -> str:
    return "".join(map(_said, runs))


def _said(run: Run) -> str:
    """The number of a note in brackets; what leads back from it leads nowhere here."""
    if run.url.startswith(WAY_BACK):
        return ""
    return f"[{run.text}]" if run.url.startswith(TO_NOTE) else run.text


def _wrapped(text: str, indent: str = "") -> str:
    return fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
