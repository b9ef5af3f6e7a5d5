"""What the portal stands on: versions, the clock, the mail server, the shared cache."""

import ctypes
import platform
import re
import sqlite3
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final

import django
from django.conf import settings
from django.core.cache import cache
from django.core.mail import get_connection
from django.db import connection

import contactpoint
from contactpoint.operations.doctor.asking import reading
from contactpoint.operations.doctor.findings import (
    Finding,
    Level,
    check,
    error,
    first_line,
    ok,
    warning,
)

PYTHON: Final = (3, 11)
SQLITE: Final = (3, 37)
POSTGRESQL: Final = 15
SKEW: Final = 5.0
"""Seconds that two clocks may differ; codes of second factors hold for thirty."""
PATIENCE: Final = 10
NOT_SYNCHRONISED: Final = 5
_PIN: Final = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?\s*~=\s*([\d.]+)")


@check("versions")
def versions() -> Iterator[Finding]:
    """Of what the portal is built on and tested with."""
    found = list(_wrong_versions())
    if found:
        yield from found
        return
    import wagtail  # noqa: PLC0415 — only its number

    yield ok(
        "versions", f"Python {platform.python_version()}, Django {django.get_version()}, "
        f"Wagtail {wagtail.__version__}, SQLite {sqlite3.sqlite_version}.",
    )  # fmt: skip


def _wrong_versions() -> Iterator[Finding]:
    if tuple(map(int, platform.python_version_tuple()[:2])) != PYTHON:
        yield error(
            "Python", f"{platform.python_version()} is not supported.", "Install Python 3.11."
        )
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < SQLITE:
        yield error(
            "SQLite", f"{sqlite3.sqlite_version} is too old.",
            "Install 3.37 or newer, or use PostgreSQL.",
        )  # fmt: skip
    try:
        needed = requires("contactpoint") or []
    except PackageNotFoundError:  # run from its source
        needed = []
    for line in needed:
        if (pin := _PIN.match(line)) is None:
            continue
        name, least = pin.groups()
        try:
            there = version(name)
        except PackageNotFoundError:
            there = ""
        if not _fits(there, least):
            yield warning(
                name, f"{there or 'missing'}; {least} or compatible is tested.",
                "Install with requirements/base.txt (make setup).",
            )  # fmt: skip


def _fits(there: str, least: str) -> bool:
    """As `~=` says: not older, and the same in all numbers but the last."""
    have, want = _numbers(there), _numbers(least)
    return have >= want and have[: len(want) - 1] == want[:-1]


def _numbers(text: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", text.partition("+")[0])]


@check("database version", needs=("database",))
def database_version() -> Iterator[Finding]:
    """Of a server; SQLite comes with Python."""
    if connection.vendor != "postgresql":
        return
    number = connection.get_database_version()
    told = ".".join(map(str, number))
    if number[0] < POSTGRESQL:
        yield error("PostgreSQL", f"{told} is too old.", "Upgrade to PostgreSQL 15 or newer.")
    else:
        yield ok("PostgreSQL", f"{told}.")


@check("clock")
def clock() -> Iterator[Finding]:
    """What can be known without asking anybody on the net: nothing is older than the program, no
    file is of tomorrow, and the kernel says whether something keeps its clock."""
    now, found = time.time(), []
    built = max(Path(contactpoint.__file__).stat().st_mtime, 0)
    if now < built - SKEW:
        found.append(
            error("clock", f"It says {_moment(now)}, before this program was installed.", _SET)
        )
    newest = max((one.lstat().st_mtime for one in _files()), default=0.0)
    if newest > now + SKEW:
        found.append(
            warning(
                str(settings.DATA),
                f"A file in it is of {_moment(newest)}, which is to come: the "
                "clock went back, or another machine's is wrong.",
                _SET,
            )
        )
    if _kernel_state() == NOT_SYNCHRONISED:
        found.append(warning("clock", "The kernel says that nobody keeps it right.", _SET))
    yield from found or [ok("clock", f"{_moment(now)}; nothing speaks against it.")]


_SET: Final = "Have the system keep its clock (systemd-timesyncd or chrony): timedatectl"


@check("database clock", needs=("database",))
def database_clock() -> Iterator[Finding]:
    """A server's clock against ours; the embedded database has none."""
    if connection.vendor != "postgresql":
        return
    with reading(connection), connection.cursor() as cursor:
        asked = time.time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        (said,) = cursor.fetchone()
    between = (asked + time.time()) / 2
    if abs(apart := float(said) - between) > SKEW:
        yield error(
            "CONTACTPOINT_DATABASE_URL", f"Its clock and ours are {abs(apart):.0f} seconds apart.",
            f"On both machines: {_SET}",
        )  # fmt: skip
    else:
        yield ok("CONTACTPOINT_DATABASE_URL", "Its clock and ours agree.")


def _files() -> Iterator[Path]:
    if settings.DATA.is_dir():
        yield from settings.DATA.iterdir()


def _moment(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(seconds))


def _kernel_state() -> int:
    """What Linux answers to `adjtimex` that changes nothing; -1 where it isn't to be had."""
    try:
        return int(ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512)))
    except (AttributeError, OSError):
        return -1


@check("cache")
def shared_cache() -> Iterator[Finding]:
    """Limits, sign-in and locks are kept there."""
    place = "CONTACTPOINT_CACHE_URL"
    folder = settings.CACHES["default"].get("LOCATION")
    if isinstance(folder, Path) and not folder.exists():
        # The first look would make it.
        yield Finding(Level.OK, str(folder), "There is nothing in it yet.", blocks=True)
        return
    try:
        cache.get("contactpoint.doctor")
    except Exception as problem:  # each backend has errors of its own
        yield error(
            place, f"It does not answer: {first_line(problem)}",
            "Start Valkey or Redis, or leave the setting out on one machine.", blocks=True,
        )  # fmt: skip
        return
    yield ok(place, "It answers.")


@check("mail")
def mail() -> Iterator[Finding]:
    """A mail server is called and greeted, with name and password; no mail is sent."""
    place, sender = "CONTACTPOINT_EMAIL_URL", settings.DEFAULT_FROM_EMAIL
    if sender.rstrip("> ").endswith("@localhost") and settings.PRODUCTION:
        yield warning(
            "CONTACTPOINT_EMAIL_FROM", "Mails come from localhost, which servers refuse.",
            "Give an address of your own, which is allowed to send (SPF, DKIM).",
        )  # fmt: skip
    if settings.MAIL_PROVIDER:
        yield ok(place, f"{settings.MAIL_PROVIDER}; whether it takes the key shows with a mail.")
    elif not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        told = f"No mail is sent: all are written to {settings.EMAIL_FILE_PATH}."
        mend = "Name a mail server: docs/operators/sending-mail.md."
        yield warning(place, told, mend) if settings.PRODUCTION else ok(place, told)
    else:
        line = get_connection(timeout=PATIENCE)
        try:
            line.open()
        except Exception as problem:  # of sockets, TLS and SMTP
            yield error(
                place, f"The mail server can't be used: {type(problem).__name__}.",
                "See host, port, tls=1, name and password; mails wait meanwhile.",
            )  # fmt: skip
            return
        finally:
            line.close()
        yield ok(place, "The mail server answers and takes name and password.")
