"""Feeds: RSS and Atom by feedparser, and JSON Feed. Nothing is fetched; the file is what counts."""

import io
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any, Final

import feedparser

from contactpoint.intake.errors import SourceError
from contactpoint.intake.importer.decoding import digest_of
from contactpoint.intake.importer.importer import Importer
from contactpoint.intake.importer.json import parsed, said
from contactpoint.intake.importer.records import Maker, Record
from contactpoint.intake.markup import require_flat
from contactpoint.intake.raw import RawItem

LARGEST_FEED: Final = 10 * 1024**2
MOST_ENTRIES: Final = 2_000
_ENTITY: Final = re.compile(rb"<!\s{0,20}ENTITY|<!DOCTYPE[^>\[]{0,500}\[", re.IGNORECASE)


class Feed(Importer):
    """Reads the entries of a feed."""

    name = "feed"

    def _check(self) -> str:
        size = self.path.stat().st_size
        if size > LARGEST_FEED:
            raise SourceError(
                f"{self.path.name} is {size // 2**20} MB; a feed may be "
                f"{LARGEST_FEED // 2**20} MB at most."
            )
        return digest_of(self.path)

    def _items(self) -> Iterator[RawItem]:
        data = self.path.read_bytes()
        maker = Maker(self.rules)
        is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
        for record in _json_entries(data, self.path.name) if is_json else self._entries(data):
            if record.title or record.body or record.teaser:
                yield maker.item(record)

    def _entries(self, data: bytes) -> Iterator[Record]:
        # A feed that needs entities of its own is an attack, not a feed; NULs go for UTF-16.
        if _ENTITY.search(data.replace(b"\0", b"")):
            raise SourceError(
                f"{self.path.name}: this feed defines entities, which no feed needs. It was not "
                "read."
            )
        require_flat(data.replace(b"\0", b""), self.path.name)
        found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
        if not found.get("version") and not found.entries:
            raise SourceError(
                f"{self.path.name}: this is no feed (RSS, Atom or JSON Feed). Check the address."
            )
        for entry in found.entries[:MOST_ENTRIES]:
            yield _record(entry)


def _record(entry: Mapping[str, Any]) -> Record:
    contents = [str(one.get("value") or "") for one in entry.get("content") or []]
    summary = str(entry.get("summary") or "")
    link = str(entry.get("link") or "")
    body = max(contents, key=len, default="")
    return Record(
        title=str(entry.get("title") or ""),
        date=_day(entry.get("published_parsed") or entry.get("updated_parsed")),
        body=body or summary,
        teaser=summary if body and summary != body else "",
        keywords=[str(tag.get("term") or "") for tag in entry.get("tags") or [] if tag.get("term")],
        address=link,
        anchor=str(entry.get("id") or link)[:1000],
    )


def _day(moment: Any) -> str:
    return time.strftime("%Y-%m-%d", moment) if isinstance(moment, time.struct_time) else ""


def _json_entries(data: bytes, name: str) -> Iterator[Record]:
    whole = parsed(data, name)
    entries = whole.get("items") if isinstance(whole, Mapping) else None
    if not isinstance(entries, list) or "jsonfeed.org" not in str(whole.get("version")):
        raise SourceError(f"{name}: this is JSON, and no JSON Feed. Use --format json for others.")
    for entry in entries[:MOST_ENTRIES]:
        if not isinstance(entry, Mapping):
            continue

        def text(name: str, entry: Mapping[str, Any] = entry) -> str:
            value = entry.get(name)
            return value if isinstance(value, str) else ""

        yield Record(
            title=text("title"),
            date=text("date_published")[:10],
            body=text("content_html") or text("content_text"),
            teaser=text("summary"),
            keywords=list(said(entry.get("tags"))),
            address=text("url") or text("external_url"),
            anchor=str(entry.get("id") or text("url"))[:1000],
        )
