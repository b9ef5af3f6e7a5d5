"""The portal as real processes: starts, works, heals, stops, and leaves nothing behind."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from made_once import empty_site

from contactpoint.config.serve import GRACE_SECONDS

pytestmark = pytest.mark.xdist_group("serve")
SECRET = "a-secret-of-this-test-only-0123456789-abcdefghijklmnopqrstuvwxyz"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes() -> dict[int, tuple[int, str]]:
    """Process id to parent and command line, of all that run (not of those that only wait)."""
    listed = subprocess.run(
        ["ps", "-eo", "pid=,ppid=,stat=,args="], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    rows = (line.split(None, 3) for line in listed)
    return {int(r[0]): (int(r[1]), r[3]) for r in rows if len(r) == 4 and not r[2].startswith("Z")}


def family(pid: int) -> set[int]:
    """A process and all below it."""
    table, found = processes(), {pid}
    while more := {child for child, (parent, _) in table.items() if parent in found} - found:
        found |= more
    return found & set(table)


def until(condition: Callable[[], object], seconds: float = 60) -> object:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := condition():
            return result
        time.sleep(0.1)
    pytest.fail(f"not within {seconds} s: {condition}")


@dataclass
class Running:
    process: subprocess.Popen[str]
    port: int
    log: Path
    environment: dict[str, str]

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            return answer.status, answer.read().decode()

    def worker(self) -> int | None:
        table = processes()
        of_ours = family(self.process.pid)
        return next(
            (p for p in of_ours if table.get(p, (0, ""))[1].endswith("config worker")), None
        )

    def started_workers(self) -> list[int]:
        return [int(pid) for pid in re.findall(r"Worker (\d+) started", self.log.read_text())]


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "contactpoint.config", *arguments],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> dict[str, str]:
    folder = empty_site(tmp_path_factory, tmp_path_factory.mktemp("site"))
    environment = {
        "PATH": os.environ["PATH"],
        "CONTACTPOINT_ENVIRONMENT": "production",
        "CONTACTPOINT_SECRET_KEY": SECRET,
        "CONTACTPOINT_HOSTS": "localhost,127.0.0.1",
        "CONTACTPOINT_DATA": str(folder),
    }
    made = command("user", "add", "editor@portal.test", **environment)
    assert made.returncode == 0, made.stderr
    return environment


@pytest.fixture
def running(site: dict[str, str], tmp_path: Path) -> Iterator[Running]:
    port, log = free_port(), tmp_path / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "contactpoint.config"),
                *("serve", "--port", str(port), "--workers", "2"),
            ],
            env=site,
            stdout=output,
            stderr=output,
            text=True,
        )
    portal = Running(process, port, log, site)
    everyone: set[int] = set()
    try:
        until(lambda: process.poll() is not None or "Serving http" in log.read_text(), 90)
        assert process.poll() is None, log.read_text()
        everyone = family(process.pid)
        yield portal
    finally:
        everyone |= family(process.pid)
        for pid in everyone:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


def enqueue(site: dict[str, str]) -> None:
    """A job from another process: a mail, which the default writes into the data folder."""
    code = (
        "import django; django.setup();"
        "from contactpoint.kit.mail import send; send('reader@example.org', 'Hello', 'Text')"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        env=site | {"DJANGO_SETTINGS_MODULE": "contactpoint.config.settings"},
        check=True,
        capture_output=True,
    )


def mails(site: dict[str, str]) -> int:
    return len(list(Path(site["CONTACTPOINT_DATA"], "mail").glob("*")))


def test_it_serves_works_heals_and_leaves_nothing_behind(running: Running) -> None:
    assert f"http://127.0.0.1:{running.port}/" in running.log.read_text()
    assert running.get("/healthz")[0] == 200
    assert running.get("/readyz")[0] == 200

    before = mails(running.environment)
    enqueue(running.environment)
    until(lambda: mails(running.environment) == before + 1)

    first = until(running.worker)
    os.kill(first, signal.SIGKILL)
    second = until(lambda: (now := running.worker()) != first and now)
    until(lambda: second in running.started_workers())
    enqueue(running.environment)
    until(lambda: mails(running.environment) == before + 2)
    assert running.get("/healthz")[0] == 200, "readers noticed nothing"

    everyone = family(running.process.pid)
    assert len(everyone) >= 5, "supervisor, web server, two web processes, worker"
    asked = time.monotonic()
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(60) == 0
    assert time.monotonic() - asked < GRACE_SECONDS, "nothing is at work that has to be waited for"
    assert not everyone & set(processes())


def test_nothing_survives_a_supervisor_that_was_killed(running: Running) -> None:
    everyone = family(running.process.pid)
    running.process.kill()
    running.process.wait()
    until(lambda: not everyone & set(processes()), 60)  # a worker ends the job that it is at


def test_a_web_server_that_dies_ends_everything_with_an_error(running: Running) -> None:
    everyone = family(running.process.pid)
    table = processes()
    web = next(
        pid
        for pid in everyone
        if "granian" in table[pid][1] and table[pid][0] == running.process.pid
    )
    os.kill(web, signal.SIGKILL)
    assert running.process.wait(30) == 1
    assert not everyone & set(processes())


def test_a_second_worker_or_a_taken_port_is_refused_in_a_sentence_and_ctrl_c_ends_all(
    running: Running,
) -> None:
    until(running.started_workers)
    worker = command("worker", **running.environment)
    assert worker.returncode == 75
    assert f"Process {running.worker()} is the worker of" in worker.stderr
    serve = command("serve", "--port", str(running.port), **running.environment)
    assert serve.returncode != 0
    assert f"Port {running.port} on 127.0.0.1 can't be used" in serve.stderr
    assert "Traceback" not in worker.stderr + serve.stderr
    everyone = family(running.process.pid)
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(60) == 0
    assert not everyone & set(processes())


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({}, "CONTACTPOINT_SECRET_KEY"),
        ({"CONTACTPOINT_SECRET_KEY": "short"}, "CONTACTPOINT_SECRET_KEY"),
        ({"CONTACTPOINT_SECRET_KEY": "a" * 80}, "CONTACTPOINT_SECRET_KEY"),
        ({"CONTACTPOINT_SECRET_KEY": SECRET}, "CONTACTPOINT_HOSTS"),
    ],
)
def test_production_refuses_to_start_without_what_it_needs(
    tmp_path: Path, environment: dict[str, str], name: str
) -> None:
    folder = tmp_path / "data"
    refused = command("serve", CONTACTPOINT_DATA=str(folder), **environment)
    assert refused.returncode != 0
    assert refused.stderr.startswith(f"{name} is missing")
    assert "Traceback" not in refused.stderr
    assert not folder.exists(), "nothing is made for a site that can't start"


def test_secrets_of_a_new_user_are_printed_and_not_logged(site: dict[str, str]) -> None:
    made = command("user", "add", "second@portal.test", **site)
    password = re.search(r"Password:\s+(\S+)", made.stdout)[1]
    secret = re.search(r"secret into it: (\S+)", made.stdout)[1]
    assert password not in made.stderr
    assert secret not in made.stderr
