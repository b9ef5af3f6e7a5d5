"""A copy of a migrated database is used only for the code that it was made from."""

import re
import sqlite3
from pathlib import Path

import pytest
from django.core.management.commands.migrate import Command
from migrated_once import MADE_FROM, PACKAGE, ROOT, copy_of, migrate_once


def test_another_model_or_migration_is_another_copy(tmp_path: Path) -> None:
    models = tmp_path / PACKAGE / "outputs" / "models" / "output.py"
    models.parent.mkdir(parents=True)
    models.write_text("one = 1")
    first = copy_of(tmp_path, tmp_path)
    assert copy_of(tmp_path, tmp_path) == first
    (tmp_path / PACKAGE / "outputs" / "views.py").write_text("no matter")
    assert copy_of(tmp_path, tmp_path) == first
    models.write_text("two = 2")
    second = copy_of(tmp_path, tmp_path)
    migration = models.parents[1] / "migrations" / "0001_initial.py"
    migration.parent.mkdir()
    migration.write_text("")
    assert len({first, second, copy_of(tmp_path, tmp_path)}) == 3


def test_whatever_migrations_import_makes_a_difference() -> None:
    known = {path for one in MADE_FROM for path in ROOT.glob(one)}
    imported = {
        name
        for path in (ROOT / PACKAGE).glob("*/migrations/*.py")
        for name in re.findall(r"^\s*(?:from|import) (contactpoint[\w.]*)", path.read_text(), re.M)
    }
    assert imported
    for name in sorted(imported):
        module = ROOT / "src" / name.replace(".", "/")
        found = {module.with_suffix(".py"), module / "__init__.py"} & known
        assert found, f"{name} is imported by a migration: add it to MADE_FROM."


def test_the_second_time_nothing_is_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    made = sqlite3.connect(":memory:", isolation_level=None)  # as Django does

    class Connection:
        vendor, connection = "sqlite", made

        def ensure_connection(self) -> None:
            """It is there."""

    def migrate(_self: Command, **_options: object) -> None:
        ran.append("migrated")
        made.execute("CREATE TABLE IF NOT EXISTS one (value)")
        made.execute("INSERT INTO one VALUES (7)")

    monkeypatch.setattr(Command, "handle", migrate)
    monkeypatch.setattr("migrated_once.connections", {"default": Connection()})
    copy = tmp_path / "copies" / "one.sqlite3"
    for _time in range(2):
        made.execute("DROP TABLE IF EXISTS one")
        migrate_once(monkeypatch, copy)
        Command().handle(database="default")
        assert made.execute("SELECT value FROM one").fetchall() == [(7,)]
    assert ran == ["migrated"]
    Command().handle(database="default")
    assert ran == ["migrated", "migrated"], "whoever migrates on purpose does"
