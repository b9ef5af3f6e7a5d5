"""Lines of JSON, compressed in parts of some megabytes, so that neither side holds more than one.

A part ends behind a line that its own digest chooses, not after a number of lines: where a row is
added or taken away, the parts behind it stay what they were, and needn't be sent again.
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

from contactpoint.backups.refusing import BackupError, DamagedError

LONGEST_LINE: Final = 256 * 1024**2
"""A longer row is not kept, and none is read: 256 MB."""
_LEAST: Final = 1024**2
_MOST: Final = 8 * 1024**2
_ENDS: Final = 256
"""About every so manieth line may end a part."""
_PIECE: Final = 1024**2
_GZIP: Final = 16 + zlib.MAX_WBITS
_LEVEL: Final = 6


def line(value: Any) -> bytes:
    """Raises ValueError for what JSON has no form for."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode() + b"\n"


def parts(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Compressed, each to be read by itself. Raises BackupError for a line that is too long."""
    held: list[bytes] = []
    size = 0
    for one in lines:
        if len(one) > LONGEST_LINE:
            raise BackupError(f"A row of {len(one):,} bytes is more than a backup takes.")
        held.append(one)
        size += len(one)
        if size >= _MOST or (size >= _LEAST and zlib.crc32(one) % _ENDS == 0):
            yield compressed(held)
            held, size = [], 0
    if held:
        yield compressed(held)


def compressed(lines: list[bytes]) -> bytes:
    """The same for the same lines, whenever it is made."""
    return gzip.compress(b"".join(lines), _LEVEL, mtime=0)


def read(content: Iterable[bytes], most: int = _MOST + LONGEST_LINE) -> Iterator[bytes]:
    """The lines of a part; raises DamagedError where they grow beyond what a part may hold."""
    begun = bytearray()
    seen = 0
    for piece in _inflated(content):
        seen += len(piece)
        begun += piece
        if seen > most or len(begun) > LONGEST_LINE + _PIECE:
            raise DamagedError("a part of it grows beyond what was written.")
        if b"\n" in piece:
            *whole, rest = bytes(begun).split(b"\n")
            yield from whole
            begun = bytearray(rest)
    if begun:
        raise DamagedError("a part of it ends within a line.")


def parsed(text: bytes) -> Any:
    """What stands in a line."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise DamagedError("a line in it can't be read.") from None


def _inflated(content: Iterable[bytes]) -> Iterator[bytes]:
    inflate = zlib.decompressobj(_GZIP)
    try:
        for piece in content:
            if inflate.eof:
                raise DamagedError("a part of it goes on behind its end.")
            data = piece
            while data and not inflate.eof:
                yield inflate.decompress(data, _PIECE)
                data = inflate.unconsumed_tail
            if inflate.unused_data:
                raise DamagedError("a part of it goes on behind its end.")
        while not inflate.eof:
            more = inflate.decompress(inflate.unconsumed_tail, _PIECE)
            if not more:
                raise DamagedError("a part of it ends too early.")
            yield more
    except zlib.error:
        raise DamagedError("a part of it can't be unpacked.") from None
