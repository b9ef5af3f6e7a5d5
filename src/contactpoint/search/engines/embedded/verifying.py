"""Whether the files of an index are what tantivy wrote: each ends in a checksum of all before it.

A file is `body`, a footer in JSON that holds the CRC-32 of the body, the footer's length and a
magic number, four bytes each, little-endian (`src/directory/footer.rs` of tantivy). Files are read,
not mapped: one that was cut while it was mapped would take the process along.
"""

import json
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from contactpoint.search.engines.embedded.folders import META

_PARTS: Final = ("term", "idx", "pos", "fieldnorm", "fast", "store")
_END: Final = struct.Struct("<II")
_MAGIC: Final = 1337
_LONGEST_FOOTER: Final = 50_000
_CHUNK: Final = 1 << 20
_ATTEMPTS: Final = 10


def damage(folder: Path, look: Callable[[Path], str] | None = None) -> str:
    """The first file of an index that is not as it was written, and how; empty where all are.

    `look` says what is wrong with one file: all of it is read, or with `end_of` only its end.

    Where the index is written meanwhile, parts go and others come: then it is looked at anew.
    """
    for _attempt in range(_ATTEMPTS):
        if not (folder / META).is_file():
            return ""  # there is none
        before = _read(folder / META)
        found = _first_damage(folder, before, look or _problem)
        if not found or before == _read(folder / META):
            return found
    return ""  # whoever writes it that fast opens all of it over and over


def _first_damage(folder: Path, meta: bytes, look: Callable[[Path], str]) -> str:
    try:
        names = list(_files(json.loads(meta)))
    except (ValueError, KeyError, TypeError, AttributeError):
        return f"{META} can't be understood"
    for name in names:
        problem = look(folder / name)
        if problem:
            return f"{name} {problem}"
    return ""


def _files(meta: dict[str, Any]) -> Iterator[str]:
    for segment in meta["segments"]:
        name = segment["segment_id"].replace("-", "")
        yield from (f"{name}.{part}" for part in _PARTS)
        if segment["deletes"]:
            yield f"{name}.{segment['deletes']['opstamp']}.del"


def end_of(path: Path) -> str:
    """Whether a file is there and has the end that it was written with: a few bytes are read."""
    return _problem(path, is_whole=False)


def _problem(path: Path, *, is_whole: bool = True) -> str:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            file.seek(max(0, size - _END.size))
            end = file.read()
            length, magic = _END.unpack(end) if len(end) == _END.size else (0, 0)
            body = size - _END.size - length
            if magic != _MAGIC or length > _LONGEST_FOOTER or body < 0:
                return "is cut off"
            file.seek(body)
            wanted = json.loads(file.read(length))["crc"]
            if not is_whole:
                return ""
            file.seek(0)
            found = 0
            while body and (chunk := file.read(min(_CHUNK, body))):
                found, body = zlib.crc32(chunk, found), body - len(chunk)
    except FileNotFoundError:
        return "is missing"
    except OSError as problem:
        return f"can't be read ({problem.strerror})"
    except (ValueError, KeyError, TypeError):
        return "has a damaged end"
    return "" if found == wanted else "is not as it was written"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
