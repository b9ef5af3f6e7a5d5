"""Reads a whole backup and says what it is, before anything is done with it.

The same reading puts it back: whoever follows is given rows and files while all of it is checked.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from contactpoint.backups import lines
from contactpoint.backups.container import Member, Reader, Source
from contactpoint.backups.naming import MEDIA, index_of, rows_of
from contactpoint.backups.refusing import BackupError, DamagedError
from contactpoint.backups.tables import unknown
from contactpoint.backups.telling import Progress, unheard
from contactpoint.backups.writing import FILES_A_PART, FORMAT

LARGEST_BEGIN: Final = 16 * 1024**2
LARGEST_SETTINGS: Final = 4 * 1024**2
MOST_TABLES: Final = 2_000
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class Follower(Protocol):
    """Is given what is read, in order. What it has done counts only once `check` has returned."""

    def begin(self, begin: dict[str, Any]) -> None:
        """What the backup says of itself."""

    def rows(self, table: str, rows: Iterator[Any]) -> None:
        """Of a part of a table; must read them all."""

    def file(self, name: str, size: int, content: Iterator[bytes]) -> None:
        """A stored file; must read it all."""


@dataclass(slots=True)
class Counted:
    """Of a table."""

    rows: int = 0
    parts: int = 0
    digest: Any = field(default_factory=hashlib.sha256)


@dataclass(frozen=True, slots=True)
class Found:
    """A backup that is whole."""

    begin: dict[str, Any]
    manifest: dict[str, Any]
    bytes: int


class Nobody:
    """Follows, and does nothing."""

    def begin(self, begin: dict[str, Any]) -> None: ...

    def rows(self, table: str, rows: Iterator[Any]) -> None:
        for _row in rows:
            pass

    def file(self, name: str, size: int, content: Iterator[bytes]) -> None:
        for _piece in content:
            pass


def check(source: Source, follower: Follower | None = None, progress: Progress = unheard) -> Found:
    """Reads to the end. Raises DamagedError, or BackupError for one of a newer version."""
    return _Checking(source, follower or Nobody(), progress).run()


class _Checking:
    def __init__(self, source: Source, follower: Follower, progress: Progress) -> None:
        self._reader = Reader(source)
        self._follower = follower
        self._progress = progress
        self._begin: dict[str, Any] = {}
        self._tables: dict[str, Counted] = {}
        self._widths: dict[str, int] = {}
        self._pending: list[list[Any]] = []
        self._listed = 0
        self._files = self._bytes = 0

    def run(self) -> Found:
        for number, member in enumerate(self._reader):
            if number == 0:
                self._read_begin(member)
            elif number == 1:
                self._read_settings(member)
            elif (part := rows_of(member.name)) is not None:
                self._read_rows(member, *part)
            elif (listed := index_of(member.name)) is not None:
                self._read_index(member, listed)
            elif member.name.startswith(MEDIA):
                self._read_file(member)
            else:
                raise DamagedError(f"{member.name} stands where it doesn't belong.")
            self._progress("checked", self._reader.read)
        if not self._begin:
            raise DamagedError("it has no beginning.")
        return Found(self._begin, self._manifest(), self._reader.read)

    def _read_begin(self, member: Member) -> None:
        if member.name != "begin.json":
            raise DamagedError("it doesn't begin as a backup does.")
        begin = lines.parsed(member.whole(LARGEST_BEGIN))
        if not isinstance(begin, dict) or type(begin.get("format")) is not int:
            raise DamagedError("its beginning can't be read.")
        if begin["format"] > FORMAT:
            raise BackupError(
                f"The backup is of a newer version of the portal ({_version(begin)}). Restore it "
                "with that version. Nothing was touched."
            )
        _check_begin(begin)
        if newer := unknown(tuple(node) for node in begin["migrations"]):
            raise BackupError(
                f"The backup is of a newer version of the portal ({_version(begin)}): its database "
                f"has {newer[0][0]} {newer[0][1]}, which this version doesn't know. Restore it "
                "with that version. Nothing was touched."
            )
        for table in begin["tables"]:
            self._tables[table["name"]] = Counted()
            self._widths[table["name"]] = len(table["columns"])
        self._begin = begin
        self._follower.begin(begin)

    def _read_settings(self, member: Member) -> None:
        if member.name != "settings.json":
            raise DamagedError("its settings are missing.")
        if not isinstance(lines.parsed(member.whole(LARGEST_SETTINGS)), dict):
            raise DamagedError("its settings can't be read.")

    def _read_rows(self, member: Member, table: str, number: int) -> None:
        counted = self._tables.get(table)
        if counted is None or number != counted.parts + 1 or self._files:
            raise DamagedError(f"{member.name} stands where it doesn't belong.")
        counted.parts = number
        self._follower.rows(table, self._rows(member, table, counted))

    def _rows(self, member: Member, table: str, counted: Counted) -> Iterator[Any]:
        width = self._widths[table]
        for line in lines.read(member.content):
            row = lines.parsed(line)
            if type(row) is not list or len(row) != width:
                raise DamagedError(f"a row of {table} has not its columns.")
            counted.digest.update(line + b"\n")
            counted.rows += 1
            yield row

    def _read_file(self, member: Member) -> None:
        if len(self._pending) >= FILES_A_PART:
            raise DamagedError("a list of files is missing.")
        digest = hashlib.sha256()

        def pieces() -> Iterator[bytes]:
            for piece in member.content:
                digest.update(piece)
                self._progress("checked", self._reader.read)
                yield piece

        name = member.name.removeprefix(MEDIA)
        self._follower.file(name, member.size, pieces())
        self._pending.append([name, member.size, digest.hexdigest()])
        self._files += 1
        self._bytes += member.size

    def _read_index(self, member: Member, number: int) -> None:
        said = [lines.parsed(line) for line in lines.read(member.content, 8 * 1024**2)]
        self._listed += 1
        if number != self._listed or said != self._pending:
            raise DamagedError(f"{member.name} lists other files than stand before it.")
        self._pending = []

    def _manifest(self) -> dict[str, Any]:
        manifest = lines.parsed(self._reader.manifest)
        told = {
            name: {"rows": one.rows, "parts": one.parts, "sha256": one.digest.hexdigest()}
            for name, one in self._tables.items()
        }
        files = {"number": self._files, "bytes": self._bytes, "parts": self._listed}
        if not isinstance(manifest, dict) or manifest.get("sha256") != self._reader.digest:
            raise DamagedError("it was changed: its digest is another.")
        if self._pending or manifest.get("tables") != told or manifest.get("files") != files:
            raise DamagedError("its manifest tells of other rows or files.")
        pages = manifest.get("pages")
        if not isinstance(pages, list) or not all(map(_is_page, pages)):
            raise DamagedError("its manifest can't be read.")
        return manifest


def _check_begin(begin: dict[str, Any]) -> None:
    checks: list[Callable[[], bool]] = [
        lambda: all(type(begin[name]) is str for name in ("made", "site", "address", "secret")),
        lambda: all(len(node) == 2 and _texts(node) for node in begin["migrations"]),
        lambda: 0 < len(begin["tables"]) <= MOST_TABLES,
        lambda: all(_is_table(table) for table in begin["tables"]),
        lambda: len({table["name"] for table in begin["tables"]}) == len(begin["tables"]),
        lambda: all(
            type(number) is int and 0 < number < 2**63 for number in begin["counters"].values()
        ),
        lambda: isinstance(begin["versions"], dict),
    ]
    try:
        right = all(one() for one in checks)
    except (KeyError, TypeError, AttributeError, ValueError):
        right = False
    if not right:
        raise DamagedError("its beginning can't be read.")


def _is_table(table: Any) -> bool:
    return type(table["name"]) is str and all(
        type(name) is str and type(kind) is str and type(places) is int
        for name, kind, places in table["columns"]
    )


def _is_page(page: Any) -> bool:
    return type(page) is list and len(page) == 3 and type(page[0]) is int and type(page[1]) is str


def _texts(values: Any) -> bool:
    return all(type(value) is str for value in values)


def _version(begin: dict[str, Any]) -> str:
    told = begin.get("versions")
    return str(told.get("contactpoint", "?"))[:40] if isinstance(told, dict) else "?"
