"""Where indexes lie: a folder each, and a file `current` that names the one that is searched.

The file is replaced, never written in place: a reader sees the old name or the new one.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from contactpoint.search.engines.base import EngineError, UnavailableError, checked_name

MEND: Final = "Build one with `contactpoint index rebuild`."
META: Final = "meta.json"
_SUSPECTED: Final = "suspected"
_DAMAGED: Final = "damaged"
_REMOVED: Final = ".removed-"


class Folders:
    """The indexes in a folder; the folder is made when the first index is."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pointer = root / "current"

    def path(self, name: str) -> Path:
        """The folder of an index, whether it is there or not."""
        return self.root / checked_name(name)

    def existing(self, name: str) -> Path:
        """The folder of an index that is there."""
        path = self.path(name)
        if not (path / META).is_file():
            raise EngineError(f"There is no index {name!r}.")
        return path

    def names(self) -> list[str]:
        """Of all indexes, sorted."""
        return sorted(path.parent.name for path in self.root.glob(f"[a-z0-9]*/{META}"))

    def current(self) -> str | None:
        """The name of the index that is searched; None where none was ever chosen."""
        try:
            name = self.pointer.read_text(encoding="ascii").strip()
            return checked_name(name)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as problem:
            raise UnavailableError(f"{self.pointer} can't be read. {MEND}") from problem

    def point(self, name: str) -> None:
        """Choose what is searched; lasts through a loss of power."""
        beside = self.pointer.with_name(f".current-{os.getpid()}")
        with beside.open("w", encoding="ascii") as file:
            file.write(f"{name}\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.pointer)
        descriptor = os.open(self.root, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def remove(self, name: str) -> None:
        """Take an index away at once, then its files; also what an earlier removal left behind."""
        path = self.path(name)
        if path.is_dir():
            path.rename(self.root / f"{_REMOVED}{name}-{os.getpid()}-{os.urandom(4).hex()}")
        for left in self.root.glob(f"{_REMOVED}*"):
            shutil.rmtree(left, ignore_errors=True)

    def suspect(self, name: str) -> bool:
        """Write down that a question met damage; whether that is news."""
        path = self.path(name) / _SUSPECTED
        try:
            path.touch(exist_ok=False)
        except OSError:  # known, or gone, or nothing can be written here
            return False
        return True

    def is_suspected(self, name: str) -> bool:
        """Whether a question met damage since the index was cleared."""
        return (self.path(name) / _SUSPECTED).exists()

    def clear(self, name: str) -> None:
        """Suspect an index no more."""
        with suppress(OSError):
            (self.path(name) / _SUSPECTED).unlink()

    def condemn(self, name: str, problem: str) -> None:
        """Let nobody search an index any more; who has it open looks at its list of parts."""
        path = self.path(name)
        (path / _DAMAGED).write_text(problem, encoding="utf-8")
        os.utime(path / META)

    def problem(self, name: str) -> str:
        """Why an index must not be searched; empty where it may."""
        try:
            return (self.path(name) / _DAMAGED).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""

    def size(self, name: str) -> int:
        """Bytes on disk; a file that a merge takes away meanwhile counts nothing."""
        total = 0
        for path in self.path(name).glob("*"):
            with suppress(OSError):
                total += path.stat().st_size
        return total
