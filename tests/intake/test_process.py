"""The command as a process: an empty data folder, a kill in the middle, a clean error."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from made_once import empty_site

ITEMS = 1_200


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "CONTACTPOINT_DATA": str(folder),
        "CONTACTPOINT_ENVIRONMENT": "demo",
        "CONTACTPOINT_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
    }


def command(folder: Path, *arguments: str) -> list[str]:
    code = "from contactpoint.config.commandline import main; main()"
    return [sys.executable, "-c", code, "import", *arguments]


def counts(folder: Path) -> tuple[int, int, int]:
    """Items, pages that they name, and live outputs."""
    with sqlite3.connect(folder / "contactpoint.sqlite3", timeout=30) as database:
        return database.execute(
            "select (select count(*) from intake_importeditem),"
            " (select count(page_id) from intake_importeditem where status = 'accepted'),"
            " (select count(*) from outputs_output)"
        ).fetchone()


@pytest.fixture
def long_listing(tmp_path: Path) -> Path:
    path = tmp_path / "long.txt"
    path.write_text(
        "".join(
            f"Fedasil published report {number} on reception.\nWhen1 May 2020\nKeywords: asiel\n"
            for number in range(ITEMS)
        ),
        encoding="utf-8",
    )
    return path


def test_a_killed_import_leaves_no_half_item_and_can_be_run_again(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, long_listing: Path
) -> None:
    folder = empty_site(tmp_path_factory, tmp_path / "data")
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"Text.\n\x00")
    refused = subprocess.run(
        command(folder, str(bad)),
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert "bad.txt, line 2: this is binary data" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert counts(folder) == (0, 0, 0)

    process = subprocess.Popen(
        command(folder, str(long_listing), "--publish"),
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 120
    while counts(folder)[0] < 200 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    items, accepted, outputs = counts(folder)
    assert 200 <= items < ITEMS
    assert items == accepted == outputs

    again = subprocess.run(
        command(folder, str(long_listing), "--publish"),
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.returncode == 0, again.stderr
    assert f"{ITEMS} items: {ITEMS - items} new, 0 changed, {items} unchanged" in again.stdout
    assert counts(folder) == (ITEMS, ITEMS, ITEMS)
