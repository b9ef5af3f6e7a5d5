"""What is told where the database can't be asked, and where it refuses what it was asked."""

import sqlite3
from typing import Any, NoReturn

import psycopg
import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client
from psycopg import errors

from contactpoint.kit.database_away import is_database_away

PAGE, PROGRAM = ("/en/developers/", "api.developers.told"), ("/api/v1/themes", "api.views.told")


def raised(cause: BaseException, kind: type[Exception] = OperationalError) -> Exception:
    """As Django raises what its driver did."""
    problem = kind("told by the driver")
    problem.__cause__ = cause
    return problem


def busy(code: str) -> Exception:
    problem = sqlite3.OperationalError("told by SQLite")
    problem.sqlite_errorname = code
    return raised(problem)


def answer(monkeypatch: pytest.MonkeyPatch, asked: tuple[str, str], problem: Exception) -> Any:
    def fails(*_given: Any, **_named: Any) -> NoReturn:
        try:
            raise problem
        except OperationalError as reason:
            raise RuntimeError("and something came of it") from reason

    monkeypatch.setattr(f"contactpoint.{asked[1]}", fails)
    return Client(raise_request_exception=False).get(asked[0])


@pytest.mark.parametrize("asked", [PAGE, PROGRAM])
def test_while_the_database_is_away_readers_and_programs_are_told_to_come_again(
    db: None, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, str]
) -> None:
    given = answer(monkeypatch, asked, raised(psycopg.OperationalError("connection refused")))
    assert given.status_code == 503
    assert int(given["Retry-After"]) > 0
    assert given["Cache-Control"] == "no-store"
    if asked is PAGE:
        assert given["Content-Type"].startswith("text/html")
        assert "database does not answer" in given.content.decode()
        assert "default-src 'none'" in given["Content-Security-Policy"]
    else:
        assert given["Content-Type"] == "application/problem+json"
        assert given["Access-Control-Allow-Origin"] == "*"
        assert given.json()["type"].endswith("#problem-unavailable")


@pytest.mark.parametrize("asked", [PAGE, PROGRAM])
def test_what_the_database_refuses_is_a_fault_of_ours(
    db: None, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, str]
) -> None:
    given = answer(monkeypatch, asked, raised(errors.QueryCanceled("too slow")))
    assert given.status_code == 500
    assert "Retry-After" not in given


@pytest.mark.parametrize("problem", [
    raised(psycopg.OperationalError("the connection is closed")),
    raised(errors.AdminShutdown()), raised(errors.CannotConnectNow()),
    raised(errors.TooManyConnections()), raised(errors.ConnectionFailure()),
    raised(psycopg.InterfaceError("the cursor is closed"), InterfaceError),
    InterfaceError("connection already closed"), busy("SQLITE_BUSY"), busy("SQLITE_BUSY_SNAPSHOT"),
    busy("SQLITE_CANTOPEN"),
], ids=repr)  # fmt: skip
def test_a_lost_connection_is_known_however_it_is_told(problem: Exception) -> None:
    assert is_database_away(problem)


@pytest.mark.parametrize("problem", [
    None, ValueError(), raised(errors.DeadlockDetected()), raised(errors.DiskFull()),
    busy("SQLITE_ERROR"), raised(sqlite3.InterfaceError("no such type"), InterfaceError),
], ids=repr)  # fmt: skip
def test_what_would_fail_again_is_no_outage(problem: Exception | None) -> None:
    assert not is_database_away(problem)
