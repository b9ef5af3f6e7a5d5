"""Many respondents answer a survey of ten pages at once, over HTTP, as browsers without script do.

Each says in every answer who they are, so that one which was lost, doubled or mixed up with
another's is seen in what is stored. Who is not answered (a server that was killed) asks again.
"""

import html
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

PAGES: Final = 10
TICKS: Final = os.sysconf("SC_CLK_TCK")
PATIENCE: Final = 300.0
"""Seconds until whoever gets no answer gives up."""

MAKE: Final = """
import datetime
from django.utils import timezone
from contactpoint.config.site import prepare
from contactpoint.consultations.models import Instrument, Round, Version
from contactpoint.consultations.questions import Choice, Kind, Question, Section, carried
from contactpoint.consultations.questions import Instrument as Asked

prepare()
sections = tuple(
    Section(f"s{page}", {"en": f"Part {page}", "nl": f"Deel {page}"}, questions=(
        Question(f"who{page}", Kind.TEXT, {"en": "Who are you?"}, required="true()"),
        Question(f"number{page}", Kind.INTEGER, {"en": "Which number?"},
                 relevant="true()" if page == 0 else f"${{number{page - 1}}} >= 0"),
        Question(f"pick{page}", Kind.ONE, {"en": "Which one?"}, choices="ten"),
    ))
    for page in range(10)
)
asked = Asked("crowd", ("en", "nl"), {"en": "A crowd"}, sections=sections,
    choice_sets={"ten": tuple(Choice(f"c{one}", {"en": f"Choice {one}"}) for one in range(10))})
instrument = Instrument.objects.create(code="crowd", kind="survey", labels={"en": "A crowd"})
version = Version.objects.create(
    instrument=instrument, number=1, definition=carried(asked), is_frozen=True)
now = timezone.now()
Round.objects.create(
    instrument=instrument, version=version, labels={"en": "A crowd"}, code="crowd", access="open",
    status="open", is_anonymous=ANONYMOUS, opens_at=now, quota=QUOTA,
    closes_at=now + datetime.timedelta(days=1))
print("made")
"""
CHECK: Final = """
import json
from contactpoint.consultations.models import Answer, Response
found = {}
for pk, status in Response.objects.values_list("pk", "status"):
    found[pk] = {"status": status, "answers": {}}
rows = 0
for response, question, value in Answer.objects.values_list("response", "question", "value"):
    found[response]["answers"][question] = value
    rows += 1
print(json.dumps({"responses": list(found.values()), "rows": rows}))
"""


class UnansweredError(Exception):
    """The portal said something that no respondent expects."""


@dataclass(slots=True)
class Told:
    """What the portal confirmed to everybody, and how long each page took in seconds."""

    seconds: list[float] = field(default_factory=list)
    confirmed: dict[int, dict[str, Any]] = field(default_factory=dict)
    sent: set[int] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)
    asked_again: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, seconds: float) -> None:
        with self._lock:
            self.seconds.append(seconds)

    def saved(self, who: int, values: Mapping[str, Any]) -> None:
        with self._lock:
            self.confirmed.setdefault(who, {}).update(values)

    def again(self) -> None:
        with self._lock:
            self.asked_again += 1


