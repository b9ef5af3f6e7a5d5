"""The text of an HTML fragment, with the place of every character in the source.

Whoever adds something to a text must not write the rest of it anew: what was escaped stays escaped
as it was. So the fragment is only read here, and an offset in its text leads back to its source.
"""

from bisect import bisect_right
from collections.abc import Iterable
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate
from typing import Final, NamedTuple

VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track"}
    | {"wbr"}
)
# A word goes on through these; every other tag ends it.
INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark"}
    | {"q", "s", "samp", "small", "span", "strong", "time", "u", "var", "wbr"}
)
# Their text is read, because it tells what a page is about, and left as it is.
LEFT_ALONE: Final = frozenset(
    {"a", "address", "cite", "code", "dfn", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "kbd"}
    | {"label", "pre", "samp", "summary"}
)
# Their text is none of the page's, or no place for a link.
NOT_READ: Final = frozenset(
    {"audio", "button", "canvas", "datalist", "iframe", "math", "noscript", "object", "option"}
    | {"script", "select", "style", "svg", "template", "textarea", "title", "video", "xmp"}
    | {"noembed", "noframes", "plaintext"}
)
_BREAK: Final = "\n\n"


class Span(NamedTuple):
    """A stretch of the source."""

    start: int
    end: int


class _Piece(NamedTuple):
    """Characters of the text that stand together in the source: plain ones, or one reference."""

    at: int
    source: int
    source_length: int
    node: int
    is_reference: bool


class TextNodes(HTMLParser):
    """`text` is what a reader sees of `html`; `span` leads from it back into the source.

    `language` is that of the page: words marked as another language's are left alone.
    """

    def __init__(self, html: str, language: str) -> None:
        super().__init__(convert_charrefs=False)
        self.links: set[str] = set()
        self._language = language
        self._html = html
        self._lines = [0, *accumulate(len(line) for line in html.split("\n"))]
        self._lines = [offset + number for number, offset in enumerate(self._lines)]
        self._open: list[tuple[str, bool, bool]] = []
        self._parts: list[str] = []
        self._pieces: list[_Piece] = []
        self._length = self._node = 0
        self.feed(html)
        self.close()
        self.text = "".join(self._parts)
        self._starts = [piece.at for piece in self._pieces]

    def span(self, start: int, end: int) -> Span | None:
        """Where `text[start:end]` stands, if it is in one text node that may be added to."""
        first = self._pieces[bisect_right(self._starts, start) - 1]
        last = self._pieces[bisect_right(self._starts, end - 1) - 1]
        if first.node != last.node or first.node < 0:
            return None
        begin = first.source if first.is_reference else first.source + start - first.at
        finish = last.source + (last.source_length if last.is_reference else end - last.at)
        return Span(begin, finish)

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        """A new text node; inside some elements nothing is added, inside others nothing read."""
        self._boundary(tag)
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.add(given["href"] or "")
        if tag in VOID:
            return
        _tag, read, free = self._open[-1] if self._open else ("", True, True)
        foreign = (given.get("lang") or self._language).split("-")[0].lower() != self._language
        read = read and tag not in NOT_READ
        self._open.append((tag, read, free and read and not foreign and tag not in LEFT_ALONE))

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        """Closes the nearest such element and all in it; one that was never opened is nothing."""
        self._boundary(tag)
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth][0] == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        """Characters as they are."""
        self._add(data, len(data), is_reference=False)

    def handle_entityref(self, name: str) -> None:
        """`&eacute;`, or the same without its semicolon."""
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        """`&#233;` and the like."""
        self._reference(f"&#{name}")

    def handle_comment(self, data: str) -> None:
        """Between two text nodes."""
        self._node += 1

    def handle_decl(self, decl: str) -> None:
        """Between two text nodes."""
        self._node += 1

    def handle_pi(self, data: str) -> None:
        """Between two text nodes."""
        self._node += 1

    def unknown_decl(self, data: str) -> None:
        """Between two text nodes."""
        self._node += 1

    def _boundary(self, tag: str) -> None:
        self._node += 1
        if tag not in INLINE and self._parts and self._parts[-1] != _BREAK:
            self._parts.append(_BREAK)
            self._length += len(_BREAK)

    def _reference(self, written: str) -> None:
        line, column = self.getpos()
        end = self._lines[line - 1] + column + len(written)
        if self._html[end : end + 1] == ";":
            written += ";"
        self._add(unescape(written), len(written), is_reference=True)

    def _add(self, text: str, source_length: int, *, is_reference: bool) -> None:
        _tag, read, free = self._open[-1] if self._open else ("", True, True)
        if not read or not text:
            return
        line, column = self.getpos()
        source = self._lines[line - 1] + column
        node = self._node if free else -1
        self._pieces.append(_Piece(self._length, source, source_length, node, is_reference))
        self._parts.append(text)
        self._length += len(text)
