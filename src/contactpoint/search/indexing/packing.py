"""Prepared documents as bytes, on their way from the worker that made them to the index's writer.

Lines of JSON, compressed: what a database is given and gives back is never a program.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Final

from contactpoint.search.documents import Prepared

LARGEST: Final = 4 * 2**20
"""Bytes after which a packet is closed: little is read at once, however long files are."""
_QUICK: Final = 1
_FIELDS: Final = tuple(one.name for one in fields(Prepared))


def packed(documents: Iterable[Prepared]) -> Iterator[tuple[int, bytes]]:
    """Packets, each with the number of its documents."""
    packer, parts, size, number = zlib.compressobj(_QUICK), [], 0, 0
    for document in documents:
        line = json.dumps([getattr(document, name) for name in _FIELDS], separators=(",", ":"))
        part = packer.compress(line.encode() + b"\n")
        parts.append(part)
        size, number = size + len(part), number + 1
        if size >= LARGEST:
            yield number, b"".join([*parts, packer.flush()])
            packer, parts, size, number = zlib.compressobj(_QUICK), [], 0, 0
    if number:
        yield number, b"".join([*parts, packer.flush()])


def unpacked(packet: bytes) -> Iterator[Prepared]:
    """The documents of a packet."""
    for line in zlib.decompress(packet).splitlines():
        yield Prepared(*json.loads(line))
