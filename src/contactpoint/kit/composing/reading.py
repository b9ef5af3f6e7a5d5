"""Reads an HTML text into the tree of a document: what it says stays, how it looks is left.

blocks_of("<p>A <b>law</b></p>")        [Paragraph([Run("A "), Run("law", bold=True)])]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from contactpoint.kit.composing.document import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Run,
    Table,
    address,
    words,
)

DEEPEST: Final = 24
"""Elements that stand deeper than this are read as the text that they hold."""
_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_HEADINGS: Final = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 3, "h6": 3}
_APART: Final = frozenset(
    {"address", "article", "aside", "dd", "details", "div", "dl", "dt", "figcaption", "figure"}
    | {"footer", "header", "main", "p", "section", "summary"}
)
_UNREAD: Final = frozenset(
    {"audio", "button", "canvas", "embed", "head", "iframe", "input", "math", "object", "script"}
    | {"select", "style", "svg", "template", "textarea", "title", "video", "noscript"}
)


def blocks_of(html: str, base: str = "") -> list[Block]:
    """The blocks of an HTML text; its links lead on from `base`. A heading of the second level, as
    texts of pages begin with, is one of the first here.
    """
    body = LexborHTMLParser(html).body
    reader = _Reader(base)
    if body is not None:
        reader.read(body, Run(""), 0)
    return reader.done()


class _Reader:
    """Collects runs until a block ends."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._blocks: list[Block] = []
        self._runs: list[Run] = []

    def done(self) -> list[Block]:
        """The blocks that were read."""
        self._close()
        return self._blocks

    def read(self, node: LexborNode, style: Run, depth: int) -> None:
        """What stands in an element, in the style around it."""
        if depth > DEEPEST:
            self._say(node.text(), style)
            return
        for child in node.iter(include_text=True):
            self._read(child, style, depth + 1)

    def _read(self, node: LexborNode, style: Run, depth: int) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self._say(node.text_content or "", style)
        elif tag in ("ul", "ol"):
            self._add(Listing(self._items(node, depth), ordered=tag == "ol"))
        elif tag == "blockquote":
            self._add(self._quote(node, depth))
        elif tag == "table":
            self._add(_table(node))
        elif tag in _HEADINGS:
            inside = self._apart(node, depth)
            self._add(Heading(_line(inside), _HEADINGS[tag]))
        elif tag in _APART:
            self._close()
            self.read(node, style, depth)
            self._close()
        elif tag == "br":
            self._runs.append(replace(style, text="\n"))
        elif tag == "img":
            self._say(node.attributes.get("alt") or "", replace(style, italic=True))
        elif tag not in _UNREAD:
            self.read(node, self._styled(node, style), depth)

    def _styled(self, node: LexborNode, style: Run) -> Run:
        tag, attributes = node.tag, node.attributes
        if tag in ("b", "strong"):
            return replace(style, bold=True)
        if tag in ("i", "em", "cite"):
            return replace(style, italic=True)
        if tag in ("sup", "sub"):
            return replace(style, raised="super" if tag == "sup" else "sub")
        if tag == "a":
            return replace(style, url=address(attributes.get("href") or "", self._base))
        language = attributes.get("lang") or ""
        return replace(style, language=language) if language.isascii() and language else style

    def _say(self, text: str, style: Run) -> None:
        said = _SPACE.sub(" ", text)
        before = self._runs[-1].text if self._runs else " "
        if before.endswith((" ", "\n")):
            said = said.lstrip(" ")
        if said:
            self._runs.append(replace(style, text=said))

    def _close(self) -> None:
        runs = _trimmed(self._runs)
        if runs:
            self._blocks.append(Paragraph(runs))
        self._runs = []

    def _add(self, block: Block | None) -> None:
        self._close()
        empty = isinstance(block, Heading | Quote) and not words(block.runs).strip()
        if block is not None and not empty and not (isinstance(block, Listing) and not block.items):
            self._blocks.append(block)

    def _apart(self, node: LexborNode, depth: int) -> list[Block]:
        self._close()
        reader = _Reader(self._base)
        reader.read(node, Run(""), depth)
        return reader.done()

    def _items(self, node: LexborNode, depth: int) -> list[list[Block]]:
        found = [self._apart(item, depth) for item in node.iter() if item.tag == "li"]
        return [item for item in found if item]

    def _quote(self, node: LexborNode, depth: int) -> Quote:
        source = node.css_first("footer")
        said = _SPACE.sub(" ", source.text()).strip() if source is not None else ""
        if source is not None:
            source.decompose()
        return Quote(_line(self._apart(node, depth)), said)


def _line(blocks: list[Block]) -> list[Run]:
    """Blocks in one, each on a line of its own."""
    made: list[Run] = []
    for runs in _lines(blocks):
        made += [Run("\n"), *runs] if made else runs
    return made


def _lines(blocks: list[Block]) -> Iterator[list[Run]]:
    for block in blocks:
        if isinstance(block, Listing):
            for item in block.items:
                yield from _lines(list(item))
        elif isinstance(block, Table):
            yield from ([Run(" · ".join(row))] for row in (block.head, *block.texts))
        else:
            yield list(block.runs)


def _trimmed(runs: list[Run]) -> list[Run]:
    """Without the space and the breaks at its end, and without neighbours that look alike."""
    while runs and not runs[-1].text.strip():
        runs = runs[:-1]
    if runs:
        runs = [*runs[:-1], replace(runs[-1], text=runs[-1].text.rstrip())]
    made: list[Run] = []
    for run in runs:
        if made and replace(made[-1], text="") == replace(run, text=""):
            made[-1] = replace(run, text=made[-1].text + run.text)
        else:
            made.append(run)
    return made


def _table(node: LexborNode) -> Table | None:
    """Its first row is the head; a table in a table is none."""
    rows = [
        [_SPACE.sub(" ", cell.text()).strip() for cell in row.iter() if cell.tag in ("th", "td")]
        for row in node.css("tr")
    ]
    rows = [row for row in rows if row]
    if not rows:
        return None
    columns = max(map(len, rows))
    head, *rest = [[*row, *[""] * (columns - len(row))] for row in rows]
    caption = node.css_first("caption")
    numbers = {
        column
        for column in range(1, columns)
        if rest and all(_is_number(row[column]) for row in rest)
    }
    said = _SPACE.sub(" ", caption.text()).strip() if caption is not None else ""
    return Table(head, rest, said, frozenset(numbers))


def _is_number(text: str) -> bool:
    return any(letter.isdigit() for letter in text) and not any(map(str.isalpha, text))
