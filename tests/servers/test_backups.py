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


@pytest.fixture
def other(postgresql: str, tmp_path: Path) -> Site:
    """A database of its own."""
    with psycopg.connect(postgresql, autocommit=True) as line:
        line.execute("DROP DATABASE IF EXISTS restored")
        line.execute("CREATE DATABASE restored")
    address = postgresql.replace("/postgres", "/restored")
    with psycopg.connect(address) as line:  # a site, as far as that matters, and more
        line.execute("CREATE TABLE wagtailcore_page (id int PRIMARY KEY)")
        line.execute(
            "CREATE TABLE auth_group (id serial, page int REFERENCES wagtailcore_page, name text)"
        )
        line.execute("INSERT INTO auth_group (name) VALUES ('of the old site')")
        line.execute("CREATE TABLE somebody_elses AS SELECT 1")
    return Site(tmp_path / "other", CONTACTPOINT_DATABASE_URL=address)


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


def test_sqlite_to_postgresql_and_back_is_the_same(other: Site, tmp_path: Path) -> None:
    first = migrated(tmp_path / "first")
    first.run("migrate")
    first.run("shell", "-c", HARD)
    first.run("backup", str(tmp_path / "one"))
    assert "There is a site" in other.refused("restore", str(tmp_path / "one"))
    other.run("restore", str(tmp_path / "one"), "--replace", "--yes")
    assert other.media() == {"documents/one.txt": b"one"}
    new = other.run(
        "shell", "-v", "0", "-c",
        "from django.contrib.auth.models import Group\n"
        "from django.db import transaction\n"
        "with transaction.atomic():\n"
        "    print(Group.objects.create(name='next').pk)\n"
        "    transaction.set_rollback(True)",
    )  # fmt: skip
    there = contents(first)
    assert int(new.split()[-1]) == dict(there["sequences"])["auth_group"] + 1
    other.run("backup", str(tmp_path / "two"))
    back = migrated(tmp_path / "back")
    back.run("restore", str(tmp_path / "two"), "--replace", "--yes")
    found = contents(back)
    numbers, wanted = dict(found.pop("sequences")), dict(there.pop("sequences"))
    assert found == there
    wanted["auth_group"] += 1  # the one that was taken back
    kept = {name for name in wanted if not is_left_out(name) and name != "django_migrations"}
    assert {name: numbers.get(name) for name in kept} == {name: wanted[name] for name in kept}
    # Nothing of the old tables is left, nor anything aside.
    with psycopg.connect(other.environment["CONTACTPOINT_DATABASE_URL"]) as line:
        schemas = line.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'contactp%'")
        assert schemas.fetchall() == []
        groups = line.execute("SELECT count(*) FROM auth_group WHERE name = 'of the old site'")
        assert groups.fetchone() == (0,)
        assert line.execute("SELECT * FROM somebody_elses").fetchall() == [(1,)]
