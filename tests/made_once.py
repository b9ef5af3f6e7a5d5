"""Sites that take long to make are made once in a run, by whichever process needs them first."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from migrated_once import begin_with_copy


def made_once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None], copy: Path
) -> Path:
    """`copy`, filled with a copy of the folder that `make` fills; others wait while it does."""
    base = factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made = root / f"once-{name}"
    with (root / f"once-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            begun = root / f"once-{name}-begun"
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            make(begun)
            begun.rename(made)
    return shutil.copytree(made, copy, dirs_exist_ok=True)


def empty_site(factory: pytest.TempPathFactory, copy: Path) -> Path:
    """A data folder as any command makes it where there was none, with an index.

    It begins with the copy of the migrated database where there is one already, as there is behind
    `django_db_setup`. That a site begins with nothing is tested in `tests/config`.
    """
    return made_once(factory, "empty-site", _prepare, copy)


def said_in_a_site(factory: pytest.TempPathFactory, copy: Path, script: str) -> str:
    """The last line that a script prints in the shell of such a site, with threads and connections
    of its own."""
    environment = {
        **os.environ,
        "CONTACTPOINT_DATA": str(empty_site(factory, copy)),
        "CONTACTPOINT_ENVIRONMENT": "demo",
        "CONTACTPOINT_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "contactpoint.config", "shell", "-c", script],
        env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


def _prepare(folder: Path) -> None:
    own = {key: value for key, value in os.environ.items() if not key.startswith("CONTACTPOINT_")}
    own.pop("DJANGO_SETTINGS_MODULE", None)
    own |= {"CONTACTPOINT_DATA": str(folder), "CONTACTPOINT_ENVIRONMENT": "demo"}
    begin_with_copy(folder / "contactpoint.sqlite3")
    command = [sys.executable, "-m", "contactpoint.config", "index", "rebuild"]
    subprocess.run(command, env=own, check=True, capture_output=True, timeout=900)
