"""Pages and lists of an old site: a saved crawl (folder or zip) or one saved page.

A page is one item; a page that lists (rows of Drupal's views, or what the mapping says) gives an
item for each row that leads to no page of the crawl. Drupal's usual markup is known; a mapping says
what else there is.
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

import charset_normalizer
from selectolax.lexbor import LexborHTMLParser, LexborNode

from contactpoint.intake.crawl import LARGEST_FILE, Crawl, Folder, crawl_of
from contactpoint.intake.errors import SourceError
from contactpoint.intake.importer import drupal
from contactpoint.intake.importer.importer import Importer
from contactpoint.intake.importer.selecting import Picked, require_selectors
from contactpoint.intake.mapping import Rules
from contactpoint.intake.markup import blocks, plain, require_flat, safe_link, words
from contactpoint.intake.raw import RawFile, RawItem

SUFFIXES: Final = (".html", ".htm", ".xhtml")
_FILES: Final = (
    ".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".csv", ".txt", ".zip",
)  # fmt: skip
_LONGEST_TEXT: Final = 100_000
_MOST_FILES: Final = 50
_FEWEST_ROWS: Final = 2


class HtmlPages(Importer):
    """Reads HTML."""

    name = "html"
    _crawl: Crawl
    _pages: list[str]

    def __init__(self, path: Path, language: str, rules: Rules | None = None) -> None:
        super().__init__(path, language, rules)
        self._files: dict[str, RawFile] = {}

    def _check(self) -> str:
        require_selectors(self.rules, "The mapping")
        self._crawl = crawl_of(self.path)
        self._pages = self._chosen()
        if not self._pages:
            raise SourceError(
                f"{self.path.name} holds no page (.html) to read. Check the folder, and [pages] of "
                "the mapping."
            )
        if self._single:
            # A page that was saved alone: it stands beside what was saved with it.
            self._crawl = _WithPage(self.path, self._crawl)
        return self._crawl.digest(self._pages)

    @property
    def _single(self) -> bool:
        return isinstance(self._crawl, Folder) and self.path.is_file()

    def _chosen(self) -> list[str]:
        if self._single:
            return [self.path.name]
        rules = self.rules
        wanted = (*rules.pages, *rules.lists)
        return sorted(
            name
            for name in self._crawl.names
            if (_matches(name, wanted) if wanted else name.lower().endswith(SUFFIXES))
            and not _matches(name, rules.skip)
        )

    def _items(self) -> Iterator[RawItem]:
        met: set[str] = set()
        found = False
        for name in self._pages:
            for item in self._page(name):
                found = True
                if item.anchor not in met:
                    met.add(item.anchor)
                    yield item
        if not found:
            raise SourceError(
                f"{self.path.name}: no page here is an item in “{self.language}”. Say with "
                "--mapping where its title and text stand, or check --language."
            )

    def _page(self, name: str) -> Iterator[RawItem]:
        page = LexborHTMLParser(_decoded(self._crawl.read(name), name))
        head = Picked(page.root or page.css("html")[0], page, self.rules.fields, drupal.FIELDS)
        language = head.text("language").lower()[:2]
        if language and language != self.language[:2]:
            return
        base = safe_link(head.text("address"), self.rules.address) or _address(
            name, self.rules.address
        )
        rows = self._rows(page, name)
        if rows:
            for number, row in enumerate(rows, start=1):
                picked = Picked(row, None, self.rules.fields, drupal.ROW)
                link = picked.text("address")
                if not self._crawl.find(link, name, self.rules.address or base):
                    address = safe_link(link, base)
                    yield self._item(picked, name, base, address, f"{name}#{number}")
            return
        if self.rules.lists and not _matches(name, self.rules.pages):
            return
        yield self._item(
            Picked(_item(page), page, self.rules.fields, drupal.FIELDS), name, base, base, name
        )

    def _rows(self, page: LexborHTMLParser, name: str) -> list[LexborNode]:
        if self.rules.lists:
            return (
                page.css(self.rules.item or ".views-row")
                if (_matches(name, self.rules.lists))
                else []
            )
        if _matches(name, self.rules.pages) or page.css_first("article.node--view-mode-full"):
            return []
        for selector in (self.rules.item, *drupal.ROWS):
            rows = page.css(selector) if selector else []
            if len(rows) >= _FEWEST_ROWS:
                return rows
        return []

    def _item(self, picked: Picked, page: str, base: str, address: str, anchor: str) -> RawItem:
        self._files = {}
        notes: list[tuple[str, dict[str, object]]] = []

        def find_file(link: str, is_picture: bool) -> RawFile | None:
            return self._file(link, page, is_picture, notes)

        for node in picked.nodes("picture")[:1]:
            file = find_file(node.attributes.get("src") or "", True)
            if file:
                file.alternative = " ".join((node.attributes.get("alt") or "").split())
        lead = list(self._files)
        found = [
            block
            for node in picked.nodes("body")[:1]
            for block in blocks(node.html or "", base, find_file)
        ]
        title = picked.text("title")
        found = _without_title(found, title)
        shown = {block["name"] for block in found if block["type"] == "picture"}
        found[:0] = [{"type": "picture", "name": name} for name in lead if name not in shown]
        for node in picked.nodes("files"):
            file = find_file(node.attributes.get("href") or "", False)
            if file:
                file.title = " ".join(node.text().split()) or file.title
        text = words(found)[:_LONGEST_TEXT]
        teaser = picked.text("teaser")
        return RawItem(
            text=text or teaser or title,
            title=plain(title)[:255],
            teaser=teaser[:600],
            date=picked.text("date"),
            themes=picked.texts("themes"),
            keywords=picked.texts("keywords"),
            kind=self._kind(picked, page, address),
            address=address,
            anchor=address or anchor,
            blocks=found,
            files=list(self._files.values())[:_MOST_FILES],
            notes=notes,
        )

    def _file(
        self, link: str, page: str, is_picture: bool, notes: list[tuple[str, dict[str, object]]]
    ) -> RawFile | None:
        """What the link means, if it came along; what is clearly a file and did not, is noted."""
        name = self._crawl.find(link, page, self.rules.address)
        path = link.partition("?")[0].partition("#")[0].lower()
        if not is_picture and not (name or path).lower().endswith(_FILES):
            return None
        if not name:
            if link and not link.startswith("data:"):
                note: tuple[str, dict[str, object]] = ("missing-file", {"name": link[:200]})
                if note not in notes:
                    notes.append(note)
            return None
        if name not in self._files:
            crawl = self._crawl
            self._files[name] = RawFile(name, lambda: crawl.read(name, LARGEST_FILE), is_picture)
        return self._files[name]

    def _kind(self, picked: Picked, page: str, address: str) -> str:
        for pattern, kind in self.rules.kinds.items():
            if fnmatchcase(page, pattern) or fnmatchcase(address, f"*/{pattern}"):
                return kind
        said = picked.text("kind")
        if said:
            return said
        classes = picked.classes
        for prefix in drupal.BUNDLES:
            for name in classes:
                if name.startswith(prefix):
                    return name.removeprefix(prefix).replace("-", " ")
        return ""


class _WithPage(Crawl):
    """One page and the folder that a browser saved with it."""

    def __init__(self, path: Path, beside: Crawl) -> None:
        super().__init__(path)
        self._beside = beside
        self.names = beside.names | {path.name}

    def _read(self, name: str, most: int) -> bytes:
        if name != self.path.name:
            return self._beside.read(name, most)
        with self.path.open("rb") as file:
            return file.read(most)


def _item(page: LexborHTMLParser) -> LexborNode:
    for selector in drupal.ITEM:
        node = page.css_first(selector)
        if node is not None:
            return node
    raise AssertionError("The parser gives every page a body.")


def _without_title(found: list[dict[str, object]], title: str) -> list[dict[str, object]]:
    """A text that begins with its own title says it twice."""
    first = found[0] if found else {}
    return found[1:] if first.get("type") == "heading" and first.get("value") == title else found


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _address(name: str, site: str) -> str:
    """Where a page stood, by its place in the crawl."""
    if not site:
        return ""
    path = name
    for suffix in SUFFIXES:
        path = path.removesuffix(f"index{suffix}").removesuffix(suffix)
    host = site.partition("//")[2].partition("/")[0]
    return f"{site}/{path.removeprefix(f'{host}/')}".rstrip("/")


def _decoded(data: bytes, name: str) -> str:
    """Tells an old encoding that a page may not name; refuses what is nested to do harm."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = charset_normalizer.from_bytes(
            data[: 256 * 1024], cp_isolation=["cp1252", "iso8859_15", "utf_16"]
        ).best()
        text = data.decode(str(best.encoding) if best else "cp1252", errors="replace")
    require_flat(text.encode(errors="replace"), name)
    return text
