"""Senders are killed while they send: everybody gets one mail. `benchmarks/delivery_once.py` does
so 50 times over 20,000 mails."""

import os
import subprocess
import sys
from pathlib import Path

from killed_sender import harried
from migrated_once import begin_with_copy

MAILS, KILLS = 1_500, 6


def test_a_sender_that_is_killed_anywhere_sends_each_mail_once(tmp_path: Path) -> None:
    begin_with_copy(tmp_path / "contactpoint.sqlite3")
    environment = {
        **os.environ,
        "CONTACTPOINT_DATA": str(tmp_path),
        "CONTACTPOINT_ENVIRONMENT": "demo",
        "CONTACTPOINT_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
    }
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
    found = harried(environment, tmp_path, MAILS, KILLS, seed=7)
    assert (found.lost, found.doubled, found.not_sent) == (0, 0, 0)
