"""Backups are made while others write, tried aside, and put back whole or not at all."""

import fcntl
import io
import json
import os
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from backed_up import FILL, Site, migrated

from contactpoint.backups.checking import Nobody, check

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("backups")]


def contents(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Rows of all tables that a backup holds, as SQLite has them."""
    from contactpoint.backups.leaving_out import is_left_out  # noqa: PLC0415

    with closing(sqlite3.connect(database)) as line:
        named = line.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {
            name: sorted(line.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for (name,) in named
            if not is_left_out(name) and not name.startswith("sqlite_")
        }


def same(one: Site, other: Site) -> bool:
    """Where they are not, the tables that differ are named."""
    left, right = contents(one.database), contents(other.database)
    assert {name for name in left if left[name] != right.get(name)} == set()
    return left.keys() == right.keys() and one.media() == other.media()


def state(site: Site) -> tuple[dict[str, list[tuple[object, ...]]], dict[str, bytes]]:
    return contents(site.database), site.media()


@contextmanager
def writing(database: Path) -> Iterator[list[int]]:
    """Somebody adds a locale and a user's name in one transaction, again and again."""
    stop, done = threading.Event(), [0]

    def write() -> None:
        with closing(sqlite3.connect(database, isolation_level=None, timeout=60)) as line:
            line.execute("PRAGMA journal_mode=WAL")
            while not stop.is_set():
                done[0] += 1
                line.execute("BEGIN IMMEDIATE")
                line.execute("INSERT INTO taggit_tag (name, slug) VALUES (?1, ?1)", [f"t{done[0]}"])
                line.execute("INSERT INTO auth_group (name) VALUES (?)", [f"t{done[0]}"])
                line.execute("COMMIT")
                time.sleep(0.0005)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield done
    finally:
        stop.set()
        thread.join()


class Names(Nobody):
    def __init__(self) -> None:
        self.found: dict[str, set[str]] = {"taggit_tag": set(), "auth_group": set()}

    def rows(self, table: str, rows: Iterator[list[object]]) -> None:
        for row in rows:
            if table in self.found:
                self.found[table] |= {str(value) for value in row if str(value)[:1] == "t"}


def test_a_backup_is_of_one_moment_while_somebody_goes_on_writing(site: Site) -> None:
    with writing(site.database) as done:
        while not done[0]:
            time.sleep(0.01)
        site.run("backup", str(site.folder / "b"))
        during = done[0]
    names = Names()
    with (site.folder / "b").open("rb") as file:
        check(file, names)
    tags, groups = names.found["taggit_tag"], names.found["auth_group"]
    assert tags == groups
    assert 0 < len(tags) < during


def test_what_is_restored_is_what_was_copied(filled: Site, tmp_path: Path) -> None:
    there = migrated(tmp_path / "other")
    (there.folder / "media").mkdir()
    (there.folder / "media/mine.txt").write_text("gone afterwards")
    backup = str(filled.folder / "backup")
    assert "There is a site" in there.refused("restore", backup)
    assert "Say --yes" in there.refused("restore", backup, "--replace")
    assert (there.folder / "media/mine.txt").exists()
    said = there.run("restore", backup, "--replace", "--yes")
    assert "14 files" in said
    assert "search index" in said
    assert same(there, filled)
    with closing(sqlite3.connect(there.database)) as line:
        assert line.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        counters = dict(line.execute("SELECT name, seq FROM sqlite_sequence"))
    with closing(sqlite3.connect(filled.database)) as line:
        wanted = dict(line.execute("SELECT name, seq FROM sqlite_sequence"))
    assert counters["accounts_user"] == wanted["accounts_user"]
    assert not (there.folder / "restoring").exists()
    again = there.folder / "again"
    there.run("backup", str(again))
    assert digests(again) == digests(filled.folder / "backup")


def digests(backup: Path) -> object:
    with backup.open("rb") as file:
        manifest = check(file).manifest
    return manifest["tables"], manifest["files"]


def test_a_backup_that_is_not_whole_touches_nothing(
    filled: Site, site: Site, backup: bytes, written: Callable[[bytes], str]
) -> None:
    before = state(site)
    said = site.refused("restore", written(backup[:-700]), "--replace", "--yes")
    assert "no whole backup" in said
    assert "Nothing was touched" in said
    assert state(site) == before
    assert not (site.folder / "restoring").exists()


def test_nothing_is_restored_below_a_worker_that_is_at_work(filled: Site, site: Site) -> None:
    with (site.folder / "worker.lock").open("w") as lock:
        lock.write("4711")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = site.refused("restore", str(filled.folder / "backup"), "--replace", "--yes")
    assert "4711" in said
    assert "Stop it first" in said


def test_verifying_says_what_was_compared_and_leaves_nothing(filled: Site) -> None:
    before = sorted(Path(filled.folder).iterdir())
    said = filled.run("backup", "verify", str(filled.folder / "backup"))
    assert "all checksums right" in said
    assert "Every table reads as it was written." in said
    assert "Pages: " in said
    assert sorted(Path(filled.folder).iterdir()) == before


def test_a_name_that_is_taken_is_not_overwritten(filled: Site, tmp_path: Path) -> None:
    path = tmp_path / "mine"
    path.write_text("mine")
    assert "is there already" in filled.refused("backup", str(path))
    assert path.read_text() == "mine"


def test_a_backup_is_for_its_owner_alone_and_holds_no_secret(tmp_path: Path) -> None:
    site = migrated(tmp_path / "site", CONTACTPOINT_METRICS_TOKEN="a-token-that-nobody-else-knows")
    site.run("backup", str(tmp_path / "b"))
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o600
    content = (tmp_path / "b").read_bytes()
    assert b'"CONTACTPOINT_METRICS_TOKEN": null' in content
    assert b"a-token-that" not in content
    assert (site.folder / "secret.key").read_bytes().strip() not in content


@contextmanager
def stuck(site: Site) -> Iterator["subprocess.Popen[str]"]:
    """A backup that has begun and comes to no end: one of the files says nothing."""
    (site.folder / "media").mkdir()
    os.mkfifo(site.folder / "media/silent")
    process = site.begin("backup", str(site.folder / "b"))
    until = time.monotonic() + 120
    while not list(site.folder.glob(".b.*")) and time.monotonic() < until:
        time.sleep(0.01)
    yield process
    (site.folder / "media/silent").unlink()


def test_killed_while_it_writes_a_backup_leaves_no_file_of_that_name(site: Site) -> None:
    target = site.folder / "b"
    with stuck(site) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not target.exists()
    assert len(list(site.folder.glob(".b.*"))) == 1
    site.run("backup", str(target))
    assert not list(site.folder.glob(".b.*"))
    check(io.BytesIO(target.read_bytes()))


def test_stopped_by_control_c_it_leaves_nothing(site: Site) -> None:
    with stuck(site) as process:
        process.send_signal(signal.SIGINT)
        _out, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert not list(site.folder.glob("*b"))
    assert not list(site.folder.glob(".b.*"))


def test_a_restoring_that_was_complete_is_carried_on_by_whatever_comes_next(
    filled: Site, site: Site
) -> None:
    """As after SIGKILL at the moment of taking: the site aside is complete, and nothing was taken;
    or the database was, and the files were on their way."""
    kill = (
        "import os, sys\nfrom contactpoint.backups import swapping\n"
        "def die(*given): os._exit(9)\n"
        "swapping.{step} = die\n"
        "from django.core.management import call_command\n"
        f"call_command('restore', {str(filled.folder / 'backup')!r}, replace=True, yes=True)"
    )
    before = state(site)
    for step, happened in (("declare_complete", False), ("_take_files", True)):
        process = site.begin("shell", "-c", kill.format(step=step))
        process.communicate()
        assert process.returncode == 9
        if not happened:
            assert state(site) == before
            continue
        site.run("restore", "--finish")
        assert same(site, filled)
        assert not (site.folder / "restoring").exists()


def test_what_was_made_is_noted(filled: Site) -> None:
    told = json.loads((filled.folder / "last-backup").read_text())
    assert told["file"] == "backup"
    assert told["bytes"] == os.path.getsize(filled.folder / "backup")


@pytest.mark.soak
def test_a_backup_of_an_older_version_is_brought_up_to_this_one(site: Site, tmp_path: Path) -> None:
    site.run("migrate", "home", "0002")  # as if this version had not been started yet
    backup = str(tmp_path / "old")
    site.run("backup", backup)
    columns = "SELECT name FROM pragma_table_info('home_standardpage')"
    with closing(sqlite3.connect(site.database)) as line:
        before = set(line.execute(columns))
    assert "brought up to this one" in site.run("restore", backup, "--replace", "--yes")
    with closing(sqlite3.connect(site.database)) as line:
        assert set(line.execute(columns)) - before == {("explains_terms",)}
        there = line.execute("SELECT name FROM django_migrations WHERE app = 'home'").fetchall()
    assert ("0003_explains_terms",) in there


def test_a_backup_of_a_newer_version_is_refused(site: Site, tmp_path: Path) -> None:
    with closing(sqlite3.connect(site.database)) as line, line:
        line.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('home', '0999_x', '2030')"
        )
    said = site.refused("backup", str(tmp_path / "b"))
    assert "newer version than this one (home 0999_x)" in said


def test_who_was_erased_is_not_brought_back(site: Site, tmp_path: Path) -> None:
    site.run("shell", "-c", FILL)
    backup = str(tmp_path / "backup")
    site.run("backup", backup)
    site.run("persons", "erase", "someone@example.org", "--yes")
    for _time in range(2):  # what was erased before is known to the site that was restored
        site.run("restore", backup, "--replace", "--yes")
        told = contents(site.database)
        assert "someone@example.org" not in repr(told)
        assert told["kit_personrequest"] != []
