"""Tables that were built in a schema aside take the place of those that are there."""

from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from contactpoint.backups.refusing import BackupError
from contactpoint.delivery.listening import connect
from contactpoint.delivery.machines import CHANNEL

SCHEMA: Final = "contactpoint_restoring"
_THERE: Final = "SELECT 1 FROM pg_namespace WHERE nspname = %s"
_TABLES: Final = """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = %s AND c.relkind IN ('r', 'p') ORDER BY 1"""


def address_aside(url: str) -> str:
    """The address of the same database, in which everything is found and made aside."""
    parts = urlsplit(url)
    given = [(name, value) for name, value in parse_qsl(parts.query) if name != "options"]
    given.append(("options", f"-c search_path={SCHEMA}"))
    return urlunsplit(parts._replace(query=urlencode(given, quote_via=quote)))


def make_room() -> None:
    """An empty schema aside."""
    clear()
    with connect() as line:
        line.execute(f"CREATE SCHEMA {SCHEMA}".encode())


def clear() -> None:
    """The schema aside, with all that is in it, is no more."""
    with connect() as line:
        line.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE".encode())


def take() -> None:
    """In one transaction; nothing where it was done already."""
    with connect() as line:
        if not _one(line, _THERE, SCHEMA):
            return
        current = _one(line, "SELECT current_schema()")
        if current is None:
            raise BackupError("The database has no schema that this user may write to.")
        with line.transaction():
            new = _names(line, SCHEMA)
            old = set(_names(line, current))
            for name in new:
                if name in old:
                    line.execute(f'DROP TABLE "{current}"."{name}" CASCADE'.encode())
            for name in new:
                line.execute(f'ALTER TABLE "{SCHEMA}"."{name}" SET SCHEMA "{current}"'.encode())
            line.execute(f"DROP SCHEMA {SCHEMA}".encode())
            line.execute("SELECT pg_notify(%s, %s)", [CHANNEL, "restored !"])


def _one(line: Any, sql: str, *given: str) -> Any:
    found = line.execute(sql, given).fetchone()
    return found[0] if found else None


def _names(line: Any, schema: str) -> list[str]:
    return [name for (name,) in line.execute(_TABLES, [schema])]
