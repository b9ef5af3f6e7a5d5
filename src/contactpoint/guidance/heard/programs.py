"""The two programs that make sound, run apart: espeak-ng speaks, ffmpeg reads, levels and encodes.

No shell, no environment of ours, nothing of what is spoken among the arguments; bounds on CPU,
memory, what is written, the time by the clock and the length of the answer.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

ESPEAK: Final = "espeak-ng"
FFMPEG: Final = "ffmpeg"
PACKAGES: Final = {ESPEAK: "espeak-ng", FFMPEG: "ffmpeg"}
"""What has to be installed on Debian, by program."""
CPU_SECONDS: Final = 30
MEMORY: Final = 1024**3
WAITING_SECONDS: Final = 60
MOST_WRITTEN: Final = 64 * 1024**2
_LIMITED: Final = Path(__file__).with_name("limited.py")


class MissingError(RuntimeError):
    """A program is not installed."""


class RefusedError(RuntimeError):
    """The program ended without what was asked for, or was stopped."""


def missing() -> list[str]:
    """Which of the programs are not there."""
    return [name for name in PACKAGES if shutil.which(name) is None]


def run(
    name: str,
    arguments: Sequence[str],
    given: bytes | IO[bytes],
    *,
    answer: IO[bytes] | None = None,
    also: IO[bytes] | None = None,
) -> tuple[bytes, str]:
    """What the program writes, and what it says beside it; into the file `answer` if one is given.

    `given` is its standard input; a file is really that file, so that it can be read to and fro.
    `also` is one more file that it may write, by its number.
    """
    program = shutil.which(name)
    if program is None:
        raise MissingError(f"{name} is not installed: apt-get install {PACKAGES[name]}")
    bounds = [str(CPU_SECONDS), str(MEMORY), str(MOST_WRITTEN)]
    try:
        done = subprocess.run(  # noqa: S603 — no shell; the program is one of two
            [sys.executable, "-I", "-S", str(_LIMITED), *bounds, program, *arguments],
            input=given if isinstance(given, bytes) else None,
            stdin=None if isinstance(given, bytes) else given,
            stdout=subprocess.PIPE if answer is None else answer,
            stderr=subprocess.PIPE,
            env={"LC_ALL": "C.UTF-8", "HOME": "/nonexistent"},
            pass_fds=() if also is None else (also.fileno(),),
            timeout=WAITING_SECONDS,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired as error:
        raise RefusedError(f"{name} did not end in {WAITING_SECONDS} s") from error
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode:
        raise RefusedError(f"{name} ended with {done.returncode}: {said.strip()[-300:]}")
    return done.stdout or b"", said
