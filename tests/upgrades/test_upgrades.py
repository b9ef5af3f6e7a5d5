"""A site of each earlier version becomes one of this version, and its content is as it was."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest
from faults_told import Told, tell
from upgraded import content, differences, unpack, versions

MEANT: Final = {
    # Nobody was in Wagtail's group of moderators, and what only it approved never was.
    *("wagtailcore_groupapprovaltask", "wagtailcore_task", "wagtailcore_workflow"),
    *("wagtailcore_workflowpage", "wagtailcore_workflowtask"),
    # The collection of all files has a name that says so, and others below it.
    *("wagtailcore_collection.name", "wagtailcore_collection.numchild"),
}
"""What migrations are to change; each with its reason."""


def migrating(folder: Path) -> "subprocess.Popen[bytes]":
    own = {key: value for key, value in os.environ.items() if not key.startswith("CONTACTPOINT_")}
    own.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.Popen(
        [sys.executable, "-m", "contactpoint.config", "migrate", "-v0"],
        env=own | {"CONTACTPOINT_DATA": str(folder), "CONTACTPOINT_ENVIRONMENT": "demo"},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def upgraded(version: str, folder: Path) -> tuple[Path, Path]:
    """The database of then, and one beside it that is to be upgraded."""
    data = folder / "data"
    data.mkdir(parents=True)
    return unpack(version, folder / "before.sqlite3"), unpack(
        version, data / "contactpoint.sqlite3"
    )


def finish(database: Path) -> None:
    process = migrating(database.parent)
    _output, errors = process.communicate(timeout=900)
    assert process.returncode == 0, errors.decode()[-3000:]


def assert_same(before: Path, after: Path) -> None:
    found = differences(before, after)
    assert set(found) <= MEANT, {name: found[name] for name in found.keys() - MEANT}
    with sqlite3.connect(after) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_the_newest_version_upgrades_and_its_content_is_the_same(tmp_path: Path) -> None:
    before, after = upgraded(versions()[-1], tmp_path)
    assert content(before) > 10_000
    finish(after)
    assert_same(before, after)


def test_a_row_that_is_gone_or_other_is_found(tmp_path: Path) -> None:
    before, after = upgraded(versions()[-1], tmp_path)
    with sqlite3.connect(after) as connection:
        first = "SELECT min(id) FROM glossary_conceptlabel"
        connection.execute(f"DELETE FROM glossary_conceptlabel WHERE id IN ({first})")
        connection.execute("UPDATE wagtailcore_page SET title = title || '!' WHERE depth = 2")
        changed = connection.execute("SELECT changes()").fetchone()[0]
        connection.execute("ALTER TABLE media_customimage DROP COLUMN credit")
    connection.close()
    found = differences(before, after)
    assert found.pop("media_customimage.credit", 0) >= 0
    assert found == {"glossary_conceptlabel": 1, "wagtailcore_page.title": changed}


@pytest.mark.soak
@pytest.mark.parametrize("version", versions())
def test_each_version_upgrades_although_it_is_killed_on_the_way(
    version: str, tmp_path: Path
) -> None:
    before, after = upgraded(version, tmp_path)
    chance, begun, kills, heal = random.Random(3), time.monotonic(), 0, 0.0
    for _kill in range(6):
        process = migrating(after.parent)
        time.sleep(chance.uniform(3, 9))
        process.send_signal(signal.SIGKILL)
        kills += process.wait() == -signal.SIGKILL
        assert process.stderr is not None
        process.stderr.close()
    last = time.monotonic()
    finish(after)
    heal = time.monotonic() - last
    found = differences(before, after)
    lost = sum(number for name, number in found.items() if name not in MEANT)
    tell(Told(f"killed while it upgrades a site of {version}", 6, kills, lost, 0, 0, 0, 0,
              round(heal, 1), round(time.monotonic() - begun, 1)))  # fmt: skip
    assert_same(before, after)
