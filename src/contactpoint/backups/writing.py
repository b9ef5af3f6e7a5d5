"""Writes a backup, from the database of one moment and the files that are there after it."""

import hashlib
import json
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.core.files.storage import default_storage

from contactpoint.backups import kept_settings, lines
from contactpoint.backups.container import Target, Writer
from contactpoint.backups.naming import MEDIA, MOST_PARTS, index_name, rows_name
from contactpoint.backups.refusing import BackupError
from contactpoint.backups.snapshot import Snapshot, applied, snapshot
from contactpoint.backups.storing import stored
from contactpoint.backups.tables import Table, tables, unknown
from contactpoint.backups.telling import Progress, unheard
from contactpoint.operations.versions import versions

FORMAT: Final = 1
FILES_A_PART: Final = 1_000
PAGES: Final = 100
_PAGES: Final = "wagtailcore_page"
_RESTRICTED: Final = """SELECT path FROM "wagtailcore_page" WHERE id IN
 (SELECT page_id FROM "wagtailcore_pageviewrestriction")"""
_LIVE: Final = (
    'SELECT id, path, title, latest_revision_id FROM "wagtailcore_page" WHERE live AND depth > 1'
)


def write(target: Target, progress: Progress = unheard) -> dict[str, Any]:
    """The manifest of what was written. Raises BackupError; then the target is of no use."""
    begun = time.monotonic()
    writer = Writer(target)
    with snapshot() as source:
        nodes = applied(source)
        if newer := unknown(nodes):
            raise BackupError(
                f"The database is of a newer version than this one ({newer[0][0]} "
                f"{newer[0][1]}). Make the backup with that version."
            )
        there = tables(nodes)
        made = datetime.now(UTC)
        _add(writer, "begin.json", _begin(source, nodes, there, made))
        _add(writer, "settings.json", kept_settings.told())
        pages = _pages(source, there)
        kept = {table.name: _table(writer, source, table, progress) for table in there}
    files = _files(writer, progress)
    manifest = {
        "format": FORMAT,
        "made": made.isoformat(),
        "tables": kept,
        "files": files,
        "pages": pages,
        "seconds": round(time.monotonic() - begun, 1),
        "sha256": writer.digest,
    }
    writer.end(_text(manifest))
    return manifest | {"bytes": writer.written, "all_sha256": writer.digest}


def _begin(
    source: Snapshot, nodes: Iterable[tuple[str, str]], there: list[Table], made: datetime
) -> dict[str, Any]:
    counters = {table.name: source.counter(table) for table in there if table.counts}
    return {
        "format": FORMAT,
        "made": made.isoformat(),
        "site": settings.SITE_NAME,
        "address": settings.BASE_URL,
        "versions": versions(),
        "database": source.vendor,
        "secret": kept_settings.secret_mark(),
        "migrations": [list(node) for node in nodes],
        "tables": [
            {
                "name": table.name,
                "columns": [[one.name, one.kind, one.places] for one in table.columns],
            }
            for table in there
        ],
        "counters": {name: number for name, number in counters.items() if number},
    }


def _table(writer: Writer, source: Snapshot, table: Table, progress: Progress) -> dict[str, Any]:
    digest, counted = hashlib.sha256(), 0

    def told() -> Iterator[bytes]:
        nonlocal counted
        for row in source.rows(table):
            try:
                one = lines.line(row)
            except ValueError as problem:
                raise BackupError(f"A row of {table.name} can't be kept: {problem}.") from problem
            digest.update(one)
            counted += 1
            yield one

    number = 0
    for number, part in enumerate(lines.parts(told()), start=1):
        if number > MOST_PARTS:
            raise BackupError(f"The table {table.name} is larger than a backup takes.")
        writer.add(rows_name(table.name, number), len(part), [part])
        progress(table.name, writer.written)
    return {"rows": counted, "parts": number, "sha256": digest.hexdigest()}


def _files(writer: Writer, progress: Progress) -> dict[str, Any]:
    index: list[bytes] = []
    number = amount = parts = 0

    def list_them() -> None:
        nonlocal parts, index
        parts += 1
        part = lines.compressed(index)
        writer.add(index_name(parts), len(part), [part])
        index = []

    for file in stored(default_storage):
        digest = writer.add(f"{MEDIA}{file.name}", file.size, file.content)
        index.append(lines.line([file.name, file.size, digest]))
        number, amount = number + 1, amount + file.size
        progress("files", writer.written)
        if len(index) >= FILES_A_PART:
            list_them()
    if index:
        list_them()
    return {"number": number, "bytes": amount, "parts": parts}


def _pages(source: Snapshot, there: list[Table]) -> list[list[Any]]:
    """A hundred public pages by chance that is the same for the same pages: id, title, revision."""
    if not any(table.name == _PAGES for table in there):
        return []
    closed = tuple(path for (path,) in source.select(_RESTRICTED))
    chosen: list[tuple[bytes, list[Any]]] = []
    for key, path, title, revision in source.select(_LIVE):
        if not path.startswith(closed):
            rank = hashlib.sha256(str(key).encode()).digest()
            chosen.append((rank, [key, title, revision]))
        if len(chosen) > 10 * PAGES:
            chosen = sorted(chosen)[:PAGES]
    return [page for _rank, page in sorted(chosen)[:PAGES]]


def _add(writer: Writer, name: str, value: Any) -> None:
    text = _text(value)
    writer.add(name, len(text), [text])


def _text(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
