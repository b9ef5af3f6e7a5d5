"""What this portal is made of, by version."""

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import django
import wagtail
from django.db import connection


@cache
def versions() -> dict[str, str]:
    """Names and versions; the database's without a query where its driver knows it."""
    try:
        own = version("contactpoint")
    except PackageNotFoundError:  # run from its source
        own = ""
    return {
        "contactpoint": own,
        "python": platform.python_version(),
        "django": django.get_version(),
        "wagtail": wagtail.__version__,
        "database": ".".join(map(str, _database())),
    }


def _database() -> tuple[int, ...]:
    return tuple(connection.get_database_version())
