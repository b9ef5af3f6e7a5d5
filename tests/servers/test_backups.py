"""One file for both databases: SQLite to PostgreSQL and back is what it was."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from backed_up import Site, migrated

from contactpoint.backups.leaving_out import is_left_out

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("servers")]

HARD = r"""
import datetime
from decimal import Decimal
from axes.models import AccessLog
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.models import Page
from contactpoint.accounts.models import User
from contactpoint.guidance.models import Place
from contactpoint.kit.models import OutboxEntry, PageReads
default_storage.save("documents/one.txt", ContentFile(b"one"))
User.objects.create_user(email="žába@example.org", password="x", first_name="“a\b'c\"d\te\nf ☃ 🐸")
OutboxEntry.objects.create(
    topic="x", payload={"z": [1, 2.5, None, True, "é\u2028\n"], "a": {"b": 10**20}},
    available_at=datetime.datetime(2026, 1, 1, 12, 0, 0, 5, tzinfo=datetime.UTC),
)
AccessLog.objects.create(username="x", ip_address="2001:db8::1", user_agent="x")
Place.objects.create(
    code="here", kind="office", names={"en": "Here"}, latitude=Decimal("50.10000"),
    longitude=Decimal("-0.00001"), is_free=True,
)
PageReads.objects.create(page=Page.objects.get(depth=1), day=datetime.date(2026, 2, 28), number=7)
Group.objects.create(name="gone").delete()
"""


FILL = """
from contactpoint.backups import loading
from contactpoint.backups.checking import Nobody, check
from contactpoint.backups.loading import Loader
from contactpoint.backups.opening import opened
from django.db import connection

def emptied(nodes, template):
    names = [name for name in connection.introspection.table_names() if name != "django_migrations"]
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE " + ", ".join(f'"{name}"' for name in names))

loading.make_schema = emptied  # migrating takes a minute
Loader.file = Nobody.file
loader = Loader()
with opened(%r) as source:
    check(source, loader)
loader.commit()
"""
NEXT = """
from django.contrib.auth.models import Group
from django.db import transaction
with transaction.atomic():
    print(Group.objects.create(name="next").pk)
    transaction.set_rollback(True)
"""
TAKE = """
from contactpoint.backups import postgresql
postgresql.take()
postgresql.take()
"""


def database(postgresql: str, name: str, like: str) -> str:
    """The address of a new one."""
    with psycopg.connect(postgresql, autocommit=True) as line:
        line.execute(f"DROP DATABASE IF EXISTS {name}".encode())
        line.execute(f"CREATE DATABASE {name} TEMPLATE {like}".encode())
    return postgresql.replace("/postgres", f"/{name}")


@pytest.fixture
def first(tmp_path: Path) -> Site:
    """SQLite, with what is hard to keep."""
    site = migrated(tmp_path / "first")
    site.run("migrate")
    site.run("shell", "-c", HARD)
    site.run("backup", str(tmp_path / "one"))
    return site


def meant(value: Any) -> Any:
    """JSON by what it means: PostgreSQL keeps it in a form of its own."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.dumps(json.loads(value), sort_keys=True)
        except ValueError:
            return value
    return value


def contents(site: Site) -> dict[str, Any]:
    with closing(sqlite3.connect(site.database)) as line:
        named = line.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        found: dict[str, Any] = {}
        for (name,) in named:
            if name.startswith("sqlite_s") or is_left_out(name) or name == "django_migrations":
                continue
            rows = line.execute(f'SELECT * FROM "{name}"').fetchall()
            found[name] = sorted(([meant(value) for value in row] for row in rows), key=repr)
        found["sequences"] = sorted(
            line.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0").fetchall()
        )
    return found


def equal(found: Site, wanted: Site) -> None:
    """All rows, and the numbers that rows to come are given; one of `NEXT` was taken back."""
    there, here = contents(wanted), contents(found)
    numbers, last = dict(here.pop("sequences")), dict(there.pop("sequences"))
    assert here == there
    last["auth_group"] += 1
    kept = {name for name in last if not is_left_out(name) and name != "django_migrations"}
    assert {name: numbers.get(name) for name in kept} == {name: last[name] for name in kept}


def test_sqlite_to_postgresql_and_back_is_the_same(
    first: Site, machines: str, postgresql: str, tmp_path: Path
) -> None:
    address = database(postgresql, "restored", "machines")
    other = Site(tmp_path / "other", CONTACTPOINT_DATABASE_URL=address)
    other.run("shell", "-c", FILL % str(tmp_path / "one"))
    new = other.run("shell", "-v", "0", "-c", NEXT)
    assert int(new.split()[-1]) == dict(contents(first)["sequences"])["auth_group"] + 1
    other.run("backup", str(tmp_path / "two"))
    back = migrated(tmp_path / "back")
    back.run("restore", str(tmp_path / "two"), "--replace", "--yes")
    equal(back, first)


def test_tables_aside_take_the_place_of_those_that_are_there(
    postgresql: str, tmp_path: Path
) -> None:
    address = database(postgresql, "taken", "template0")
    with psycopg.connect(address) as line:
        line.execute("CREATE TABLE theme (id serial PRIMARY KEY, name text)")
        line.execute("CREATE TABLE page (id serial PRIMARY KEY, theme int REFERENCES theme)")
        line.execute("INSERT INTO theme (name) VALUES ('old')")
        line.execute("CREATE TABLE somebody_elses AS SELECT 1 AS number")
        line.execute("CREATE SCHEMA contactpoint_restoring")
        line.execute("SET search_path TO contactpoint_restoring")
        line.execute("CREATE TABLE theme (id serial PRIMARY KEY, name text, is_new bool)")
        line.execute("CREATE TABLE page (id serial PRIMARY KEY, theme int REFERENCES theme)")
        line.execute("INSERT INTO theme (name) VALUES ('new')")
    Site(tmp_path / "s", CONTACTPOINT_DATABASE_URL=address).run("shell", "-c", TAKE)
    with psycopg.connect(address) as line:
        assert line.execute("SELECT name FROM theme").fetchall() == [("new",)]
        line.execute("INSERT INTO page (theme) SELECT id FROM theme")
        assert line.execute("INSERT INTO theme (name) VALUES ('x') RETURNING id").fetchone() == (2,)
        assert line.execute("SELECT number FROM somebody_elses").fetchall() == [(1,)]
        schemas = line.execute("SELECT 1 FROM pg_namespace WHERE nspname LIKE 'contactpoint%'")
        assert schemas.fetchall() == []


@pytest.mark.soak
def test_the_commands_do_all_of_it(first: Site, postgresql: str, tmp_path: Path) -> None:
    address = database(postgresql, "whole", "template0")
    other = Site(tmp_path / "other", CONTACTPOINT_DATABASE_URL=address)
    other.run("restore", str(tmp_path / "one"))
    assert other.media() == {"documents/one.txt": b"one"}
    other.run("shell", "-v", "0", "-c", NEXT)
    assert "There is a site" in other.refused("restore", str(tmp_path / "one"))
    other.run("restore", str(tmp_path / "one"), "--replace", "--yes")
    other.run("shell", "-v", "0", "-c", NEXT)
    other.run("backup", str(tmp_path / "two"))
    other.run("backup", "verify", str(tmp_path / "two"))
    back = migrated(tmp_path / "back")
    back.run("restore", str(tmp_path / "two"), "--replace", "--yes")
    equal(back, first)
