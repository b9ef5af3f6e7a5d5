"""The family of importers: one variant a file, found by name or by the look of the source."""

from pathlib import Path
from typing import Final

from contactpoint.intake.crawl import crawl_of
from contactpoint.intake.errors import SourceError
from contactpoint.intake.importer.csv import Table
from contactpoint.intake.importer.feed import Feed
from contactpoint.intake.importer.html import SUFFIXES, HtmlPages
from contactpoint.intake.importer.importer import Importer
from contactpoint.intake.importer.json import JsonExport
from contactpoint.intake.importer.text import TextListing
from contactpoint.intake.mapping import Rules

IMPORTERS: Final[dict[str, type[Importer]]] = {
    one.name: one for one in (TextListing, HtmlPages, Feed, Table, JsonExport)
}
FORMATS: Final = ("auto", *IMPORTERS)
_CRAWLS: Final = (HtmlPages.name, JsonExport.name)
_SUFFIXES: Final = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "csv",
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

__all__ = ["FORMATS", "IMPORTERS", "Importer", "importer_for"]


def importer_for(
    path: Path, *, format: str = "auto", language: str = "en", rules: Rules | None = None
) -> Importer:
    """The importer that reads `path`. Looks at its first 512 bytes, or at the names in a crawl.

    Raises `SourceError` for a source that is not there, or that the format can't be.
    """
    if not path.exists():
        raise SourceError(f"There is no file {path}. Check the name and the folder.")
    is_crawl = path.is_dir() or path.suffix.lower() == ".zip"
    if not is_crawl and not path.is_file():
        raise SourceError(f"{path} is not a file. Give the file that holds the listing.")
    name = format if format != "auto" else _guess_crawl(path) if is_crawl else _guess(path)
    if name not in IMPORTERS:
        raise SourceError(f"There is no format {name!r}. Use one of {', '.join(FORMATS)}.")
    if is_crawl and name not in _CRAWLS:
        raise SourceError(
            f"{path} is a folder or a zip; the format {name!r} reads a single file. Give that file."
        )
    return IMPORTERS[name](path, language, rules)


def _guess_crawl(path: Path) -> str:
    names = [name.lower() for name in crawl_of(path).names]
    pages = sum(name.endswith(SUFFIXES) for name in names)
    return "json" if not pages and any(name.endswith(".json") for name in names) else "html"


def _guess(path: Path) -> str:
    with path.open("rb") as file:
        opening = file.read(512).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    suffix = _SUFFIXES.get(path.suffix.lower(), "")
    # XHTML and XML begin alike; what follows, or else the name, tells.
    if opening.startswith(b"<?xml") and (b"<html" in opening or suffix == "html"):
        return "html"
    packed = b"".join(opening.split()) if opening.startswith(b"[") else opening
    for start, name in _OPENINGS:
        if packed.startswith(start) and not (name == "json" and suffix == "csv"):
            return name
    return suffix or TextListing.name
