"""The file of a backup: a tar archive that other programs can read, too, and that is read strictly.

Members stand one behind the other, so it is written and read as a stream. The last two tell what
all that stands before them must be: `manifest.json` the SHA-256 of everything up to it, and
`manifest.json.sha256` that of the manifest. Every byte is covered by one of the two, or must be
zero; so a byte that is missing, added or changed is found.

Of tar only this is read: plain files, with GNU's long names. A name never leads out of a folder.
"""

import hashlib
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from contactpoint.backups.naming import is_member, rows_of
from contactpoint.backups.refusing import BackupError, DamagedError

BLOCK: Final = 512
PIECE: Final = 256 * 1024
APART: Final = 64 * 1024
LONGEST_NAME: Final = 1024
LARGEST_MANIFEST: Final = 64 * 1024**2
MANIFEST: Final = "manifest.json"
DIGEST: Final = "manifest.json.sha256"
_LONG_NAME: Final = b"././@LongLink"


class Target(Protocol):
    """Where a backup is written: a file, or what seals or sends it."""

    def write(self, data: bytes, /) -> object:
        """All of it, or an exception."""

    def cut(self) -> None:
        """A good place to begin another piece; what doesn't write in pieces does nothing."""


class Source(Protocol):
    """Where a backup is read from."""

    def read(self, size: int, /) -> bytes:
        """Fewer only at the end."""


class Writer:
    """Writes members, and the manifest at the end."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._digest = hashlib.sha256()
        self.written = 0

    @property
    def digest(self) -> str:
        """SHA-256 of all that was written so far."""
        return self._digest.hexdigest()

    def add(self, name: str, size: int, content: Iterable[bytes]) -> str:
        """SHA-256 of the content. Raises BackupError where that is not as long as was said."""
        if not is_member(name):
            raise BackupError(
                f"“{name}” can't be the name of a file in a backup; rename that file."
            )
        self._target.cut()
        self._write(_head(name, size))
        if size >= APART and rows_of(name):
            self._target.cut()  # its name has its number, which may be another next time
        digest, seen = hashlib.sha256(), 0
        for piece in content:
            seen += len(piece)
            if seen > size:
                break
            digest.update(piece)
            self._write(piece)
        if seen != size:
            raise BackupError(f"{name} changed while it was read. Make the backup again.")
        self._write(b"\0" * (-size % BLOCK))
        return digest.hexdigest()

    def end(self, manifest: bytes) -> None:
        """The manifest must name `digest`."""
        self.add(MANIFEST, len(manifest), [manifest])
        line = f"{hashlib.sha256(manifest).hexdigest()}  {MANIFEST}\n".encode()
        self.add(DIGEST, len(line), [line])
        self._write(b"\0" * (2 * BLOCK))

    def _write(self, data: bytes) -> None:
        self._digest.update(data)
        self._target.write(data)
        self.written += len(data)


def _head(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "strict")


@dataclass(slots=True)
class Member:
    """A file of a backup; its content is read once, before the next member."""

    name: str
    size: int
    content: Iterator[bytes]

    def whole(self, most: int) -> bytes:
        """All of a small one. Raises DamagedError where it is larger than that."""
        if self.size > most:
            raise DamagedError(f"{self.name} is larger than it may be.")
        return b"".join(self.content)


class Reader:
    """Reads members; whoever reads to the end knows that all was as it had been written.

    Raises DamagedError. `manifest` is there once the iteration has ended.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._digest = hashlib.sha256()
        self._left = 0
        self.read = 0
        self.manifest = b""
        self.digest = ""
        """SHA-256 of all before the manifest: what it has to name."""

    def __iter__(self) -> Iterator[Member]:
        while True:
            before = self._digest.hexdigest()
            member = self._next()
            if member.name == MANIFEST:
                self.digest = before
                self.manifest = member.whole(LARGEST_MANIFEST)
                break
            yield member
            if self._left:
                raise BackupError(f"{member.name} was not read.")
        self._end()

    def _end(self) -> None:
        last = self._next()
        said = f"{hashlib.sha256(self.manifest).hexdigest()}  {MANIFEST}\n".encode()
        if last.name != DIGEST or last.whole(BLOCK) != said:
            raise DamagedError("its manifest was changed.")
        if any(self._take(2 * BLOCK)) or self._source.read(1):
            raise DamagedError("something stands behind its end.")

    def _next(self) -> Member:
        block = self._take(BLOCK)
        long = b""
        if block.startswith(_LONG_NAME):
            info = _read_head(block)
            if info.type != tarfile.GNUTYPE_LONGNAME or info.size > LONGEST_NAME:
                raise DamagedError("a name in it is too long.")
            long = self._take(info.size)
            self._pad(info.size)
            block = self._take(BLOCK)
        info = _read_head(block)
        try:
            name = long.rstrip(b"\0").decode() if long else info.name
        except UnicodeDecodeError:
            raise DamagedError("a name in it can't be read.") from None
        if info.type != tarfile.REGTYPE or info.size < 0 or not is_member(name):
            raise DamagedError(f"it holds “{name[:100]}”, which no backup does.")
        if block != _head(name, info.size)[-BLOCK:]:
            raise DamagedError(f"the head of {name} was changed.")
        self._left = info.size
        return Member(name, info.size, self._content(info.size))

    def _content(self, size: int) -> Iterator[bytes]:
        while self._left:
            piece = self._take(min(PIECE, self._left))
            self._left -= len(piece)
            if not self._left:
                self._pad(size)
            yield piece

    def _pad(self, size: int) -> None:
        if any(self._take(-size % BLOCK)):
            raise DamagedError("something was written between two files.")

    def _take(self, size: int) -> bytes:
        data = self._source.read(size)
        if len(data) != size:
            raise DamagedError("it ends too early.")
        self._digest.update(data)
        self.read += size
        return data


def _read_head(block: bytes) -> tarfile.TarInfo:
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    except (tarfile.TarError, UnicodeDecodeError, ValueError):
        raise DamagedError("what stands in it can't be read.") from None
