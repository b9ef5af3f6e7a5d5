"""What every format is: how it is named and told apart, how bytes become a scheme and back."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import ClassVar, Final

from contactpoint.vocabulary.model import Scheme, VocabularyError

LARGEST_FILE: Final = 64 * 1024 * 1024
"""Bytes; EuroVoc whole is 12 MB as Turtle and 42 MB as N-Triples."""
_UNTELLABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML, and so a workbook or RDF/XML, can't hold, and databases refuse."""


class Format(ABC):
    """One way to write a scheme down. `read` and `write` are each other's reverse."""

    name: ClassVar[str]
    title: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    media_type: ClassVar[str]
    other_media_types: ClassVar[tuple[str, ...]] = ()

    def read(self, data: bytes, name: str, scheme_id: str | None) -> Scheme:
        """The scheme in `data`, called `name` in messages; raises `VocabularyError`."""
        if len(data) > LARGEST_FILE:
            raise too_large(name, len(data))
        if not data.strip():
            raise VocabularyError(f"{name} is empty. Give a file with a concept scheme.")
        return self._read(data, name, scheme_id)

    def write(self, scheme: Scheme) -> bytes:
        """The scheme in this format; raises `VocabularyError` for what it can't hold."""
        if not scheme.concepts:
            raise VocabularyError(f"The scheme {scheme.id!r} has no concept. There is no file.")
        return self._write(scheme)

    @abstractmethod
    def looks_like(self, head: str) -> bool:
        """Whether text that begins so is in this format."""

    @abstractmethod
    def _read(self, data: bytes, name: str, scheme_id: str | None) -> Scheme: ...

    @abstractmethod
    def _write(self, scheme: Scheme) -> bytes: ...


def too_large(name: str, size: int) -> VocabularyError:
    """What to say of a file of so many bytes."""
    return VocabularyError(
        f"{name} is {size // 2**20} MB; a vocabulary may be {LARGEST_FILE // 2**20} MB at most. "
        "Split it, or leave out what is not SKOS."
    )


def decode(data: bytes, name: str) -> str:
    """UTF-8 text, with or without a byte order mark; else an error that names the line."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise VocabularyError(
            f"{name}, line {line}: this is not UTF-8 text. Save the file as UTF-8."
        ) from error


def untellable(text: str) -> str:
    """What is wrong with a text that not every format can hold; empty where nothing is.

    >>> untellable("as" + chr(11) + "ile").rsplit(" ", 4)[1:]
    ['the', 'control', 'character', 'U+000B']
    """
    match = _UNTELLABLE.search(text)
    if match is None:
        return ""
    shown = text[max(0, match.start() - 20) : match.end() + 20]
    kind = "control character" if match[0] < " " else "character"
    return f"{shown!r} holds the {kind} U+{ord(match[0]):04X}"
