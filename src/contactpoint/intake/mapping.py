"""The small file that says where an old site keeps what: which pages, which selectors, which names.

    [site]
    address = "https://old.example.org"

    [pages]
    match = ["news/*"]

    [fields]
    title = "h1.headline"
    date = "time@datetime"

    [kinds]
    "publications/*" = "publication"

A field is a CSS selector for pages (`selector@attribute` for an attribute), the name of a column
for tables, a dotted path for JSON. What it does not name is looked for as if there were no file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from contactpoint.intake.errors import SourceError
from contactpoint.outputs.models.output import Kind

FIELDS: Final = (
    "title", "date", "teaser", "body", "themes", "keywords", "kind", "address", "picture", "files",
    "language",
)  # fmt: skip
_KNOWN: Final = {
    "site": {"address"},
    "pages": {"match", "skip"},
    "lists": {"match", "item"},
    "fields": set(FIELDS),
    "kinds": None,
}
_LARGEST: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Rules:
    """What the file says; empty where there is none. Patterns are those of a shell."""

    address: str = ""
    pages: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    item: str = ""
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)


def load(path: Path | None) -> Rules:
    """Read the file. Raises `SourceError` for a word that it does not know, with its place."""
    if path is None:
        return Rules()
    if not path.is_file() or path.stat().st_size > _LARGEST:
        raise SourceError(f"There is no mapping {path}. Check the name and the folder.")
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeError) as error:
        raise SourceError(f"{path.name}: this is no TOML ({error}).") from error
    for name, table in tables.items():
        _check(path, name, table)
    site, pages, lists = (tables.get(name, {}) for name in ("site", "pages", "lists"))
    address = str(site.get("address", "")).rstrip("/")
    if address and not address.startswith(("http://", "https://")):
        raise SourceError(f"{path.name}, [site]: the address must begin with https:// or http://.")
    kinds = tables.get("kinds", {})
    for kind in kinds.values():
        if kind not in Kind.values:
            raise SourceError(
                f"{path.name}, [kinds]: “{kind}” is no kind. Use one of {', '.join(Kind.values)}."
            )
    return Rules(
        address=address,
        pages=_many(pages.get("match")),
        skip=_many(pages.get("skip")),
        lists=_many(lists.get("match")),
        item=str(lists.get("item", "")),
        fields={name: _many(value) for name, value in tables.get("fields", {}).items()},
        kinds=kinds,
    )


def _check(path: Path, name: str, table: Any) -> None:
    if name not in _KNOWN or not isinstance(table, dict):
        known = ", ".join(f"[{word}]" for word in _KNOWN)
        raise SourceError(f"{path.name}: there is no table [{name}]. Use {known}.")
    words = _KNOWN[name]
    for word, value in table.items():
        if words is not None and word not in words:
            raise SourceError(
                f"{path.name}, [{name}]: “{word}” is not known. Use {', '.join(sorted(words))}."
            )
        if not isinstance(value, str | list) or not all(isinstance(one, str) for one in value):
            raise SourceError(f"{path.name}, [{name}]: “{word}” must be a text, or a list of them.")


def _many(value: str | list[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)
