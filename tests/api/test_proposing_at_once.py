"""Limits of proposals hold for threads with connections of their own, on SQLite in a file.

The same script runs on PostgreSQL in `tests/servers`.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from made_once import empty_site
from proposing_at_once import EXPECTED, SCRIPT


def test_of_many_who_propose_at_once_no_more_come_than_may(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    folder = empty_site(tmp_path_factory, tmp_path / "data")
    environment = {
        **os.environ,
        "CONTACTPOINT_DATA": str(folder),
        "CONTACTPOINT_ENVIRONMENT": "demo",
        "CONTACTPOINT_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "contactpoint.config", "shell", "-c", SCRIPT],
        env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().splitlines()[-1] == EXPECTED
