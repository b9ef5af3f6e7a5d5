"""Reads and writes a scheme in each format; `FORMATS` is the list of them.

    read(Path("glossary.ttl"))                      the format is told by suffix, else by content
    read(uploaded_bytes, guarded=True)              in a process of its own, with limits
    write(scheme, "jsonld")                         bytes

A round trip loses nothing: `docs/developers/vocabulary-formats.md` says what each format does with
what, and the few things that are written in another way than they were read.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from contactpoint.vocabulary.formats.csv import Csv
from contactpoint.vocabulary.formats.formats import LARGEST_FILE, Format, too_large
from contactpoint.vocabulary.formats.guarding import read_guarded
from contactpoint.vocabulary.formats.jsonld import JsonLd
from contactpoint.vocabulary.formats.ntriples import NTriples
from contactpoint.vocabulary.formats.rdf import RdfFormat
from contactpoint.vocabulary.formats.rdfxml import RdfXml
from contactpoint.vocabulary.formats.turtle import Turtle
from contactpoint.vocabulary.formats.xlsx import Xlsx
from contactpoint.vocabulary.model import Scheme, VocabularyError

FORMATS: Final[dict[str, Format]] = {
    one.name: one for one in (Turtle(), RdfXml(), JsonLd(), NTriples(), Csv(), Xlsx())
}
_HEAD: Final = 4096

__all__ = [
    "FORMATS",
    "LARGEST_FILE",
    "Format",
    "RdfFormat",
    "format_named",
    "format_of",
    "read",
    "write",
    "write_concept",
]


def read(
    source: Path | str | bytes,
    *,
    format: str | None = None,
    scheme_id: str | None = None,
    guarded: bool = False,
) -> Scheme:
    """Read one concept scheme from a file (`Path` or path as `str`) or its bytes.

    `format` is a name in `FORMATS`; without it the suffix says which, else the content. `scheme_id`
    names the scheme; without it the last part of the scheme's address does. Of several schemes in a
    file it chooses one, or, where none is called so, reads them all as one. The id of a concept is
    the last part of its address. `guarded` is for files from outside: they are read in a process of
    their own that may use only so much time and memory, and open or fetch nothing.

    Raises `VocabularyError` naming the line, the concept and the mend; `OSError` where the file
    can't be opened.
    """
    name, data = ("the data", source) if isinstance(source, bytes) else _load(Path(source))
    chosen = format_named(format) if format else format_of(name, data)
    if guarded:
        return read_guarded(data, name, chosen.name, scheme_id)
    return chosen.read(data, name, scheme_id)


def write(scheme: Scheme, format: str) -> bytes:
    """The scheme in a format of `FORMATS`. Raises `VocabularyError` for what can't be written."""
    return format_named(format).write(scheme)


def write_concept(scheme: Scheme, concept_id: str, format: str) -> bytes:
    """One concept in a format of RDF, with what the scheme says of itself; `KeyError` if none."""
    chosen = format_named(format)
    if not isinstance(chosen, RdfFormat):
        raise VocabularyError(f"{chosen.title} holds whole schemes only. Choose a format of RDF.")
    return chosen.write_concept(scheme, concept_id)


def format_named(name: str) -> Format:
    """The format called so, by name or suffix (`jsonld`, `.rdf`, `ttl`)."""
    wanted = name.lower().lstrip(".")
    for one in FORMATS.values():
        if wanted == one.name or f".{wanted}" in one.suffixes:
            return one
    raise VocabularyError(f"There is no format {name!r}. There are: {', '.join(FORMATS)}.")


def format_of(name: str, data: bytes = b"") -> Format:
    """The format of a file, by its suffix, else by how it begins; Turtle where nothing tells."""
    suffix = Path(name).suffix.lower()
    for one in FORMATS.values():
        if suffix in one.suffixes:
            return one
    head = data[:_HEAD].decode("utf-8-sig", "replace")
    return next((one for one in FORMATS.values() if one.looks_like(head)), FORMATS["turtle"])


def _load(path: Path) -> tuple[str, bytes]:
    """The file's name and bytes: at most one byte more than `Format.read` takes."""
    # Opened before it is looked at, and without waiting for somebody to write into a pipe.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise VocabularyError(f"{path} is no regular file. Give a file with a concept scheme.")
    with open(descriptor, "rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise too_large(path.name, max(status.st_size, len(data)))
    return path.name, data
