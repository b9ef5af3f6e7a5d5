"""How far it is: a line that is written over on a terminal, else one now and then."""

import sys
import time
from typing import Final, Protocol, TextIO

_OFTEN: Final = 0.5
_SELDOM: Final = 15.0


class Progress(Protocol):
    """Is told what is being done, and how many bytes of it."""

    def __call__(self, what: str, done: int, /) -> None: ...


class Shown:
    """On the standard error."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._last = time.monotonic()
        self._width = 0

    def __call__(self, what: str, done: int) -> None:
        now = time.monotonic()
        if now - self._last < (_OFTEN if self._live else _SELDOM):
            return
        self._last = now
        text = f"{what}: {size(done)}"
        if self._live:
            self._stream.write("\r" + text.ljust(self._width))
            self._width = len(text)
        else:
            self._stream.write(text + "\n")
        self._stream.flush()

    def end(self) -> None:
        """The line is taken away."""
        if self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0


def unheard(what: str, done: int) -> None:
    """For who wants to hear nothing."""


def size(number: int) -> str:
    """Bytes in the unit that tells it."""
    amount = float(number)
    for unit in ("bytes", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"
