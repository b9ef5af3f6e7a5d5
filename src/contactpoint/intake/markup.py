"""HTML that somebody else wrote to the few blocks that a text is made of.

Two sieves, both allow-lists (nh3): the first before anything is looked at, the second on each piece
that is kept. Scripts, styles, handlers, forms and frames pass neither.
"""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from contactpoint.intake.errors import SourceError
from contactpoint.intake.raw import RawFile

DEEPEST: Final = 500
"""Parsers take time by the square of the depth; no page of people is so deep."""
KEPT: Final = "kept"
"""The scheme of links to files that came along; only the importer may write it."""
_LONGEST_HEADING: Final = 255
_INLINE: Final = {"a", "b", "strong", "i", "em", "sup", "sub", "br"}
_RUNNING: Final = {*_INLINE, "p", "ul", "ol", "li"}
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_STRUCTURE: Final = {
    *_RUNNING, *_HEADINGS, "blockquote", "img", "figure", "figcaption", "div", "section",
    "article", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "dl", "dt", "dd",
}  # fmt: skip
_HOLDERS: Final = {"div", "section", "article", "figure", "table", "tbody", "thead", "tfoot", "dl"}
_TAG: Final = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Void, or closed by what follows: these don't make a tree deeper.
_FLAT: Final = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li td th tr dt dd "
    b"option tbody thead tfoot colgroup".split()
)
_PARTS: Final = re.compile(r"</p>|</li>|<br>")
_MARK: Final = re.compile(r"<[^>]*>")
_LEADS_NOWHERE: Final = re.compile(r"<a>(.*?)</a>", re.DOTALL)
FindFile = Callable[[str, bool], RawFile | None]


def require_flat(data: bytes, name: str) -> None:
    """Refuse a page that is nested to slow its reader down. Takes time by its length only."""
    depth = 0
    for match in _TAG.finditer(data):
        if match[2].lower() not in _FLAT:
            depth = max(depth + (-1 if match[1] else 1), 0)
            if depth > DEEPEST:
                raise SourceError(
                    f"{name}: the page is nested deeper than {DEEPEST} elements, which no page "
                    "for people is. Take it out of the source."
                )


def safe_link(link: str, base: str = "") -> str:
    """An address of the web, or nothing."""
    if not link.strip():
        return ""
    try:
        whole = urljoin(base, link.strip()) if base else link.strip()
        parts = urlsplit(whole)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        return ""
    return whole


def plain(html: str) -> str:
    """The words of a piece of HTML in one line."""
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    require_flat(html.encode(errors="replace"), "HTML")
    body = LexborHTMLParser(nh3.clean(html, tags=_STRUCTURE)).body
    return " ".join(body.text(separator=" ").split()) if body else ""


def blocks(html: str, base: str = "", find_file: FindFile | None = None) -> list[dict[str, Any]]:
    """Blocks as `{"type": "paragraph" | "heading" | "quote" | "picture", …}` in their order.

    Links are made whole by `base`. `find_file` gives the file that a link (or a picture: True)
    means; a picture that it does not give is left out.
    """
    require_flat(html.encode(errors="replace"), "HTML")
    tree = LexborHTMLParser(
        nh3.clean(
            html, tags=_STRUCTURE, attributes={"a": {"href"}, "img": {"src", "alt"}}, link_rel=None
        )
    )
    if tree.body is None:
        return []
    builder = _Builder(base, find_file or (lambda link, is_picture: None))
    builder.walk(tree.body)
    builder.close()
    return builder.blocks


def words(found: list[dict[str, Any]]) -> str:
    """The text of blocks, paragraphs parted by empty lines."""
    texts: list[str] = []
    for block in found:
        if block["type"] == "paragraph":
            texts += [unescape(_MARK.sub("", part)) for part in _PARTS.split(block["value"])]
        elif block["type"] == "quote":
            texts.append(block["value"])
    return "\n\n".join(text for text in (" ".join(text.split()) for text in texts) if text)


def rich(html: str) -> str:
    """The second sieve: what a text block may hold, and nothing else."""
    cleaned = nh3.clean(
        html,
        tags=_RUNNING,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", KEPT},
        link_rel=None,
    )
    for theirs, ours in (("strong", "b"), ("em", "i")):
        cleaned = cleaned.replace(f"<{theirs}>", f"<{ours}>").replace(f"</{theirs}>", f"</{ours}>")
    return _LEADS_NOWHERE.sub(r"\1", cleaned)


class _Builder:
    """Walks a cleaned tree and gathers running text until something else stands between."""

    def __init__(self, base: str, find_file: FindFile) -> None:
        self.blocks: list[dict[str, Any]] = []
        self._base, self._find = base, find_file
        self._running: list[str] = []
        self._loose: list[str] = []

    def walk(self, parent: LexborNode) -> None:
        for node in parent.iter(include_text=True):
            tag = node.tag or ""
            if tag in _HEADINGS:
                self._add("heading", " ".join(node.text().split())[:_LONGEST_HEADING])
            elif tag == "blockquote":
                self._add("quote", " ".join(node.text(separator=" ").split()))
            elif tag == "img":
                self._picture(node)
            elif tag == "tr":
                cells = [" ".join(cell.text(separator=" ").split()) for cell in node.iter()]
                self._paragraph(escape(" · ".join(cell for cell in cells if cell), quote=False))
            elif tag in _HOLDERS:
                self._end_loose()
                self.walk(node)
                self._end_loose()
            elif tag in _INLINE or tag == "-text":
                self._pictures_in(node)
                self._loose.append(self._html(node))
            elif tag in ("ul", "ol"):
                self._end_loose()
                self._running.append(self._html(node))
            else:
                self._pictures_in(node)
                self._end_loose()
                self._paragraph(self._inner(node))

    def close(self) -> None:
        self._end_loose()
        value = rich("".join(self._running))
        if value:
            self.blocks.append({"type": "paragraph", "value": value})
        self._running = []

    def _add(self, kind: str, value: str) -> None:
        self.close()
        if value:
            self.blocks.append({"type": kind, "value": value})

    def _paragraph(self, html: str) -> None:
        if html.strip() and rich(html).replace("<br>", "").strip():
            self._running.append(f"<p>{html.strip()}</p>")

    def _end_loose(self) -> None:
        html, self._loose = "".join(self._loose), []
        self._paragraph(html)

    def _pictures_in(self, node: LexborNode) -> None:
        if node.tag != "-text":
            for picture in node.css("img"):
                self._picture(picture)

    def _picture(self, node: LexborNode) -> None:
        file = self._find(node.attributes.get("src") or "", True)
        if file is not None:
            file.alternative = file.alternative or " ".join(
                (node.attributes.get("alt") or "").split()
            )
            self.close()
            self.blocks.append({"type": "picture", "name": file.name})

    def _html(self, node: LexborNode) -> str:
        if node.tag == "-text":
            return escape(node.text(), quote=False)
        for link in [node] if node.tag == "a" else node.css("a"):
            self._link(link)
        return node.html or ""

    def _inner(self, node: LexborNode) -> str:
        return "".join(self._html(child) for child in node.iter(include_text=True))

    def _link(self, link: LexborNode) -> None:
        target = link.attributes.get("href") or ""
        if target.startswith("mailto:"):
            return
        file = self._find(target, False)
        if file is not None:
            file.title = file.title or " ".join(link.text().split())
            link.attrs["href"] = f"{KEPT}:{file.name}"
            return
        whole = safe_link(target, self._base)
        if whole:
            link.attrs["href"] = whole
        elif "href" in link.attributes:
            del link.attrs["href"]