class Browser:
    """One respondent's connection; from an address of their own, as the proxy says."""

    def __init__(self, address: str, number: int, told: Told) -> None:
        self.host = urlsplit(address).netloc
        self.told = told
        self.headers = {
            "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
            "Sec-Fetch-Site": "same-origin",
        }
        self._connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> str:
        """A page, wherever it has moved to."""
        for _hop in range(5):
            status, location, body = self._ask("GET", path, "")
            if status == 200:
                return body
            if status != 303:
                raise UnansweredError(f"{path}: {status}")
            path = location
        raise UnansweredError(path)

    def post(self, path: str, data: Mapping[str, Any]) -> tuple[int, str]:
        """Status, and where it leads."""
        status, location, _body = self._ask("POST", path, urlencode(data))
        return status, location

    def _ask(self, method: str, path: str, body: str) -> tuple[int, str, str]:
        until = time.monotonic() + PATIENCE
        headers = dict(self.headers)
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        while True:
            start = time.monotonic()
            try:
                if self._connection is None:
                    self._connection = http.client.HTTPConnection(self.host, timeout=60)
                self._connection.request(method, path.partition("#")[0], body or None, headers)
                answer = self._connection.getresponse()
                text = answer.read().decode()
            except (OSError, http.client.HTTPException):
                self._connection = None
                self.told.again()
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
                continue
            if answer.status >= 500 and time.monotonic() < until:
                self.told.again()
                time.sleep(0.2)
                continue
            self.told.took(time.monotonic() - start)
            return answer.status, answer.headers.get("Location", ""), text


def respond(address: str, number: int, told: Told, *, twice: bool = False) -> None:
    """Answer everything and send. `twice`: each form is sent two times, as by a double click."""
    browser = Browser(address, number, told)
    times = 2 if twice else 1
    start = "/en/consultations/crowd/answer/"
    page = browser.get(start)
    for _time in range(times):
        _status, path = browser.post(start, {"ticket": _value(page, "ticket")})
    if "/answer/" not in path:
        told.refused.add(number)
        return
    for place in range(PAGES):
        page = browser.get(path)
        section = f"s{place}"
        if f"/part/{section}/" not in page:
            raise UnansweredError(f"{number}: page {place} is not {section}")
        values = answers_of(number, place)
        data = {name: _value(page, name) for name in ("asked", "seen")} | {"to": "on"}
        data |= {f"q-{name}": value for name, value in values.items()}
        action = _action(page)
        for _time in range(times):
            status, path = browser.post(action, data)
        if status != 303:
            raise UnansweredError(f"{number}: {section} was answered by {status}")
        told.saved(number, values)
    page = browser.get(path)
    data = {"revision": _value(page, "revision"), "to": "send"}
    action = _action(page)
    for _time in range(times):
        status, path = browser.post(action, data)
    if status == 409:
        told.refused.add(number)
        return
    if status != 303 or "Your receipt" not in browser.get(path):
        raise UnansweredError(f"{number}: sending was answered by {status}")
    told.sent.add(number)


def answers_of(number: int, place: int) -> dict[str, Any]:
    """What this respondent says on that page."""
    return {
        f"who{place}": f"respondent {number}",
        f"number{place}": number,
        f"pick{place}": f"c{(number + place) % 10}",
    }


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    if found is None:
        raise UnansweredError(f"no field {name}")
    return html.unescape(found[1])


def _action(page: str) -> str:
    found = re.search(r'<form class="answering-form"[^>]* action="([^"]*)"', page)
    if found is None:
        raise UnansweredError("no form")
    return html.unescape(found[1])


def crowd(
    address: str, number: int, *, at_once: int, twice: bool = False, told: Told | None = None
) -> Told:
    """So many respondents, at most so many of them at the same moment."""
    told = told if told is not None else Told()
    with ThreadPoolExecutor(at_once) as pool:
        for done in [
            pool.submit(respond, address, one, told, twice=twice) for one in range(number)
        ]:
            done.result()
    return told


def compared(stored: Mapping[str, Any], told: Told) -> dict[str, int]:
    """What is stored beside what was confirmed: lost, doubled, mixed."""
    by_who: dict[int, list[dict[str, Any]]] = {}
    mixed = 0
    for response in stored["responses"]:
        answers = response["answers"]
        whose = {value for name, value in answers.items() if name.startswith("number")}
        whose |= {int(v.split()[1]) for n, v in answers.items() if n.startswith("who")}
        mixed += len(whose) > 1
        for one in whose:
            by_who.setdefault(one, []).append(response)
    lost = doubled = 0
    for who, values in told.confirmed.items():
        own = by_who.get(who, [])
        lost += sum(
            1 for name, value in values.items()
            if all(one["answers"].get(name) != value for one in own)
        )  # fmt: skip
        doubled += max(0, len([one for one in own if one["status"] == "sent"]) - 1)
    lost += sum(1 for who in told.sent if not any(
        one["status"] == "sent" for one in by_who.get(who, [])))  # fmt: skip
    return {
        "confirmed": sum(len(values) for values in told.confirmed.values()),
        "stored": stored["rows"],
        "sent": sum(1 for one in stored["responses"] if one["status"] == "sent"),
        "lost": lost,
        "doubled": doubled,
        "mixed": mixed,
    }


