"""An object of a bucket as an open file: what is read of it is fetched, in pieces, and no more."""

import io
from typing import Any, Final, Protocol

from django.core.files import File

PIECE: Final = 512 * 1024


class Asked(Protocol):
    """What is asked for pieces: the storage."""

    def about(self, name: str) -> Any:
        """Size and mark of an object."""

    def part(self, name: str, start: int, stop: int, mark: str) -> bytes:
        """Bytes of the object with that mark."""


class _Pieces(io.RawIOBase):
    """Reads at a place; `io.BufferedReader` makes a file of it."""

    def __init__(self, storage: Asked, name: str) -> None:
        about = storage.about(name)
        self.size, self._mark = int(about["size"]), about["e_tag"] or ""
        self._storage, self._name, self._place = storage, name, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self.size}[whence]
        self._place = max(0, begin + offset)
        return self._place

    def readinto(self, buffer: Any) -> int:
        found = self._fetch(len(buffer))
        buffer[: len(found)] = found
        return len(found)

    def readall(self) -> bytes:
        return self._fetch(self.size)

    def _fetch(self, most: int) -> bytes:
        stop = min(self.size, self._place + most)
        if stop <= self._place:
            return b""
        found = self._storage.part(self._name, self._place, stop, self._mark)
        self._place += len(found)
        return found


class BucketFile(File):
    """Django's file; missing ones are said at once, as on the disk."""

    def __init__(self, storage: Asked, name: str) -> None:
        self._storage = storage
        pieces = _Pieces(storage, name)
        super().__init__(io.BufferedReader(pieces, PIECE), name)
        self.mode = "rb"
        self.size = pieces.size

    def open(self, mode: str | None = None, *_args: Any, **_kwargs: Any) -> "BucketFile":
        """From its beginning once more, also after it was closed."""
        if self.closed:
            self.file = io.BufferedReader(_Pieces(self._storage, str(self.name)), PIECE)
        self.seek(0)
        return self
