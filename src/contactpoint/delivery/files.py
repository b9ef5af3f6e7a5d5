"""Kept pages as files, which nginx gives without asking anybody.

    FOLDER/now -> g-TOKEN       taken away before a change is committed
    FOLDER/apart -> g-TOKEN     the same, also where it changes only what many write
    FOLDER/g-TOKEN/HEADERS/STRETCH/SCHEME/HOST/PATH/index.html, .gz, .br

What nginx must not give can't be reached: a change takes `now` away in the breath in which its
number is raised (`kit/generations.py`), and only who finds, under the lock of those numbers, that
nothing has changed since their page was begun makes another, which leads to a new, empty folder.
Time is in the path, ten seconds long each, so a page is gone after its time even if nobody is left
to take it away. So are the headers that nginx adds (a digest of them): a configuration that was
written by another version finds nothing.
"""

import fcntl
import hashlib
import logging
import os
import re
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.db import OperationalError

from contactpoint.delivery.headers import HTML, OF_THE_FILE, expected, over_tls, told
from contactpoint.delivery.keeping import Form, Kept, Key
from contactpoint.kit.changes import EVERYTHING
from contactpoint.kit.generations import Generations, place_of

log = logging.getLogger(__name__)

STRETCH: Final = 10
"""Seconds; nginx cuts the last figure off the time, so no other number will do."""
UNTOLD: Final = 0.25
"""Seconds after which it is looked again whether this machine is told of changes."""
MOST: Final = 500
ROOM: Final = 64 * 1024 * 1024
"""Pages, and their bytes, that a process makes files of in one stretch."""
PATH: Final = r"(?:/[A-Za-z0-9_-]{1,200})*/"
"""Addresses of pages as they are sent: no dot, no percent, nothing doubled, no query."""
HOST: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:]{2,39}\]")
NOW: Final = "now"
"""What hangs on no table that is counted apart (`kit/changes.py`); most pages."""
APART: Final = "apart"
"""What hangs on some of them, such as consultations; any change at all takes it away."""
LINKS: Final = (NOW, APART)
_PATH: Final = re.compile(PATH)
_FOLDER: Final = re.compile(r"g-[0-9a-f]{16}")
_ENDS: Final = {"br": ".br", "gzip": ".gz", "": ""}
"""In the order in which they are written: nginx looks for the last first."""


def shape() -> str:
    """Names the headers that nginx adds."""
    said = repr((told(), over_tls()))
    return hashlib.blake2b(said.encode(), digest_size=6).hexdigest()


def names(hosts: Iterable[str]) -> frozenset[str]:
    """The host names for which there are files: those that are told in full."""
    return frozenset(host for host in hosts if HOST.fullmatch(host))


