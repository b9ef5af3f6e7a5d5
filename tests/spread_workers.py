"""Workers of one or several machines that build an index together, as real processes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parent
PATIENCE = 600
ITEMS, RANGE = 200, 20


def within(condition: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.1)


class Portal:
    """A portal on servers; `folder` holds a data folder a machine, and logs."""

    def __init__(self, folder: Path, **servers: str) -> None:
        self.folder = folder
        self.held = folder / "held"
        self.held.touch()
        self.environment = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith("CONTACTPOINT_") and key != "DJANGO_SETTINGS_MODULE"
        } | {
            "CONTACTPOINT_ENVIRONMENT": "demo",
            "CONTACTPOINT_DATA": str(folder / "one"),
            "CONTACTPOINT_LOG_LEVEL": "WARNING",
            "HOLD": str(self.held),
            "PYTHONUNBUFFERED": "yes",
            "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path]),
            **servers,
        }
        self.started = 0

    def start(self, *arguments: str, machine: str = "one") -> "subprocess.Popen[str]":
        self.started += 1
        if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # as behind `nohup`; children inherit
            signal.signal(signal.SIGINT, signal.default_int_handler)
        own = self.environment | {"CONTACTPOINT_DATA": str(self.folder / machine)}
        with self.log(self.started).open("w", encoding="utf-8") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "contactpoint.config", *arguments],
                env=own, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip

    def log(self, number: int) -> Path:
        return self.folder / f"log-{number}"

    def run(self, *arguments: str) -> str:
        process = self.start(*arguments)
        number = self.started
        said, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said + self.log(number).read_text(encoding="utf-8")
        return said

    def do(self, call: str) -> str:
        return self.run("shell", "-c", f"import spread_site as site; site.odd(); {call}")

    def rebuilt_alone(self) -> dict[str, Any]:
        """What one process builds, without anybody's help."""
        self.do('from django.core.management import call_command as do; do("index", "rebuild")')
        return self.told()

    def told(self) -> dict[str, Any]:
        path = self.folder / "told"
        self.do(f"site.tell({str(path)!r})")
        return json.loads(path.read_text(encoding="utf-8"))

    @contextmanager
    def workers(self, *machines: str) -> Iterator[list["subprocess.Popen[str]"]]:
        """A worker on each of these machines."""
        call = "import spread_site; spread_site.work()"
        running = [self.start("shell", "-c", call, machine=one) for one in machines]
        try:
            yield running
        finally:
            for one in running:
                one.terminate()
            for one in running:
                one.communicate(timeout=60)

    def spread(self) -> "subprocess.Popen[str]":
        return self.start("index", "rebuild", "--spread", f"--batch={RANGE}")

    def hold(self) -> None:
        """Let the next worker that comes to that document stop there."""
        self.held.unlink()

    def holder(self) -> int:
        """The process that is held; waits for it."""
        within(lambda: self.held.exists() and self.held.read_text(encoding="ascii"))
        return int(self.held.read_text(encoding="ascii"))


def built_by_one(portal: Portal) -> None:
    """One worker brings the same as a process alone."""
    portal.do(f"site.fill({ITEMS})")
    alone = portal.rebuilt_alone()
    assert len(alone["documents"]) > ITEMS
    with portal.workers("one"):
        watching = portal.spread()
        said, _ = watching.communicate(timeout=PATIENCE)
    assert watching.returncode == 0, said + portal.log(portal.started).read_text(encoding="utf-8")
    assert " ranges wait for the workers." in said
    assert said.count("can't be indexed and is left out") == 1, said
    assert " is searched now: " in said
    assert portal.told() == alone


def built_by_three(portal: Portal, *machines: str) -> None:
    """Three workers of which one is killed, a watcher that is stopped, and editors at work."""
    before = portal.told()
    portal.hold()
    with portal.workers(*machines) as workers:
        first = portal.spread()
        holder = portal.holder()
        first.send_signal(signal.SIGINT)
        said, _ = first.communicate(timeout=PATIENCE)
        assert first.returncode == 130, said
        portal.do("site.edit(3)")
        again = portal.spread()
        assert again.stdout is not None
        assert again.stdout.readline().startswith("Going on: ")
        killed = next(one for one in workers if one.pid == holder)
        killed.send_signal(signal.SIGKILL)
        killed.wait(20)
        said, _ = again.communicate(timeout=PATIENCE)
        assert again.returncode == 0, said
        assert said.count("can't be indexed and is left out") == 1, said
        together = portal.told()
    assert together != before, "what changed meanwhile is in it"
    assert together == portal.rebuilt_alone()
