"""Which databases there are, by the addresses that operators give."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured


def databases(database_url: str, replica_url: str, data: Path) -> dict[str, Any]:
    """The `DATABASES` of Django: a server, perhaps with a replica, or SQLite in the data folder.

    Raises `ImproperlyConfigured` where an address can't be read, or a replica is one of nothing.
    """
    if database_url:
        known = {"default": _server("DATABASE_URL", database_url)}
        if replica_url:
            known["replica"] = replica = _server("DATABASE_REPLICA", replica_url)
            # A reader waits for the primary, not for a replica that does not answer.
            patience = {"connect_timeout": 2, "tcp_user_timeout": 2000}
            replica["OPTIONS"] = patience | replica.get("OPTIONS", {})
            replica["TEST"] = {"MIRROR": "default"}
        return known
    if replica_url:
        raise ImproperlyConfigured(
            "CONTACTPOINT_DATABASE_REPLICA is given without CONTACTPOINT_DATABASE_URL, of which it "
            "is a replica. Give both, or leave it out."
        )
    return {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "contactpoint.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 30,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                    "PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728; "
                    "PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    }


def _server(name: str, address: str) -> dict[str, Any]:
    try:
        return dict(dj_database_url.parse(address, conn_max_age=60))
    except ValueError as problem:
        raise ImproperlyConfigured(
            f"CONTACTPOINT_{name} can't be read. Give postgresql://user:password@host/name,"
            " or leave it out for SQLite in the data folder."
        ) from problem
