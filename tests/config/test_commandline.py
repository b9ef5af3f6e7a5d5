"""The command line on bad ground: one sentence with the mend, and a site that can begin anew."""

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from contactpoint.config import commandline


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`contactpoint …` in a process of its own, with these settings and no other."""
    others = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("CONTACTPOINT_") and key != "DJANGO_SETTINGS_MODULE"
    }
    return subprocess.run(
        [str(Path(sys.executable).parent / "contactpoint"), *arguments],
        env=others | environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("CONTACTPOINT_TRUSTED_PROXIES", "abc", "CONTACTPOINT_TRUSTED_PROXIES is 'abc'"),
        ("CONTACTPOINT_ENVIRONMENT", "prod", "CONTACTPOINT_ENVIRONMENT is 'prod'"),
        ("CONTACTPOINT_LOG_LEVEL", "loud", "CONTACTPOINT_LOG_LEVEL is 'loud'"),
        ("CONTACTPOINT_DATABASE_URL", "foo://x", "CONTACTPOINT_DATABASE_URL can't be read"),
        ("CONTACTPOINT_DATABASE_REPLICA", "postgresql://host/name", "is given without"),
        ("CONTACTPOINT_DATA", "/dev/null", "CONTACTPOINT_DATA"),
    ],
)
def test_a_setting_that_cannot_be_used_is_said_in_a_sentence(
    tmp_path: Path, variable: str, value: str, said: str
) -> None:
    settings = {"CONTACTPOINT_DATA": str(tmp_path / "var"), variable: value}
    done = run("search", "asylum", **settings)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [("annotate", "-"), ("--help",)])
def test_output_that_nobody_reads_on_ends_quietly(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    command = Path(sys.executable).parent / "contactpoint"
    others = {
        key: value
        for key, value in os.environ.items()
        if "CONTACTPOINT" not in key and key != "DJANGO_SETTINGS_MODULE"
    }
    running = subprocess.Popen(
        [str(command), *arguments],
        env=others | {"CONTACTPOINT_DATA": str(tmp_path / "var")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout is not None
    running.stdout.close()  # as `head` does when it has its lines
    running.stdout = None
    _output, errors = running.communicate(b"asylum and migration " * 50, timeout=120)
    assert errors == b""
    assert running.returncode in {1, 141}  # Rich says 1 of a reader that has gone


def test_killed_in_the_middle_of_its_first_migration_it_begins_anew(tmp_path: Path) -> None:
    data = tmp_path / "var"
    settings = {"CONTACTPOINT_DATA": str(data)}
    assert run("harmonise", "asiel", **settings).returncode == 0, "leaves an empty database"
    others = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("CONTACTPOINT_") and key != "DJANGO_SETTINGS_MODULE"
    }
    first = subprocess.Popen(
        [str(Path(sys.executable).parent / "contactpoint"), "search", "asylum"],
        env=others | settings,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    database = data / "contactpoint.sqlite3"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and _tables(database) < 20:
        time.sleep(0.02)
    first.kill()
    first.wait()
    assert _tables(database) >= 20
    assert (data / "in-the-making").exists()
    done = run("search", "asylum", "--json", **settings)
    assert done.returncode == 0, done.stderr
    assert '"concept": "asylum"' in done.stdout
    assert not (data / "in-the-making").exists()


def _tables(database: Path) -> int:
    if not database.exists():
        return 0
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def test_users_of_a_demo_are_made_with_the_secret_that_its_folder_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ENVIRONMENT", "SECRET_KEY"):
        monkeypatch.delenv(f"CONTACTPOINT_{name}", raising=False)
    monkeypatch.setenv("CONTACTPOINT_DATA", str(tmp_path))
    assert not commandline._is_kept_for_trying()
    (tmp_path / "secret.key").touch()
    assert commandline._is_kept_for_trying()
    monkeypatch.setenv("CONTACTPOINT_SECRET_KEY", "of its own")
    assert not commandline._is_kept_for_trying()


def test_ctrl_c_ends_with_a_sentence_and_the_code_that_shells_know(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commandline, "_run", stopped)
    with pytest.raises(SystemExit) as ended:
        commandline.main()
    assert ended.value.code == 130
    assert capsys.readouterr().err.count("\n") == 1
