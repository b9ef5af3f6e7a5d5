"""Classified documents from a file: `text TAB <address> …`, one a line, as Annif has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from contactpoint.vocabulary.model import VocabularyError

LARGEST_FILE: Final = 512 * 2**20
_ADDRESS: Final = re.compile(r"<[^<>\s]+>")
_SHOWN: Final = 60


class Document(NamedTuple):
    """A text, and the addresses of the concepts that somebody gave it."""

    text: str
    concepts: frozenset[str]


def read_documents(path: Path) -> list[Document]:
    """All documents of a file. Raises `VocabularyError` with the line and its mend."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise VocabularyError(
            f"{path.name} is {size // 2**20} MB; documents may be {LARGEST_FILE // 2**20} MB at "
            "most. Split the file."
        )
    with path.open("rb") as lines:
        documents = list(_documents(path.name, lines))
    if not documents:
        raise VocabularyError(
            f"{path.name} holds no document. Write one a line: text TAB <address>."
        )
    return documents


def _documents(name: str, lines: Iterable[bytes]) -> Iterator[Document]:
    kept: dict[str, str] = {}
    for number, raw in enumerate(lines, 1):
        where = f"{name}, line {number}"
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise VocabularyError(
                f"{where}: this is not UTF-8 text. Save the file as UTF-8."
            ) from error
        if not line.strip():
            continue
        text, tab, addresses = line.partition("\t")
        if not tab:
            raise VocabularyError(
                f"{where}: there is no tab after {text[:_SHOWN]!r}. "
                "Write text TAB <address> <address>."
            )
        wrong = next((part for part in addresses.split() if not _ADDRESS.fullmatch(part)), None)
        if wrong is not None:
            raise VocabularyError(
                f"{where}: {wrong[:_SHOWN]!r} is no address in angle brackets. "
                "Write <http://…>, separated by spaces; a text must not hold a tab."
            )
        given = (part[1:-1] for part in addresses.split())
        yield Document(text, frozenset(kept.setdefault(address, address) for address in given))
