"""The family of importers: one variant a file, found by name or by the look of the source."""

from pathlib import Path
from typing import Final

from contactpoint.intake.errors import SourceError
from contactpoint.intake.importer.importer import Importer
from contactpoint.intake.importer.text import TextListing

IMPORTERS: Final[dict[str, type[Importer]]] = {TextListing.name: TextListing}
COMING: Final = ("html", "feed", "csv", "json")
FORMATS: Final = ("auto", *IMPORTERS, *COMING)
_SUFFIXES: Final = {
    ".html": "html",
    ".htm": "html",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".csv": "csv",
    ".tsv": "csv",
    ".json": "json",
}
_OPENINGS: Final = (
    (b"<!doctype html", "html"),
    (b"<html", "html"),
    (b"<?xml", "feed"),
    (b"<rss", "feed"),
    (b"<feed", "feed"),
    (b"{", "json"),
    (b"[{", "json"),
)

__all__ = ["COMING", "FORMATS", "IMPORTERS", "Importer", "importer_for"]


def importer_for(path: Path, *, format: str = "auto", language: str = "en") -> Importer:
    """The importer that reads `path`. Reads at most its first 64 bytes.

    Raises `SourceError` for a source that is no file, or a format that can't be read yet.
    """
    if not path.exists():
        raise SourceError(f"There is no file {path}. Check the name and the folder.")
    if not path.is_file():
        raise SourceError(f"{path} is not a file. Give the file that holds the listing.")
    name = _guess(path) if format == "auto" else format
    if name in COMING:
        raise SourceError(
            f"{path.name}: the format {name!r} can't be read yet; it comes with a later version. "
            "Save the listing as plain text and import that with --format text."
        )
    if name not in IMPORTERS:
        raise SourceError(f"There is no format {name!r}. Use one of {', '.join(FORMATS)}.")
    return IMPORTERS[name](path, language)


def _guess(path: Path) -> str:
    with path.open("rb") as file:
        opening = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for start, name in _OPENINGS:
        if opening.startswith(start):
            return name
    return _SUFFIXES.get(path.suffix.lower(), TextListing.name)
