"""The dumps that there are: a folder each, named by its moment, in the folder of the portal's data.

A folder is there once it is whole: it is written under another name beside it.
"""

import gzip
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from contactpoint.api.dumps.public import public_now

MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
MARKS: Final = "public.txt.gz"
"""What was public then; nobody is given it."""
NAME: Final = re.compile(r"[0-9]{8}T[0-9]{6}Z")
MAKING: Final = "making-"


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump by its name."""

    name: str

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return folder() / self.name

    @property
    def made(self) -> datetime:
        """When it was begun."""
        return datetime.strptime(self.name, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What it holds."""
        return _manifest(*_state(self.folder / MANIFEST))

    def file(self, name: str) -> Path | None:
        """One of its files that anybody may have."""
        try:
            names = {MANIFEST, SUMS, *(one["name"] for one in self.manifest["files"])}
        except OSError:  # removed by another process this moment
            return None
        path = self.folder / name
        return path if name in names and path.is_file() else None

    def is_true(self, now: frozenset[str] | None = None) -> bool:
        """Whether anybody may still see all that is in it."""
        try:
            return _marks(*_state(self.folder / MARKS)) <= (public_now() if now is None else now)
        except OSError:  # removed by another process this moment
            return False

    def remove(self) -> None:
        """Take it away; first by its name, so that nobody finds half of it."""
        gone = folder() / f"{MAKING}gone-{self.name}"
        try:
            self.folder.rename(gone)
        except FileNotFoundError:
            return
        shutil.rmtree(gone, ignore_errors=True)


def folder() -> Path:
    """Where dumps lie."""
    return Path(settings.DATA) / "dumps"


def dumps() -> list[Dump]:
    """Those that are whole, the newest first, whether true or not."""
    if not folder().is_dir():
        return []
    names = (path.name for path in folder().iterdir() if NAME.fullmatch(path.name))
    return [Dump(name) for name in sorted(names, reverse=True)]


def true_dumps() -> list[Dump]:
    """Those that may be given to anybody, the newest first."""
    there = dumps()
    now = public_now() if there else frozenset()
    return [one for one in there if one.is_true(now)]


def _state(path: Path) -> tuple[Path, int]:
    """The file as it is now: another may have had its name."""
    return path, path.stat().st_mtime_ns


@lru_cache(maxsize=8)
def _manifest(path: Path, _changed: int) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=8)
def _marks(path: Path, _changed: int) -> frozenset[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return frozenset(line.rstrip("\n") for line in lines)
