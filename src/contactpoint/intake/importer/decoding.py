"""A text file of unknown origin to lines: refuse what is no text, say which encoding was guessed.

The file is looked at once, line by line, before anything is read from it, so that a broken file is
refused while nothing has been written.
"""

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import charset_normalizer

from contactpoint.intake.errors import SourceError

LARGEST_FILE: Final = 50 * 1024 * 1024
LONGEST_LINE: Final = 64 * 1024
_SAMPLE: Final = 64 * 1024
# The encodings that an old site of Western Europe may have left behind.
_LEGACY: Final = ["cp1252", "iso8859_15", "mac_roman", "cp850"]
_MAGIC: Final = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "an SQLite database"),
)
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL: Final = bytes(sorted({*range(32), 127} - {9, 10, 11, 12, 13, 0x1B}))


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to read a file: its encoding, whether that was guessed, and the digest of its bytes."""

    path: Path
    encoding: str
    guessed: bool
    digest: str

    def lines(self) -> Iterator[tuple[int, str]]:
        """Line number from 1, and the line without its end."""
        with self.path.open(encoding=self.encoding, newline=None) as file:
            for number, line in enumerate(file, start=1):
                yield number, line.rstrip("\n")


def digest_of(path: Path) -> str:
    """SHA-256 of the bytes of a file. Raises `SourceError` for an empty one."""
    if path.stat().st_size == 0:
        raise SourceError(f"{path.name} is empty. Give the file that holds the items.")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def look(path: Path, *, longest: int = LONGEST_LINE) -> Decoding:
    """Read the whole file once, keeping nothing. Raises `SourceError` with line and mend.

    A line may be `longest` bytes.
    """
    size = path.stat().st_size
    if size == 0:
        raise SourceError(f"{path.name} is empty. Give the file that holds the listing.")
    if size > LARGEST_FILE:
        raise SourceError(
            f"{path.name} is {size // 2**20} MB; a listing may be {LARGEST_FILE // 2**20} MB at "
            "most. Split it into several files and import them one after the other."
        )
    with path.open("rb") as file:
        opening = file.read(64)
    for magic, name in _MAGIC:
        if opening.startswith(magic):
            raise SourceError(
                f"{path.name}, line 1: this is {name}, not text. Save the listing as plain text."
            )
    bom = next((encoding for mark, encoding in _BOMS if opening.startswith(mark)), "")
    if bom and bom != "utf-8-sig":
        return _wide(path, bom, longest)
    return _bytewise(path, bom or "utf-8", longest)


def _wide(path: Path, encoding: str, longest: int) -> Decoding:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_SAMPLE):
            digest.update(block)
    decoding = Decoding(path, encoding, False, digest.hexdigest())
    number = 0
    try:
        for number, line in decoding.lines():
            _check_length(path, number, len(line), longest)
    except UnicodeError as error:
        raise SourceError(
            f"{path.name}, line {number + 1}: this is not {encoding.upper()} text, though the file "
            "says so. Save the file as UTF-8."
        ) from error
    return decoding


def _bytewise(path: Path, encoding: str, longest: int) -> Decoding:
    digest, sample, wrong, words = hashlib.sha256(), bytearray(), 0, False
    number = 0
    with path.open("rb") as file:
        while line := file.readline(longest + 1):
            number += 1
            _check_length(path, number, len(line), longest)
            digest.update(line)
            words = words or bool(line.strip())
            if line.translate(None, _CONTROL) != line:
                raise SourceError(
                    f"{path.name}, line {number}: this is binary data, not text. Save the listing "
                    "as plain text (UTF-8)."
                )
            if line.isascii():
                continue
            if len(sample) < _SAMPLE:
                sample += line
            wrong = wrong or (0 if _is_utf8(line) else number)
    if not words:
        raise SourceError(
            f"{path.name} holds only empty lines. Give the file that holds the listing."
        )
    if not wrong:
        return Decoding(path, encoding, False, digest.hexdigest())
    return Decoding(path, _guess(path, bytes(sample), wrong), True, digest.hexdigest())


def _check_length(path: Path, number: int, length: int, longest: int) -> None:
    if length > longest:
        raise SourceError(
            f"{path.name}, line {number}: the line is longer than {longest // 1024} kB, which "
            "no item of a listing is. Check that the file has its line ends, or break the line."
        )


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guess(path: Path, sample: bytes, wrong: int) -> str:
    best = charset_normalizer.from_bytes(sample, cp_isolation=_LEGACY).best()
    if best is None:
        raise SourceError(
            f"{path.name}, line {wrong}: this is not UTF-8, and no other encoding fits. "
            "Save the file as UTF-8."
        )
    return str(best.encoding)