class Fallen:
    """Called before a change is committed, in whichever process: nginx finds nothing any more."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, places: set[int]) -> None:
        """The pages that may hang on what changes."""
        for name in LINKS if place_of(EVERYTHING) in places else (APART,):
            link = self._folder / name
            try:
                link.unlink()
            except FileNotFoundError:
                continue
            except OSError as problem:
                # One of the database's own, for which Django takes the transaction back.
                raise OperationalError(
                    f"{link} can't be taken away, so nothing is changed: {problem.strerror}."
                ) from problem


class Files:
    """The files that this process makes, for all its threads."""

    def __init__(
        self,
        folder: Path,
        generations: Generations,
        hosts: Iterable[str],
        left: Callable[[Kept], float],
        *,
        clock: Callable[[], float] = time.time,
        is_told: Callable[[], bool] | None = None,
    ) -> None:
        """`left` says for how many seconds a page is true; `clock` is that of nginx; `is_told`
        whether changes of other machines would be known here by now."""
        self._is_told = is_told
        self._folder, self._generations, self._left, self._clock = folder, generations, left, clock
        self._hosts, self._shape = names(hosts), shape()
        self._lock = threading.Lock()
        self._stretch, self._pages, self._bytes = 0, 0, 0
        _make(folder)

    def offer(self, key: Key, kept: Kept) -> None:
        """Make files of a page that was asked for again, if it may be one and isn't yet."""
        now = self._clock()
        stretch = int(now) // STRETCH
        if kept.filed >= stretch:
            return
        kept.filed = stretch
        until = (stretch + 1) * STRETCH
        if (
            self._left(kept) < until - now
            or not self._may(key, kept)
            or not self._room(kept, stretch)
        ):
            return
        try:
            self._write(key, kept, stretch)
        except OSError as problem:
            log.warning("A page did not become a file: %s", problem)

    def _may(self, key: Key, kept: Kept) -> bool:
        """Whether nginx would answer as we do."""
        scheme, forwarded, host, path, query = key
        scheme = forwarded or scheme
        if query or host not in self._hosts or not _PATH.fullmatch(path):
            return False
        if scheme not in ("http", "https"):
            return False
        headers = {name.lower(): value for name, value in kept.forms[""].headers}
        own = {name: value for name, value in headers.items() if name not in OF_THE_FILE}
        return headers["content-type"] == HTML and own == expected(path, scheme)

    def _room(self, kept: Kept, stretch: int) -> bool:
        with self._lock:
            if stretch != self._stretch:
                self._stretch, self._pages, self._bytes = stretch, 0, 0
            self._pages += 1
            self._bytes += kept.size
            return self._pages <= MOST and self._bytes <= ROOM

    def _write(self, key: Key, kept: Kept, stretch: int) -> None:
        scheme, forwarded, host, path, _query = key
        folder = self._present(kept)
        if folder is None:
            return
        at = folder / self._shape / str(stretch) / (forwarded or scheme) / host / path.strip("/")
        _make(at)
        for encoding, end in _ENDS.items():
            if encoding in kept.forms:
                _put(at / f"index.html{end}", kept.forms[encoding])

    def _present(self, kept: Kept) -> Path | None:
        """The folder that nginx looks into, if the page is still what would be made now."""
        generations = self._generations
        with generations.alone():
            if self._is_told is not None and not self._is_told():
                return None
            if generations.of(kept.places) != kept.numbers or not generations.settled(kept.places):
                return None
            link = NOW if kept.places == (place_of(EVERYTHING),) else APART
            name = self._linked(link)
            if name is None:
                name = f"g-{secrets.token_hex(8)}"
                _make(self._folder / name)
                (self._folder / link).symlink_to(name)
        return self._folder / name

    def _linked(self, link: str) -> str | None:
        try:
            name = os.readlink(self._folder / link)
        except FileNotFoundError:
            return None
        if not _FOLDER.fullmatch(name):
            raise OSError(f"{self._folder / link} leads to {name}, which is none of ours")
        return name

    def begin(self) -> None:
        """When a process starts: what others left may be of another version."""
        with self._generations.alone():
            for link in LINKS:
                (self._folder / link).unlink(missing_ok=True)
        threading.Thread(target=self._sweep_on, name="sweep-pages", daemon=True).start()
        if self._is_told is not None:
            threading.Thread(target=self._mind_on, name="mind-pages", daemon=True).start()

    def _mind_on(self) -> None:
        while True:
            try:
                self.mind()
            except OSError as problem:
                log.error("Pages that may be old could not be taken from nginx: %s", problem)
            time.sleep(UNTOLD)

    def mind(self) -> None:
        """Let nginx find nothing while nobody here is told what other machines change."""
        if self._is_told is not None and not self._is_told():
            with self._generations.alone():
                for link in LINKS:
                    (self._folder / link).unlink(missing_ok=True)

    def _sweep_on(self) -> None:
        while True:
            try:
                self.sweep()
            except OSError as problem:
                log.warning("Old pages could not be swept: %s", problem)
            time.sleep(STRETCH)

    def sweep(self) -> None:
        """Take away what nginx can't reach any more; one process at a time."""
        with _alone(self._folder / "sweeping.lock") as is_alone:
            if not is_alone:
                return
            with self._generations.alone():
                present = {self._linked(link) for link in LINKS} - {None}
                others = [one for one in self._folder.iterdir()
                          if _FOLDER.fullmatch(one.name) and one.name not in present]  # fmt: skip
            for folder in others:
                shutil.rmtree(folder, ignore_errors=True)
            now = int(self._clock()) // STRETCH
            for folder in (self._folder / str(name) for name in present):
                for stretch in folder.glob("*/*"):
                    if not stretch.name.isdecimal() or not now <= int(stretch.name) <= now + 1:
                        shutil.rmtree(stretch, ignore_errors=True)


def _make(folder: Path) -> None:
    """With all above it that is missing; nginx, another user, reads what is public anyway."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(mode=0o755, exist_ok=True)
        folder.chmod(0o755)


def _put(path: Path, form: Form) -> None:
    """All of it, or nothing; its time is what nginx makes its ETag of."""
    new = path.with_name(f".{secrets.token_hex(8)}")
    try:
        with new.open("wb") as file:
            file.write(form.body[0])
            os.fchmod(file.fileno(), 0o644)
        os.utime(new, (form.stamp, form.stamp))
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Whether no other process is here; a process that dies lets go."""
    with path.open("w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
