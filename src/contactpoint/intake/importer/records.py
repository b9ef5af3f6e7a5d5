"""A record, a row of a table or an object of JSON, to a raw item."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

from contactpoint.intake.crawl import LARGEST_FILE, Crawl
from contactpoint.intake.mapping import Rules
from contactpoint.intake.markup import blocks, plain, safe_link, words
from contactpoint.intake.raw import RawFile, RawItem

_FILE: Final = Path(__file__).parents[1] / "data" / "fields.toml"
_HTML: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_LONGEST_TEXT: Final = 100_000
_MOST_FILES: Final = 50


def field_of(name: str) -> str:
    """The field that a name stands for; empty where it is none of ours."""
    return _fields().get("_".join(name.strip().casefold().split()), "")


@cache
def _fields() -> dict[str, str]:
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {name: field for field, names in tables.items() for name in names}


@dataclass(slots=True)
class Record:
    """The fields of one item as its source has them; `files` are links with their titles."""

    title: str = ""
    date: str = ""
    teaser: str = ""
    body: str = ""
    themes: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    kind: str = ""
    address: str = ""
    anchor: str = ""
    language: str = ""
    pictures: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)


class Maker:
    """Makes items of the records of one source; what came along is looked for in `crawl`."""

    def __init__(self, rules: Rules, crawl: Crawl | None = None, page: str = "") -> None:
        self._rules, self._crawl, self._page = rules, crawl, page

    def item(self, record: Record) -> RawItem:
        """Text may be HTML; only the few marks of `markup` are kept of it."""
        files: dict[str, RawFile] = {}
        notes: list[tuple[str, dict[str, object]]] = []

        def find_file(link: str, is_picture: bool) -> RawFile | None:
            return self._file(link, is_picture, files)

        address = safe_link(record.address, self._rules.address)
        found: list[dict[str, Any]] = []
        for link, alternative in record.pictures:
            file = find_file(link, True)
            if file is None:
                notes.append(("missing-file", {"name": link[:200]}))
            else:
                file.alternative = " ".join(alternative.split())
                found.append({"type": "picture", "name": file.name})
        found += blocks(as_html(record.body), address or self._rules.address, find_file)
        for link, title in record.files:
            file = find_file(link, False)
            if file is None:
                notes.append(("missing-file", {"name": link[:200]}))
            else:
                file.title = " ".join(title.split()) or file.title
        title, teaser = plain(record.title)[:255], plain(record.teaser)[:600]
        text = words(found)[:_LONGEST_TEXT]
        return RawItem(
            text=text or teaser or title,
            title=title,
            teaser=teaser,
            date=record.date,
            themes=list(dict.fromkeys(record.themes)),
            keywords=list(dict.fromkeys(record.keywords)),
            kind=self._kind(record, address),
            address=address[:500],
            anchor=record.anchor or address,
            blocks=found,
            files=list(files.values())[:_MOST_FILES],
            notes=notes,
        )

    def _kind(self, record: Record, address: str) -> str:
        for pattern, kind in self._rules.kinds.items():
            if fnmatchcase(record.kind, pattern) or fnmatchcase(address, f"*/{pattern}"):
                return kind
        return record.kind

    def _file(self, link: str, is_picture: bool, files: dict[str, RawFile]) -> RawFile | None:
        crawl = self._crawl
        name = crawl.find(link, self._page, self._rules.address) if crawl and link else ""
        if not name or crawl is None:
            return None
        if name not in files:
            files[name] = RawFile(name, lambda: crawl.read(name, LARGEST_FILE), is_picture)
        return files[name]


def as_html(text: str) -> str:
    """Text without a mark of HTML is text: its empty lines part paragraphs."""
    if _HTML.search(text):
        return text
    parts = re.split(r"\n\s*\n", text.strip())
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in parts if part.strip())


def several(value: str, separators: str = ",;|\n") -> list[str]:
    """The parts of a cell that holds more than one thing."""
    parts = re.split(f"[{re.escape(separators)}]", value)
    return [part.strip() for part in parts if part.strip()]


def filled(fields: Iterable[tuple[str, str]]) -> Record:
    """A record of pairs of a field and a text; the first text of a field counts, lists grow."""
    record = Record()
    for name, value in fields:
        if not value.strip():
            continue
        if name in ("themes", "keywords"):
            getattr(record, name).extend(several(value))
        elif name == "picture":
            record.pictures += [(link, "") for link in several(value, ";|\n")]
        elif name == "files":
            record.files += [(link, "") for link in several(value, ";|\n")]
        elif not getattr(record, name):
            setattr(record, name, value.strip())
    return record
