"""Reads an HTML text into the tree of a document: what it says stays, how it looks is left.

blocks_of("<p>A <b>law</b></p>")        [Paragraph([Run("A "), Run("law", bold=True)])]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from contactpoint.kit.composing.document import (
    WAY_BACK,
    Block,
    Cell,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Run,
    Table,
    address,
    said,
    words,
)

DEEPEST: Final = 24
"""Elements that stand deeper than this are read as the text that they hold."""
_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_IN_CELL: Final = DEEPEST - 8
"""A cell is read as deep as that: what stands in tables in tables is text."""
_NOTE: Final = re.compile(r"#fn(?:ref)?-[0-9-]{1,20}")
_STANDING: Final = frozenset({"at-end", "centred"})
_HEADINGS: Final = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 3, "h6": 3}
_APART: Final = frozenset(
    {"address", "article", "aside", "dd", "details", "div", "dl", "dt", "figcaption", "figure"}
    | {"footer", "header", "main", "p", "section", "summary"}
)
_CELLS: Final = frozenset({"tr", "th", "td"})
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

    def __init__(self, base: str, *, in_cell: bool = False) -> None:
        self._base = base
        self._in_cell = in_cell
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
            first = _number(node.attributes.get("start")) if tag == "ol" else 1
            self._add(Listing(self._items(node, depth), ordered=tag == "ol", first=first))
        elif tag == "blockquote":
            self._add(self._quote(node, depth))
        elif tag == "table" and not self._in_cell:
            self._add(_table(node, self._cell))
        elif tag in _HEADINGS:
            self._close()
            inside = self._apart(node, depth)
            self._add(Heading(_line(inside), _HEADINGS[tag]))
        elif tag in _APART or (self._in_cell and tag in _CELLS):
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
            return replace(style, url=self._url(attributes.get("href") or ""), place=_place(node))
        language = attributes.get("lang") or ""
        return replace(style, language=language) if language.isascii() and language else style

    def _url(self, href: str) -> str:
        """A way within the text stays one where it leads to a note or back; others lead on."""
        return href if _NOTE.fullmatch(href) else address(href, self._base)

    def _cell(self, node: LexborNode) -> Cell:
        """A text where nothing in it looks otherwise."""
        reader = _Reader(self._base, in_cell=True)
        reader.read(node, Run(""), _IN_CELL)
        runs = _line(reader.done())
        if all(replace(run, text="") == Run("") for run in runs):
            return _SPACE.sub(" ", words(runs)).strip()
        return runs

    def _say(self, text: str, style: Run) -> None:
        words = _SPACE.sub(" ", text)
        before = self._runs[-1].text if self._runs else " "
        if before.endswith((" ", "\n")):
            words = words.lstrip(" ")
        if words:
            self._runs.append(replace(style, text=words))

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
        reader = _Reader(self._base, in_cell=self._in_cell)
        reader.read(node, Run(""), depth)
        return reader.done()

    def _items(self, node: LexborNode, depth: int) -> list[list[Block]]:
        self._close()
        items = [item for item in node.iter() if item.tag == "li"]
        found = [_with_way_back(_named(self._apart(i, depth), _place(i))) for i in items]
        return [item for item in found if item]

    def _quote(self, node: LexborNode, depth: int) -> Quote:
        self._close()
        source = node.css_first("footer")
        name = _SPACE.sub(" ", source.text()).strip() if source is not None else ""
        if source is not None:
            source.decompose()
        return Quote(_line(self._apart(node, depth)), name)


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
            yield from ([Run(" · ".join(row))] for row in (block.heads, *block.texts))
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


def _place(node: LexborNode) -> str:
    """The name that an element gives to its place, if it is that of a note."""
    name = node.attributes.get("id") or ""
    return name if _NOTE.fullmatch(f"#{name}") else ""


def _with_way_back(item: list[Block]) -> list[Block]:
    """An item whose last words lead back to the text has them on the line before."""
    match item:
        case [*rest, Paragraph() as text, Paragraph(runs=[Run(url=url) as back])] if url.startswith(
            WAY_BACK
        ):
            return [*rest, replace(text, runs=[*text.runs, Run(" "), back])]
    return item


def _named(item: list[Block], place: str) -> list[Block]:
    """An item of a list whose first words have a name."""
    if not place or not item or isinstance(item[0], Listing | Table) or not item[0].runs:
        return item
    first, *rest = item[0].runs
    return [replace(item[0], runs=[replace(first, place=place), *rest]), *item[1:]]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1


def _table(node: LexborNode, read: Callable[[LexborNode], Cell]) -> Table | None:
    """Its first row is the head; a table in a table is none."""
    own = [row for row in node.css("tr") if _is_of(row, node)]
    found = [[cell for cell in row.iter() if cell.tag in ("th", "td")] for row in own]
    found = [row for row in found if row]
    if not found:
        return None
    columns = max(map(len, found))
    rows = [[*map(read, row), *[""] * (columns - len(row))] for row in found]
    head, *rest = rows
    standing = [_standing(found, column) for column in range(columns)]
    numbers = {
        column
        for column in range(1, columns)
        if rest and not standing[column] and all(_is_number(said(row[column])) for row in rest)
    }
    caption = node.css_first("caption")
    return Table(
        head,
        rest,
        _SPACE.sub(" ", caption.text()).strip() if caption is not None else "",
        frozenset(numbers | {at for at, one in enumerate(standing) if one == "at-end"}),
        frozenset(at for at, one in enumerate(standing) if one == "centred"),
    )


def _is_of(row: LexborNode, table: LexborNode) -> bool:
    above = row.parent
    if above is not None and above.tag in ("thead", "tbody", "tfoot"):
        above = above.parent
    return above is not None and above.mem_id == table.mem_id


def _standing(rows: Sequence[Sequence[LexborNode]], column: int) -> str:
    """How most cells of a column stand, by the classes that texts of this house have."""
    cells = [row[column] for row in rows[1:] or rows if column < len(row)]
    found = Counter(
        next((name for name in classes if name in _STANDING), "")
        for classes in ((cell.attributes.get("class") or "").split() for cell in cells)
    )
    return found.most_common(1)[0][0] if found else ""


def _is_number(text: str) -> bool:
    return any(letter.isdigit() for letter in text) and not any(map(str.isalpha, text))
