"""Whether a failure came of a database that could not be asked, as while its server restarts.

Then nothing is broken here: readers are told 503 and to come again, not 500.
"""

import sqlite3
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse

SOON: Final = "10"
"""Seconds after which a server that restarts is mostly back."""
_LOST: Final = ("08", "57P", "53300")
"""SQLSTATE of PostgreSQL: no connection, it is going down, or it has no room for another."""
_BUSY: Final = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN")


def is_database_away(problem: BaseException | None) -> bool:
    """Also where another error came of it; not where the database refused what it was asked."""
    while problem is not None:
        if isinstance(problem, OperationalError | InterfaceError):
            return _is_away(problem.__cause__)
        problem = problem.__cause__ or problem.__context__
    return False


def _is_away(told: BaseException | None) -> bool:
    """By what the driver says; psycopg has no SQLSTATE where there was no server to give one."""
    if isinstance(told, sqlite3.Error):
        return getattr(told, "sqlite_errorname", "").startswith(_BUSY)
    state = getattr(told, "sqlstate", None)
    return state is None or state.startswith(_LOST)


def come_again(response: HttpResponse) -> HttpResponse:
    """The answer as one that is not kept and says when to ask again."""
    response.status_code = 503
    response["Retry-After"] = SOON
    response["Cache-Control"] = "no-store"
    return response
