"""The pages that a process keeps: bytes by address, with what they were made from.

A page is taken from here only while nothing that it was made from has changed, and for `LONGEST`
at most, since what it says may hang on the time of day; not for so long where it is known when
something changes by itself (`ending.py`). Both are looked at on each use; so nothing
has to be dropped in time, and what isn't asked for any more goes when room is needed.
"""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from contactpoint.kit.generations import Generations

LONGEST: Final = 60.0
"""Seconds; a page tells of today, of events to come and of what is open until a time."""
ROOM: Final = 64 * 1024 * 1024
"""Bytes that a process keeps at most, without what Python needs around them."""
LARGEST: Final = 2 * 1024 * 1024
WAIT: Final = 5.0
"""Seconds that others wait for the one that makes a page; then they make it themselves."""

Key = tuple[str, str, str, str, str]
"""Scheme, forwarded scheme, host, path and query."""
Headers = list[tuple[str, str]]


@dataclass(slots=True)
class Form:
    """One encoding of a page, with the headers that go with it."""

    body: list[bytes]
    headers: Headers
    unchanged: Headers
    etag: str
    stamp: int
    """A digest of the bytes, as a time that a file may have."""


@dataclass(slots=True)
class Kept:
    """A page in each encoding; `total` is the number of all changes when it was last looked at."""

    forms: dict[str, Form]
    places: tuple[int, ...]
    numbers: tuple[int, ...]
    total: int
    until: float
    size: int
    made: float
    page: int | None = None
    """The number of the page, for counting how often it is read."""
    asked: int = 0
    """How often it was asked for; what is made anew begins with half."""
    filed: int = 0
    """The last stretch of time for which it is a file."""
    is_cut: bool = False
    """Whether its time ends because something changes by itself then: nobody gets it later."""


class Keep:
    """The kept pages of a process, for all its threads."""

    def __init__(
        self,
        generations: Generations,
        *,
        clock: Callable[[], float] = time.monotonic,
        is_told: Callable[[], bool] | None = None,
        ending: Callable[[], float] | None = None,
    ) -> None:
        """`is_told` says whether changes of other machines would be known here by now; `ending` for
        how many seconds from now nothing changes by itself."""
        self.generations = generations
        self._ending = ending
        self._is_told = is_told
        self._clock = clock
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._making: dict[Key, threading.Event] = {}
        self._lock = threading.Lock()
        self._size = 0

    def find(self, key: Key, *, late: bool = False, untold: bool = False) -> Kept | None:
        """The page as it would be made now, if it is kept; `late` also beyond its time, unless it
        has changed by itself, `untold` also where another machine may have changed it."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        if kept.until < self._clock() and (not late or (kept.is_cut and not untold)):
            return None
        if self._is_told is not None and not untold and not self._is_told():
            return None
        total = self.generations.total()
        if kept.total == total:
            return kept
        if total < 0 or self.generations.of(kept.places) != kept.numbers:
            return None
        kept.total = total
        return kept

    def ends(self) -> float:
        """Until when a page that is begun now is true at most, unless something is changed."""
        return self._clock() + self._ending() if self._ending is not None else math.inf

    def begin(self, key: Key) -> bool:
        """Whether the caller is the one to make the page."""
        with self._lock:
            if key in self._making:
                return False
            self._making[key] = threading.Event()
            return True

    def wait(self, key: Key) -> None:
        """Until whoever makes the page has done so, or for some seconds."""
        making = self._making.get(key)
        if making is not None:
            making.wait(WAIT)

    def end(self, key: Key) -> None:
        """The page is made, or can't be."""
        with self._lock:
            making = self._making.pop(key, None)
        if making is not None:
            making.set()

    def put(self, key: Key, kept: Kept) -> bool:
        """Keep a page; False where something changed since it was begun, or a moment before."""
        generations = self.generations
        if (
            kept.total < 0
            or kept.size > LARGEST
            or generations.of(kept.places) != kept.numbers
            or not generations.settled(kept.places)
        ):
            return False
        with self._lock:
            before = self._kept.get(key)
            if before is not None:
                kept.asked = before.asked // 2
            self._forget(key)
            self._kept[key] = kept
            self._size += kept.size
            while self._size > ROOM:
                self._forget(next(iter(self._kept)))
        return True

    def left(self, kept: Kept) -> float:
        """Seconds for which a page may still be given."""
        return kept.until - self._clock()

    def wanted(self, least: int, soon: float) -> list[Key]:
        """Addresses asked for at least so often whose page is none any more, or not for longer than
        `soon` seconds; those that are asked for most stand first. Before something changes by
        itself there is nothing else to be made."""
        total = self.generations.total()
        with self._lock:
            found = [
                (kept.asked, key)
                for key, kept in self._kept.items()
                if kept.asked >= least
                and (
                    self.left(kept) < (0 if kept.is_cut else soon) or not self._is_true(kept, total)
                )
            ]
        return [key for _asked, key in sorted(found, reverse=True)]

    def _is_true(self, kept: Kept, total: int) -> bool:
        return kept.total == total or self.generations.of(kept.places) == kept.numbers

    def keys(self) -> list[Key]:
        """The addresses that are kept, oldest first."""
        with self._lock:
            return list(self._kept)

    def _forget(self, key: Key) -> None:
        gone = self._kept.pop(key, None)
        if gone is not None:
            self._size -= gone.size
