"""Makes a dump: each list of the interface, whole, a row a line (NDJSON), packed.

It may be killed anywhere: what is half made bears another name, is given to nobody and is swept
away by the next. A page of a list is in memory at a time.
"""

import gzip
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from contactpoint.api import context
from contactpoint.api.answering import ENGLISH
from contactpoint.api.dumps import kept
from contactpoint.api.dumps.kept import MAKING, MANIFEST, MARKS, SUMS, Dump, dumps
from contactpoint.api.dumps.public import public_now
from contactpoint.api.parameters import MOST
from contactpoint.api.resources import RESOURCES
from contactpoint.api.resources.resource import Resource, whole
from contactpoint.api.rights import LICENCE

KEPT: Final = 3
MEDIA_TYPE: Final = "application/gzip"
TRIES: Final = 3
_AN_HOUR: Final = 3600
DUMPED: Final = tuple(one for one in RESOURCES if one.has_items)
"""All lists but the search."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a dump."""

    name: str
    kind: str
    about: str
    rows: int
    bytes: int
    sha256: str
    licence: str | None
    rights: str | None

    def as_json(self) -> dict[str, Any]:
        """As the manifest has it."""
        return {
            "name": self.name,
            "kind": self.kind,
            "about": self.about,
            "rows": self.rows,
            "bytes": self.bytes,
            "sha256": self.sha256,
            "media_type": MEDIA_TYPE,
            "holds": "application/x-ndjson",
            "licence": self.licence,
            "rights": self.rights,
            "list": f"{settings.BASE_URL}/api/v1/{self.kind}",
        }


def make(keep: int = KEPT) -> Dump:
    """A new dump; older ones than the newest `keep`, and those that are not true any more, go.

    Where something was published or taken back meanwhile, it is made again, some times; what is in
    it is held against both moments in any case.
    """
    kept.folder().mkdir(parents=True, exist_ok=True)
    _sweep()
    half = kept.folder() / f"{MAKING}{os.getpid()}-{time.monotonic_ns()}"
    half.mkdir()
    try:
        after = public_now()
        for _try in range(TRIES):
            before = after
            begun = timezone.now()
            files = [_write(one, half) for one in DUMPED]
            after = public_now()
            if before == after:
                break
        dump = _finish(half, begun.strftime("%Y%m%dT%H%M%SZ"), files, before | after)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    forget(keep, after)
    return dump


def forget(keep: int = KEPT, now: frozenset[str] | None = None) -> int:
    """Take away dumps that are too old or not true any more; returns how many."""
    there = dumps()
    known = public_now() if now is None and there else now
    gone = [one for one in there if not one.is_true(known)]
    gone += [one for one in there if one not in gone][max(keep, 1) :]
    for one in gone:
        one.remove()
    return len(gone)


def rows(resource: Resource) -> Iterator[dict[str, Any]]:
    """All things of a list as the interface tells each of them by itself."""
    fields = [one.name for one in resource.every_field]
    values: dict[str, Any] = {"fields": fields, "limit": MOST}
    while True:
        found = resource.listed(resource.asked(values, of_list=False))
        if found is None:
            return
        for one in found.things:
            yield one.values
        if not found.cursor:
            return
        values["cursor"] = found.cursor


def _write(resource: Resource, half: Path) -> Written:
    name = f"{resource.name}.ndjson.gz"
    count = 0
    with (half / name).open("wb") as file:
        # The same rows are the same bytes, whenever they are written.
        with gzip.GzipFile("", "wb", compresslevel=6, fileobj=file, mtime=0) as packed:
            for row in rows(resource):
                packed.write(_line(row))
                count += 1
        _settle(file)
    path = half / name
    sum = _sha256(path)
    size = path.stat().st_size
    licence = LICENCE if resource.is_licensed(with_all=True) else None
    with override(ENGLISH):
        rights = resource.rights.in_words if resource.rights else None
    return Written(name, resource.name, resource.about, count, size, sum, licence, rights)


def _line(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _finish(half: Path, name: str, files: list[Written], marks: frozenset[str]) -> Dump:
    with gzip.open(half / MARKS, "wt", encoding="utf-8") as lines:
        lines.writelines(f"{one}\n" for one in sorted(marks))
    manifest = {
        "made": f"{name[:4]}-{name[4:6]}-{name[6:8]}T{name[9:11]}:{name[11:13]}:{name[13:15]}Z",
        "portal": settings.BASE_URL,
        "title": settings.SITE_NAME,
        "@context": context.address(),
        "schema": whole("/api/v1/openapi.json"),
        "files": [one.as_json() for one in files],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    _put(half / MANIFEST, text)
    sums = [(one.sha256, one.name) for one in files]
    sums.append((hashlib.sha256(text.encode()).hexdigest(), MANIFEST))
    _put(half / SUMS, "".join(f"{sum}  {name}\n" for sum, name in sums))
    dump = Dump(name)
    newest = next((one.name for one in dumps()), "")
    while dump.name <= newest or dump.folder.exists():  # another was begun in the same second
        dump = Dump(_next_second(dump.name))
    half.rename(dump.folder)
    return dump


def _next_second(name: str) -> str:
    return (Dump(name).made + timedelta(seconds=1)).strftime("%Y%m%dT%H%M%SZ")


def _put(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        _settle(file)


def _settle(file: IO[Any]) -> None:
    """On the disk, before the name says that it is whole."""
    file.flush()
    os.fsync(file.fileno())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sweep() -> None:
    """What a killed process left."""
    for path in kept.folder().glob(f"{MAKING}*"):
        if time.time() - path.stat().st_mtime > _AN_HOUR:
            shutil.rmtree(path, ignore_errors=True)
