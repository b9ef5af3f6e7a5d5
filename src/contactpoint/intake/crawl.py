"""A saved crawl, a folder or a zip, as names and bytes: nothing outside it can be reached.

A zip is never unpacked to the disk. Each part is read up to a limit, whatever its directory says;
a link out of a folder, a path that climbs, an encrypted part and a bomb are refused.
"""

import hashlib
import os
import posixpath
import stat
import zipfile
import zlib
from abc import ABC, abstractmethod
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from contactpoint.intake.errors import SourceError

LARGEST_PAGE: Final = 5 * 1024**2
LARGEST_FILE: Final = 64 * 1024**2
MOST_PARTS: Final = 200_000
MOST_UNPACKED: Final = 4 * 1024**3
MOST_PACKED_TIMES: Final = 200
"""What text packs to at the very most; only a bomb packs better."""
_SMALL: Final = 1024**2


class Crawl(ABC):
    """What was saved, by its names: paths with `/`, relative to the top."""

    names: frozenset[str]

    def __init__(self, path: Path) -> None:
        self.path = path

    @abstractmethod
    def _read(self, name: str, most: int) -> bytes:
        """At most so many bytes."""

    def read(self, name: str, most: int = LARGEST_PAGE) -> bytes:
        """The bytes of a part. Raises `SourceError` where there are more, or it is damaged."""
        try:
            data = self._read(name, most + 1)
        except (
            OSError,
            RuntimeError,
            NotImplementedError,
            zipfile.BadZipFile,
            zlib.error,
        ) as error:
            raise SourceError(
                f"{self.path.name}: {name} can't be read ({error}). Save the crawl again."
            ) from error
        if len(data) > most:
            raise SourceError(
                f"{self.path.name}: {name} is larger than {most // 1024**2} MB. Take it out of the "
                "crawl, or shrink it."
            )
        return data

    def digest(self, names: list[str]) -> str:
        """SHA-256 of the names and bytes of these parts."""
        found = hashlib.sha256()
        for name in names:
            found.update(name.encode(errors="surrogateescape") + b"\0")
            found.update(hashlib.sha256(self.read(name)).digest())
        return found.hexdigest()

    def find(self, link: str, page: str, site: str = "") -> str:
        """The part that a link of a page means; empty where the crawl does not hold it.

        Links of the old site itself are looked for too, at the top or in a folder of its name, as
        crawlers save them.
        """
        try:
            parts = urlsplit(link.strip())
        except ValueError:
            return ""
        host = parts.hostname or ""
        if parts.scheme not in ("", "http", "https") or not parts.path:
            return ""
        own = urlsplit(site).hostname or ""
        if host and own and host.removeprefix("www.") != own.removeprefix("www."):
            return ""
        path = unquote(parts.path)
        if path.startswith("/") or host:
            top = page.split("/", 1)[0]
            tries = [path, f"{host or own}/{path}", f"{top}/{path}"]
        else:
            tries = [posixpath.join(posixpath.dirname(page), path)]
        for one in tries:
            name = posixpath.normpath(one).lstrip("/")
            # Crawlers give a page of the web a name that a disk can open.
            for there in (name, f"{name}.html", f"{name}/index.html"):
                if there in self.names:
                    return there
        return ""


class Folder(Crawl):
    """A folder; links in it are followed nowhere."""

    def __init__(self, path: Path, only: str = "") -> None:
        """With `only`, nothing but the folder of that name in it, as browsers save a page's."""
        super().__init__(path)
        top = path / only
        found = set()
        # Links to folders are not followed by `walk`; those to files are told by `lstat`.
        for folder, _folders, files in os.walk(top):
            for name in files:
                file = Path(folder) / name
                if stat.S_ISREG(file.lstat().st_mode):
                    found.add(file.relative_to(path).as_posix())
            if len(found) > MOST_PARTS:
                raise SourceError(
                    f"{path.name} holds more than {MOST_PARTS} files. Import it in parts."
                )
        self.names = frozenset(found)

    def _read(self, name: str, most: int) -> bytes:
        if name not in self.names:
            raise FileNotFoundError(name)
        with (self.path / name).open("rb") as file:
            return file.read(most)


class Zip(Crawl):
    """A zip, read where it lies."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise SourceError(f"{path.name} is no zip, or a damaged one. Save it again.") from error
        self._parts = {}
        unpacked = 0
        for part in self._zip.infolist():
            pure = PurePosixPath(part.filename)
            kind = stat.S_IFMT(part.external_attr >> 16)
            if part.is_dir() or pure.is_absolute() or ".." in pure.parts or "\\" in part.filename:
                continue
            if kind not in (0, stat.S_IFREG) or part.flag_bits & 1:
                continue
            unpacked += part.file_size
            tight = part.file_size > MOST_PACKED_TIMES * max(part.compress_size, 1)
            if unpacked > MOST_UNPACKED or (tight and part.file_size > _SMALL):
                raise SourceError(
                    f"{path.name} unpacks to far more than a crawl is. Nothing was read from it."
                )
            self._parts[pure.as_posix()] = part
        if len(self._parts) > MOST_PARTS:
            raise SourceError(f"{path.name} holds more than {MOST_PARTS} files. Split it.")
        self.names = frozenset(self._parts)

    def _read(self, name: str, most: int) -> bytes:
        if name not in self._parts:
            raise FileNotFoundError(name)
        with self._zip.open(self._parts[name]) as file:
            return file.read(most)


def crawl_of(path: Path) -> Crawl:
    """A folder or a zip as it is; of a single file only what a browser saved beside it."""
    if path.is_dir():
        return Folder(path)
    if path.suffix.lower() == ".zip":
        return Zip(path)
    return Folder(path.parent, only=f"{path.stem}_files")
