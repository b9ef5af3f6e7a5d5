"""Opens a file of figures, packed by gzip or not, and takes no more of it than the limits say."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from contactpoint.figures.errors import UnreadableError
from contactpoint.figures.limits import Limits, too_much

Source = Path | str | bytes
_GZIP: Final = b"\x1f\x8b"
_BUFFER: Final = 256 * 1024


def name_of(source: Source) -> str:
    """What messages call it."""
    return "the data" if isinstance(source, bytes) else Path(source).name


def head_of(source: Source, size: int = 4096) -> bytes:
    """How it begins, unpacked; empty where it can't be unpacked."""
    with _opened(source) as file:
        head = file.read(size)
    if not head.startswith(_GZIP):
        return head
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, size)
    except zlib.error:
        return b""


def whole(source: Source, limits: Limits) -> bytes:
    """All of it in memory, unpacked. Raises `UnreadableError`."""
    name = name_of(source)
    with unpacked(source, limits) as file:
        data = file.read(limits.whole + 1)
    if len(data) > limits.whole:
        raise too_much(name, "bytes or more", len(data), limits.whole)
    if not data.strip():
        raise UnreadableError(f"{name} is empty. Fetch it again.")
    return data


class Lines(Iterator[str]):
    """The lines of a text with their ends; `number` is that of the last one given, from 1."""

    def __init__(self, file: IO[bytes], name: str, limits: Limits) -> None:
        self.number = 0
        self.name = name
        self._limits = limits
        self._text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")

    def __next__(self) -> str:
        try:
            line = self._text.readline(self._limits.line + 1)
        except UnicodeDecodeError as error:
            raise UnreadableError(
                f"{self.name}, after line {self.number}: this is not UTF-8 text. Save it as UTF-8."
            ) from error
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > self._limits.line:
            where = f"{self.name}, line {self.number}"
            raise too_much(where, "characters or more", len(line), self._limits.line)
        return line


@contextmanager
def lines(source: Source, limits: Limits) -> Iterator[Lines]:
    """Its lines, one at a time. Raises `UnreadableError`."""
    with unpacked(source, limits) as file:
        yield Lines(file, name_of(source), limits)


@contextmanager
def unpacked(source: Source, limits: Limits) -> Iterator[IO[bytes]]:
    """Its bytes. What goes wrong while they are read is an `UnreadableError`."""
    name = name_of(source)
    with _opened(source) as file:
        packed = _size(file)
        if packed > limits.packed:
            raise too_much(name, "bytes", packed, limits.packed)
        is_packed = file.read(2) == _GZIP
        file.seek(0)
        inner = gzip.GzipFile(fileobj=file, mode="rb") if is_packed else file
        try:
            counted: IO[bytes] = io.BufferedReader(_Counted(inner, name, limits.unpacked), _BUFFER)  # type: ignore[arg-type]  # it is a RawIOBase
            yield counted
        except (gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise UnreadableError(
                f"{name} is broken off or damaged: it can't be unpacked to the end. Fetch it again."
            ) from error


class _Counted(io.RawIOBase):
    """Reads on until it has given too much."""

    def __init__(self, file: IO[bytes], name: str, most: int) -> None:
        self._file, self._name, self._most, self._given = file, name, most, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._given += len(data)
        if self._given > self._most:
            raise too_much(self._name, "bytes or more, unpacked", self._given, self._most)
        return len(data)


@contextmanager
def _opened(source: Source) -> Iterator[IO[bytes]]:
    if isinstance(source, bytes):
        yield io.BytesIO(source)
        return
    # Opened before it is looked at, and without waiting for somebody to write into a pipe.
    descriptor = os.open(source, os.O_RDONLY | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableError(f"{source} is no regular file. Give a file with figures.")
    with open(descriptor, "rb") as file:
        yield file


def _size(file: IO[bytes]) -> int:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size
