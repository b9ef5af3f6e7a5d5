"""What this portal is made of, by version."""

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import django
import wagtail
from django.db import DatabaseError, InterfaceError, connection


def versions() -> dict[str, str]:
    """Names and versions; the database's is empty while the database is away, unless it was known
    before."""
    try:
        database = _database()
    except (DatabaseError, InterfaceError):  # not to be remembered: it comes back
        database = ""
    return {**_own(), "database": database}


@cache
def _own() -> dict[str, str]:
    try:
        own = version("contactpoint")
    except PackageNotFoundError:  # run from its source
        own = ""
    return {
        "contactpoint": own,
        "python": platform.python_version(),
        "django": django.get_version(),
        "wagtail": wagtail.__version__,
    }


@cache
def _database() -> str:
    """Without a query where the driver knows it; PostgreSQL's needs a connection."""
    return ".".join(map(str, connection.get_database_version()))
