"""What is worked out from many rows, held in a process until something changes.

How many items each choice of a list has can only be known by going through the list, which takes
longer the more there are. Between two changes it stays the same for every reader. So a web process
that keeps pages holds it too, by the same numbers (`kit/generations.py`), and what a reader waits
for no longer grows with the portal: only the first one after a change waits for the work.

Anywhere else (commands, the worker, portals that keep no pages) nobody tells of changes, so all is
worked out each time. Only what is made of tables that count as one (`changes.EVERYTHING`) may be
held, and nobody may change what they are given.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from contactpoint.kit.changes import EVERYTHING, generations
from contactpoint.kit.generations import Generations, place_of
from contactpoint.kit.visibility import next_by_itself

Value = TypeVar("Value", bound=Sized)
Until = Callable[[datetime], datetime | None]
"""The next moment after another at which something changes by itself; None where nothing does."""
ROOM: Final = 4_000_000
"""Things that a process holds at most: the numbers of pages in some lists, mostly, 8 bytes each."""
LEAST: Final = 200
"""What anything counts for that is held, however small."""
WAIT: Final = 5.0
"""Seconds that others wait for the thread that works it out; then they do it themselves."""
_PLACES: Final = (place_of(EVERYTHING),)


@dataclass(frozen=True, slots=True)
class _Held:
    value: Any
    numbers: tuple[int, ...]
    until: datetime
    size: int


class Holding:
    """What one process holds, for all its threads; what was used longest ago goes first."""

    def __init__(
        self,
        generations: Generations,
        *,
        is_told: Callable[[], bool] | None = None,
        clock: Callable[[], datetime] = timezone.now,
    ) -> None:
        """`is_told` says whether changes of other machines would be known here by now."""
        self._generations, self._is_told, self._clock = generations, is_told, clock
        self._held: OrderedDict[Hashable, _Held] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        self._size = 0

    def get(self, key: Hashable, make: Callable[[], Value], until: Until | None = None) -> Value:
        """The value that `make` would give now."""
        found = self._find(key)
        if found is not None:
            return cast(Value, found.value)
        with self._alone(key):
            found = self._find(key)
            if found is not None:
                return cast(Value, found.value)
            numbers, moment = self._numbers(), self._clock()
            value = make()
            if numbers is not None and self._is_known():
                ends = [next_by_itself(moment), until(moment) if until else None]
                end = min(one for one in ends if one is not None)
                if self._numbers() == numbers:
                    self._put(key, _Held(value, numbers, end, max(LEAST, len(value))))
            return value

    def _find(self, key: Hashable) -> _Held | None:
        found = self._held.get(key)
        if found is None or found.until <= self._clock() or not self._is_known():
            return None
        if found.numbers != self._numbers():
            return None
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
        return found

    def _is_known(self) -> bool:
        return self._is_told is None or self._is_told()

    def _numbers(self) -> tuple[int, ...] | None:
        """None while something is being committed: nobody knows what they read then."""
        if self._generations.total() < 0:
            return None
        return self._generations.of(_PLACES)

    def _put(self, key: Hashable, held: _Held) -> None:
        with self._lock:
            self._forget(key)
            self._held[key] = held
            self._size += held.size
            while self._size > ROOM:
                self._forget(next(iter(self._held)))

    def _forget(self, key: Hashable) -> None:
        gone = self._held.pop(key, None)
        if gone is not None:
            self._size -= gone.size

    @contextmanager
    def _alone(self, key: Hashable) -> Iterator[None]:
        """One thread makes a value; others wait for it, and look again."""
        with self._lock:
            lock = self._making.setdefault(key, threading.Lock())
        is_first = lock.acquire(timeout=WAIT)
        try:
            yield
        finally:
            if is_first:
                lock.release()
            with self._lock:
                if not lock.locked():
                    self._making.pop(key, None)


_holding: list[Holding] = []


def begin(is_told: Callable[[], bool] | None = None) -> None:
    """Hold from here on; for web processes in which every change is told."""
    _holding[:] = [Holding(generations(), is_told=is_told)]


def end() -> None:
    """Hold nothing any more."""
    _holding.clear()


def is_holding() -> bool:
    """Whether it is worth while to work out more than is asked for now."""
    return bool(_holding) and not _in_transaction()


def _in_transaction() -> bool:
    """There one sees what others don't, and what may never be true."""
    return bool(connections[DEFAULT_DB_ALIAS].in_atomic_block)


def held(key: Hashable, make: Callable[[], Value], until: Until | None = None) -> Value:
    """What `make` gives, as long as nothing changes; `key` names all that it is made by, but for
    the moment. What hangs on the moment may change at midnight, as a page expires, and at the
    moment that `until` tells, and at no other time."""
    return _holding[0].get(key, make, until) if is_holding() else make()
