"""What a sender has handed over since it last wrote to the database: a few numbers in a file that
is mapped into memory, so they outlive the process whatever ends it.

A sender holds the lock of its file for as long as it lives. A file that somebody else can lock is
one of a sender that is dead. A power cut may lose what the system had not written.
"""

import fcntl
import mmap
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PLACES: Final = 64
_WIDTH: Final = 8
_SUFFIX: Final = ".slot"
HANDED, CONFIRMED = 1, 2
"""The end of the mail went to the server; the server took it."""


class Slot:
    """The file of a sender that lives. Each place holds a delivery's number and how far it is."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        while not self._opened(folder):
            pass

    def _opened(self, folder: Path) -> bool:
        """Whether the file was ours before somebody took it for a dead sender's."""
        host = "".join(sign for sign in socket.gethostname()[:20] if sign.isalnum() or sign in "-_")
        self.name = f"{host}-{secrets.token_hex(8)}"
        self._path = folder / f"{self.name}{_SUFFIX}"
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        if not _locked(self._file, self._path):
            os.close(self._file)
            return False
        os.ftruncate(self._file, PLACES * _WIDTH)
        self._map = mmap.mmap(self._file, PLACES * _WIDTH)
        self.places = memoryview(self._map).cast("q")
        """Set one with a single store of eight bytes: `places[n] = value(number, HANDED)`."""
        return True

    def clear(self) -> None:
        """Forget what the database knows by now."""
        for place in range(PLACES):
            self.places[place] = 0

    def close(self) -> None:
        """Ends the sender; the database has to know everything."""
        self.places.release()
        self._map.close()
        self._path.unlink(missing_ok=True)
        os.close(self._file)


def value(number: int, how: int) -> int:
    """What stands in a place."""
    return number * 4 + how


def names(folder: Path) -> set[str]:
    """The senders that have a file here, dead or alive."""
    return {path.stem for path in folder.glob(f"*{_SUFFIX}")}


@contextmanager
def _left(path: Path) -> Iterator[dict[int, int] | None]:
    try:
        file = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        yield None
        return
    try:
        if not _locked(file, path):
            yield None
            return
        content = os.read(file, PLACES * _WIDTH)
        values = memoryview(content[: len(content) // _WIDTH * _WIDTH]).cast("q")
        yield {one // 4: one % 4 for one in values if one}
        path.unlink(missing_ok=True)
    finally:
        os.close(file)


def left_behind(folder: Path) -> Iterator[tuple[str, dict[int, int]]]:
    """Each dead sender with what it had handed over, by number. Its file goes when the next is
    asked for; who raises before keeps it."""
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        with _left(path) as found:
            if found is not None:
                yield path.stem, found


def _locked(file: int, path: Path) -> bool:
    """Whether the lock is ours, and the file still the one of that name."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.fstat(file).st_ino == path.stat().st_ino
    except (BlockingIOError, FileNotFoundError):
        return False
