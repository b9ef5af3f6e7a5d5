"""Runs a module of ours in a process of its own, so that the file it reads can't hurt this one.

The other side shuts its `door` before it looks at the file. This side bounds what the door can't:
the time by the clock and the length of the answer. The process knows nothing of ours: neither our
environment, which holds secrets, nor an open file.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import IO, Final, cast

_CHUNK: Final = 64 * 1024
# By the kernel: too much CPU (SIGXCPU), or too little memory (SIGKILL).
_STOPPED: Final = (9, 24)


class GivenUpError(Exception):
    """It took more time or memory than it may, or said more."""


class CrashedError(Exception):
    """It ended without an answer, by a fault of its own."""


def run_apart(
    module: str, arguments: Sequence[str], file: IO[bytes], *, waiting: float, most: int
) -> bytes:
    """What `python -m module …` answers to the file on its standard input, which must be real.

    `waiting` is in seconds by the clock, `most` in bytes of answer. Raises `GivenUpError`,
    `CrashedError`; `OSError` where no process can be started.
    """
    deadline = time.monotonic() + waiting
    process = subprocess.Popen(  # noqa: S603 — our own module; what varies are its arguments
        [sys.executable, "-P", "-s", "-m", module, *arguments],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
        start_new_session=True,
    )
    with process:
        try:
            answer = _read(cast(IO[bytes], process.stdout), deadline, most)
            code = process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired as error:
            raise GivenUpError(f"{module} did not end") from error
        finally:
            if process.poll() is None:
                process.kill()
    if code < 0 and -code in _STOPPED:
        raise GivenUpError(f"{module} was stopped by signal {-code}")
    if code:
        raise CrashedError(f"{module} ended with {code}")
    return answer


def _read(pipe: IO[bytes], deadline: float, most: int) -> bytes:
    answer = bytearray()
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        while True:
            if not waiting.select(max(0.0, deadline - time.monotonic())):
                raise GivenUpError("the time is over")
            chunk = os.read(pipe.fileno(), _CHUNK)
            if not chunk:
                return bytes(answer)
            answer += chunk
            if len(answer) > most:
                raise GivenUpError("it says too much")