class Portal:
    """`contactpoint serve` in a session of its own, so that all of it can be killed at once."""

    def __init__(self, data: Path, database_url: str = "") -> None:
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{key: value for key, value in os.environ.items()
               if not key.startswith("CONTACTPOINT_") and key != "DJANGO_SETTINGS_MODULE"},
            "CONTACTPOINT_ENVIRONMENT": "demo",
            "CONTACTPOINT_DATA": str(data),
            "CONTACTPOINT_DATABASE_URL": database_url,
            "CONTACTPOINT_TRUSTED_PROXIES": "1",
            "CONTACTPOINT_BASE_URL": self.address,
            "CONTACTPOINT_LOG_LEVEL": "ERROR",
        }  # fmt: skip
        self.process: subprocess.Popen[bytes] | None = None

    def make(self, *, is_anonymous: bool = False, quota: int | None = None) -> None:
        """The survey."""
        self.run(MAKE.replace("ANONYMOUS", str(is_anonymous)).replace("QUOTA", str(quota)))

    def stored(self) -> dict[str, Any]:
        """All that is in the database."""
        found: dict[str, Any] = json.loads(self.run(CHECK).strip().splitlines()[-1])
        return found

    def run(self, script: str) -> str:
        """A script within a portal's own `shell`."""
        done = subprocess.run(
            [*_command(), "shell", "-c", script],
            env=self.environment, capture_output=True, text=True, timeout=900, check=False,
        )  # fmt: skip
        if done.returncode:
            raise UnansweredError(done.stdout + done.stderr)
        return done.stdout

    def start(self, workers: int = 2) -> None:
        """Returns once it answers."""
        self.process = subprocess.Popen(
            [*_command(), "serve", "--port", str(self.port), "--workers", str(workers)],
            env=self.environment, stdout=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.2)
        raise UnansweredError("the portal did not come up")

    def kill(self) -> None:
        """All of its processes in one moment, as if somebody had pulled the plug."""
        assert self.process is not None
        for pid in family(self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.kill()

    def cpu(self) -> float:
        """CPU seconds that its processes have used so far."""
        assert self.process is not None
        return cpu_of(family(self.process.pid))


def family(pid: int) -> list[int]:
    """A process, those that it started, and theirs."""
    parents = {one: int(fields[1]) for one, fields in _processes()}
    found = [pid]
    for one in found:  # grows while it is walked
        found += [child for child, parent in parents.items() if parent == one]
    return found


def cpu_of(pids: list[int]) -> float:
    """CPU seconds that these have used so far."""
    known = dict(_processes())
    ticks = sum(int(n) for pid in pids if pid in known for n in known[pid][11:13])
    return ticks / TICKS


def _processes() -> Iterator[tuple[int, list[str]]]:
    """Number, and the fields of `/proc/<pid>/stat` from the state on."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text(encoding="ascii", errors="replace")
        except OSError:  # ended meanwhile
            continue
        yield int(path.parent.name), text.rsplit(")", 1)[-1].split()


@contextmanager
def serving(portal: Portal, workers: int = 2) -> Iterator[Portal]:
    """Runs as long as the block."""
    try:
        portal.start(workers)
        yield portal
    finally:
        portal.stop()


def _command() -> list[str]:
    return [sys.executable, "-m", "contactpoint.config"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
