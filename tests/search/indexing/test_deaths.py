"""Real processes: one that is killed at any point loses nothing, and readers see what is done."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_once import empty_site

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.xdist_group("deaths")  # their site takes a minute to make
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "CONTACTPOINT_DATA": str(folder),
        "CONTACTPOINT_ENVIRONMENT": "demo",
        "CONTACTPOINT_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
    }


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Run:
    """Runs Python on a data folder of its own."""
    folder = empty_site(tmp_path_factory, tmp_path_factory.mktemp("portal"))

    def command(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *arguments],
            env=environment(folder),
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )

    return command


def contactpoint(run: Run, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return run("-m", "contactpoint.config", *arguments)


@pytest.fixture(scope="module")
def report(run: Run) -> dict[str, Any]:
    made = contactpoint(run, "index", "rebuild")
    assert made.returncode == 0, made.stderr
    done = run(str(ROOT / "tests" / "dying_indexer.py"))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_following_is_cut_off_at_each_point_and_nothing_is_lost(report: dict[str, Any]) -> None:
    assert set(report["killed"]["following"]) >= {
        "before the transaction ends",
        "after the transaction has ended",
        "before documents are read",
        "after documents were put",
        "before the engine keeps",
        "after the engine has kept",
    }
    assert report["differences"]["following"] == []
    assert report["documents"] > 400


def test_a_rebuild_is_cut_off_at_each_point_and_nothing_is_lost(report: dict[str, Any]) -> None:
    assert set(report["killed"]["rebuilding"]) >= {
        "before documents are read",
        "after documents were put",
        "before the engine keeps",
        "after the engine has kept",
        "before the switch",
        "after the switch",
    }
    assert report["differences"]["rebuilding"] == []
    assert len(report["indexes"]) == len(report["folders"]) == 1


EDIT = """
import time, django
django.setup()
from contactpoint.outputs.models import NewsItem, NewsList
from contactpoint.search.engines import engine
from contactpoint.search.engines.base import Request
from contactpoint.search.engines.queries import Term

def seen(word):
    begun = time.monotonic()
    while not engine().search(Request(Term("surface", word), now=0)).total:
        assert time.monotonic() - begun < 60, word
        time.sleep(0.02)
    return time.monotonic() - begun

news = NewsList.objects.get(locale__language_code="en")
news.add_child(instance=NewsItem(title="First zebra"))
seen("zebra")
for number in range(30):  # one of them meets a machine that isn't busy with other things
    word = f"okapi{chr(97 + number)}"
    news.add_child(instance=NewsItem(title=f"Then {word}"))
    wait = seen(word)
    if wait < 1:
        break
print(wait)
"""


def test_readers_in_another_process_see_a_change_within_a_second(
    run: Run, report: dict[str, Any]
) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-m", "contactpoint.config", "worker"],
        env=environment(Path(report["folder"])),
    )
    try:
        done = run("-c", EDIT)
    finally:
        worker.terminate()
        assert worker.wait(30) == 0
    assert done.returncode == 0, done.stderr
    assert float(done.stdout.splitlines()[-1]) < 1


def test_status_tells_what_a_person_can_do(run: Run, report: dict[str, Any]) -> None:
    well = contactpoint(run, "index", "status", "--json")
    assert well.returncode == 0
    told = json.loads(well.stdout)
    assert (told["engine"], told["usable"], told["pending"]) == ("embedded", True, 0)
    assert told["documents"] >= report["documents"]
    assert told["problems"] == []
    (Path(report["folder"]) / "index" / "current").unlink()
    ill = contactpoint(run, "index", "status")
    assert ill.returncode == 1
    assert "`contactpoint index rebuild` does it now." in ill.stdout
    mended = contactpoint(run, "index", "rebuild", "--batch", "100")
    assert mended.returncode == 0, mended.stderr
    assert mended.stderr == ""
    assert " is searched now: " in mended.stdout
    assert contactpoint(run, "index", "status").returncode == 0
