"""A process that is killed at any point loses nothing: the index catches up with the database."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs Python on a data folder of its own."""
    environment = {
        **os.environ,
        "CONTACTPOINT_DATA": str(tmp_path_factory.mktemp("portal")),
        "CONTACTPOINT_ENVIRONMENT": "demo",
        "CONTACTPOINT_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
    }

    def command(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
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


def test_status_tells_what_a_person_can_do(run: Run, report: dict[str, Any]) -> None:
    well = contactpoint(run, "index", "status", "--json")
    assert well.returncode == 0
    told = json.loads(well.stdout)
    assert (told["engine"], told["usable"], told["pending"]) == ("embedded", True, 0)
    assert told["documents"] == report["documents"]
    assert told["problems"] == []
    (Path(report["folder"]) / "index" / "current").unlink()
    ill = contactpoint(run, "index", "status")
    assert ill.returncode == 1
    assert "`contactpoint index rebuild` does it now." in ill.stdout
    mended = contactpoint(run, "index", "rebuild", "--batch", "100")
    assert mended.returncode == 0, mended.stderr
    assert mended.stderr == ""
    assert f"{report['documents']} documents." in mended.stdout
    assert contactpoint(run, "index", "status").returncode == 0
