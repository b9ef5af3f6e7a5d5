"""What an upgrade made of a database's content: each row and column of before, as it is after."""

import lzma
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any, Final

FIXTURES: Final = Path(__file__).parent / "upgrades"
DERIVED: Final = (
    "django_migrations", "django_content_type", "auth_permission", "auth_group_permissions",
    "wagtailcore_grouppagepermission", "wagtailcore_groupcollectionpermission", "sqlite_",
    "wagtailsearch_", "search_", "django_session",
)  # fmt: skip
"""Tables that follow from the code or from other tables, and are made anew."""


def unpack(name: str, target: Path) -> Path:
    """The database of that version."""
    target.write_bytes(lzma.decompress((FIXTURES / f"{name}.sqlite3.xz").read_bytes()))
    return target


def versions() -> list[str]:
    """Oldest first."""
    return sorted(path.name.partition(".sqlite3")[0] for path in FIXTURES.glob("*.sqlite3.xz"))


def differences(before: Path, after: Path) -> dict[str, int]:
    """How many rows of a table are gone, and in how many a column has another value.

    `table` counts rows that are gone, `table.column` values that are others; a table or column
    that is there no more counts all its rows.
    """
    old, new = (sqlite3.connect(f"file:{path}?mode=ro", uri=True) for path in (before, after))
    found: Counter[str] = Counter()
    for table in _tables(old):
        columns, key = _columns(old, table)
        rows = _rows(old, table, key, columns)
        there = _columns(new, table)[0]
        if not there:
            found[table] += len(rows)
            continue
        common = [one for one in columns if one in there]
        kept = _rows(new, table, key, common)
        for pk, row in rows.items():
            if pk not in kept:
                found[table] += 1
                continue
            for name in columns:
                if name not in common or row[name] != kept[pk][name]:
                    found[f"{table}.{name}"] += 1
    old.close()
    new.close()
    return {name: number for name, number in found.items() if number}


def content(database: Path) -> int:
    """How many rows are compared."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    number = sum(
        connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        for table in _tables(connection)
    )
    connection.close()
    return int(number)


def _tables(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows if not name.startswith(DERIVED)]


def _columns(connection: sqlite3.Connection, table: str) -> tuple[list[str], str]:
    told = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    keys = [row[1] for row in told if row[5]]
    return [row[1] for row in told], keys[0] if len(keys) == 1 else "rowid"


def _rows(
    connection: sqlite3.Connection, table: str, key: str, columns: list[str]
) -> dict[Any, dict[str, Any]]:
    named = ", ".join(f'"{name}"' for name in (key, *columns))
    return {
        row[0]: dict(zip(columns, row[1:], strict=True))
        for row in connection.execute(f'SELECT {named} FROM "{table}"')
    }
