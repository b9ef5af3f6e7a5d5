"""Load by wrk: what readers wait, and how busy the machine was with other things before."""

import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from delivered.servers import Server

READERS: Final = 4
BROWSER: Final = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
QUIET: Final = 0.1
"""Of all CPUs; beyond it others were at work."""
_UNITS: Final = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Figures:
    """Of one run against one address."""

    requests: int
    per_second: float
    cpu_ms: float
    p50_ms: float
    p99_ms: float


class NotAnsweredError(Exception):
    """A run in which a request got no page says nothing."""


def run(server: Server, path: str, seconds: int) -> Figures:
    """As many requests as four readers get answered, one after the other."""
    program = shutil.which("wrk")
    if program is None:
        raise FileNotFoundError("wrk is missing: `apt-get install wrk`.")
    before = server.cpu()
    said = subprocess.run(
        [program, "-t1", f"-c{READERS}", f"-d{seconds}s", "--timeout", "20s", "--latency",
         "-H", "Host: localhost", "-H", "Accept-Encoding: gzip, br", "-H", "Accept-Language: en",
         "-H", f"User-Agent: {BROWSER}", f"http://127.0.0.1:{server.port}{path}"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return read(said, server.cpu() - before)


def read(said: str, spent: float) -> Figures:
    """What wrk says, and the CPU seconds that the server spent meanwhile."""
    if "Non-2xx" in said or "Socket errors" in said:
        raise NotAnsweredError(said)
    requests = int(_found(r"(\d+) requests in", said))
    return Figures(
        requests, float(_found(r"Requests/sec:\s+([\d.]+)", said)),
        1000 * spent / max(requests, 1), _milliseconds("50%", said), _milliseconds("99%", said),
    )  # fmt: skip


def _found(pattern: str, said: str) -> str:
    found = re.search(pattern, said)
    if found is None:
        raise NotAnsweredError(said)
    return found[1]


def _milliseconds(which: str, said: str) -> float:
    number, unit = re.fullmatch(
        r"([\d.]+)(\w+)", _found(rf"\s{which}\s+([\d.]+\w+)", said)
    ).groups()  # type: ignore[union-attr]
    return float(number) * _UNITS[unit]


@dataclass(frozen=True)
class Others:
    """What else the machine does: load average of a minute, and the share of its CPUs in use."""

    load: float
    busy: float

    @property
    def is_quiet(self) -> bool:
        """Whether figures of time, not of CPU time alone, mean something."""
        return self.busy < QUIET


def others(seconds: float = 1.5) -> Others:
    """Looked at while nothing of ours runs."""
    before = _times()
    time.sleep(seconds)
    after = _times()
    spent = [later - earlier for earlier, later in zip(before, after, strict=True)]
    idle = spent[3] + spent[4]
    return Others(os.getloadavg()[0], round(1 - idle / max(sum(spent), 1), 2))


def _times() -> list[int]:
    first = Path("/proc/stat").read_text().splitlines()[0]
    return [int(one) for one in first.split()[1:9]]
