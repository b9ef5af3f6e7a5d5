"""Run the portal: a web server, a worker, and somebody who minds both.

Both are processes of their own, so that nothing that was opened here is shared by a fork. A worker
that dies comes back; a web server that dies ends everything with an error, for whoever started this
(systemd, a container) to act on. Nothing is left behind, whatever ends it.
"""

import contextlib
import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from django.conf import settings
from django.core.management.base import CommandError

from contactpoint.config import environment
from contactpoint.config.logs import JSON, written_for_granian
from contactpoint.operations.doctor.secrets import is_weak

log = logging.getLogger(__name__)

GRACE_SECONDS = 10
"""How long a request or job may take to finish when the portal stops."""
START_SECONDS = 90
LONGEST_WAIT = 60
SET_PARENT_DEATH_SIGNAL = 1


class RefusedError(CommandError):
    """The portal can't start; says why and what to do."""


def refuse_unsafe() -> None:
    """In production: a secret of its own and the names it answers to, or no start."""
    env = environment.load()
    if env.environment != "production":
        return
    if is_weak(env.secret_key):
        raise RefusedError(
            "CONTACTPOINT_SECRET_KEY is missing or too short. Make one with\n"
            "    python3 -c 'import secrets; print(secrets.token_urlsafe(64))'\n"
            "and keep it: signed links and second factors depend on it."
        )
    if not os.environ.get("CONTACTPOINT_HOSTS") or not env.hosts:
        raise RefusedError(
            "CONTACTPOINT_HOSTS is missing. Name the host names that readers use, for example\n"
            "    CONTACTPOINT_HOSTS=portal.example.org"
        )


def refuse_taken(host: str, port: int) -> None:
    """A port that can't be bound is said here, in a sentence.

    The web server shares its port between processes, so by itself it would quietly join another
    portal of the same user.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise RefusedError(
                f"Port {port} on {host} can't be used: {problem.strerror}. Stop what uses it, or "
                f"choose another with --port."
            ) from None


@dataclass
class Portal:
    """The web server and the worker of one data folder."""

    host: str
    port: int
    workers: int
    say: Callable[[str], None]
    with_worker: bool = True
    _web: subprocess.Popen[bytes] | None = None
    _worker: subprocess.Popen[bytes] | None = None
    _ended_by: int = 0
    _wake: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        """Where it is served."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{shown}:{self.port}"

    def run(self) -> int:
        """Serve until a signal or a failure; returns the exit code."""
        for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(signum, self._end)
        try:
            self._web = _start("granian", *self._web_arguments())
            if self.with_worker:
                self._worker = _start("contactpoint.config", "worker")
            threading.Thread(target=self._announce, daemon=True).start()
            return self._mind()
        finally:
            self._stop_all()

    def _web_arguments(self) -> list[str]:
        as_json = settings.LOG == JSON
        logged = ("--log-config", str(written_for_granian(settings.DATA))) if as_json else ()
        return [
            *logged,
            *("--interface", "wsgi", "--host", self.host, "--port", str(self.port)),
            *("--workers", str(self.workers), "--blocking-threads", "4"),
            *("--respawn-failed-workers", "--workers-kill-timeout", str(GRACE_SECONDS)),
            *("--log-level", "warning", "contactpoint.config.wsgi:application"),
        ]

    def _mind(self) -> int:
        """Restart a dead worker, waiting longer each time that it dies soon."""
        assert self._web is not None  # noqa: S101 — `run` started it
        died, started, due = 0, time.monotonic(), 0.0
        while not self._ended_by:
            if self._web.poll() is not None:
                log.error("The web server ended with code %s.", self._web.returncode)
                return 1
            now = time.monotonic()
            if self._worker is not None and self._worker.poll() is not None:
                died = 1 if now - started > LONGEST_WAIT else died + 1
                due = now + min(LONGEST_WAIT, 2 ** (died - 1) / 2)
                log.error(
                    "The worker ended with code %s; starting another in %.1f s.",
                    self._worker.returncode,
                    due - now,
                )
                self._worker = None
            elif self.with_worker and self._worker is None and now >= due:
                self._worker, started = _start("contactpoint.config", "worker"), now
            self._wake.wait(0.2)
        return 0

    def _announce(self) -> None:
        """Say the address once it answers."""
        request = urllib.request.Request(  # noqa: S310 — our own address
            f"{self.address}/healthz", headers={"Host": settings.ALLOWED_HOSTS[0]}
        )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and not self._wake.is_set():
            with contextlib.suppress(OSError):
                with urllib.request.urlopen(request, timeout=5):  # noqa: S310
                    self.say(f"Serving {self.address}/ (Ctrl+C stops it)")
                return
            time.sleep(0.1)
        if not self._wake.is_set():
            log.error("%s does not answer after %s s.", self.address, START_SECONDS)

    def _end(self, signum: int, frame: FrameType | None) -> None:
        self._ended_by = signum
        self._wake.set()

    def _stop_all(self) -> None:
        """Ask both to finish, wait, then end what is left, their children included."""
        self._wake.set()
        children = [child for child in (self._web, self._worker) if child is not None]
        for child in children:
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + GRACE_SECONDS + 2
        for child in children:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, until - time.monotonic()))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A child in a process group of its own, which ends when we do, even if we are killed."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(command, start_new_session=True, preexec_fn=_end_with_parent)  # noqa: S603, PLW1509


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
