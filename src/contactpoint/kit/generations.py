"""How often what readers see was changed: numbers in a file that every process of a machine maps.

A process that keeps something made from the database notes the numbers before it begins to make
it, and looks at them again whenever it uses it: two reads of memory, no query, no message. Whoever
commits a change raises the number of changes that have begun just before, and that of those which
are done just after. While the two differ, nobody knows whether what they read is old or new, so
nothing is kept, nor taken from what is kept. Where a process died between, others go on after
`LONGEST`, with everything dropped.

Numbers are only compared for being the same, and two groups may share a place: then a little more
is made anew than need be.
"""

import fcntl
import hashlib
import mmap
import os
import secrets
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Final

PLACES: Final = 256
LONGEST: Final = 20.0
"""Seconds that a commit may take; who takes longer counts as dead."""
_WIDTH: Final = 8
_BEGUN, _DONE, _SINCE = 0, PLACES, 2 * PLACES
_SIZE: Final = 3 * PLACES * _WIDTH
SETTLING: Final = 0.5
"""Seconds after a change in which other things that processes keep in memory may still be old."""

Begin = Callable[[set[int]], None]


def place_of(group: str) -> int:
    """Where a group's numbers stand; 0 is the place of everybody's."""
    return 1 + zlib.crc32(group.encode()) % (PLACES - 1)


class Generations:
    """The numbers in the file at `path`, which is made where it is missing."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if os.fstat(self._file).st_size < _SIZE:
            os.ftruncate(self._file, _SIZE)
        self._map = mmap.mmap(self._file, _SIZE)
        self._numbers = memoryview(self._map).cast("q")
        self._lock = threading.Lock()
        self.at_begin: list[Begin] = []
        """Called with the places of each change, within the lock, before it counts as begun."""

    def total(self) -> int:
        """Changes of any group that have begun; -1 while one is being committed."""
        numbers = self._numbers
        begun = numbers[_BEGUN]
        return begun if begun == numbers[_DONE] else self._healed()

    def of(self, places: Iterable[int]) -> tuple[int, ...]:
        """The numbers of the groups at `places`."""
        numbers = self._numbers
        return tuple(numbers[_BEGUN + place] for place in places)

    def all(self) -> tuple[int, ...]:
        """The numbers of all groups, by place."""
        return tuple(self._numbers[_BEGUN : _BEGUN + PLACES])

    def settled(self, places: Iterable[int]) -> bool:
        """Whether the last change at `places` is old enough to be known everywhere."""
        numbers, now = self._numbers, time.time() * 1000
        return all(
            numbers[_BEGUN + place] == numbers[_DONE + place]
            and abs(now - numbers[_SINCE + place]) > SETTLING * 1000
            for place in places
        )

    @contextmanager
    def change(self, groups: Iterable[str]) -> Iterator[None]:
        """Around a commit that changes what the groups name."""
        places = {0, *map(place_of, groups)}
        self._raise(_BEGUN, places)
        try:
            yield
        finally:
            self._raise(_DONE, places)

    def changed(self, groups: Iterable[str]) -> None:
        """What the groups name is another thing now."""
        with self.change(groups):
            pass

    def drop(self) -> None:
        """Anything may have changed."""
        everywhere = set(range(PLACES))
        self._raise(_BEGUN, everywhere)
        self._raise(_DONE, everywhere)

    @cached_property
    def machine(self) -> str:
        """Names those who map this file, and nobody else: a file of one running system.

        Written nowhere, since a folder or a whole machine may be copied.
        """
        file, boot = os.fstat(self._file), Path("/proc/sys/kernel/random/boot_id")
        system = boot.read_text("ascii").strip() if boot.exists() else secrets.token_hex(8)
        named = f"{system} {file.st_dev} {file.st_ino}"
        return hashlib.blake2b(named.encode(), digest_size=8).hexdigest()

    def close(self) -> None:
        """Lets go of the file."""
        self._numbers.release()
        self._map.close()
        os.close(self._file)

    def _raise(self, base: int, places: set[int]) -> None:
        with self.alone():
            for begin in self.at_begin if base == _BEGUN else ():
                begin(places)
            now = int(time.time() * 1000)
            for place in places:
                self._numbers[base + place] += 1
                self._numbers[_SINCE + place] = now

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No change begins or ends meanwhile, in whichever process; one that dies lets go."""
        with self._lock:
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)

    def _healed(self) -> int:
        """Somebody commits; where that began too long ago, they died, and it may be done or not."""
        numbers = self._numbers
        if abs(time.time() - numbers[_SINCE] / 1000) < LONGEST:
            return -1
        with self.alone():
            if abs(time.time() - numbers[_SINCE] / 1000) < LONGEST:
                return -1
            for place in range(PLACES):
                numbers[_BEGUN + place] += 1
                numbers[_DONE + place] = numbers[_BEGUN + place]
                numbers[_SINCE + place] = int(time.time() * 1000)
            return numbers[_BEGUN]
