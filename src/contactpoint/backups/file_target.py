"""A file that is there once it is whole: written under another name beside it, then renamed."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from contactpoint.backups.refusing import BackupError


class FileTarget:
    """Written through; the disk has it before the name is given."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def write(self, data: bytes) -> None:
        """All of it."""
        self._file.write(data)

    def cut(self) -> None:
        """A file is one piece."""


@contextmanager
def new_file(path: Path, *, replace: bool = False) -> Iterator[FileTarget]:
    """Nothing is left of it where the block does not end well. Raises BackupError.

    Readable by its owner alone: it holds what the database holds.
    """
    if path.exists() and not replace:
        raise BackupError(f"{path} is there already. Choose another name, or say --replace.")
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        _clear(path)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb", buffering=1024 * 1024) as file:
                yield FileTarget(file)
                file.flush()
                os.fsync(file.fileno())
            partial.rename(path)
        except BaseException:
            with contextlib.suppress(OSError):
                partial.unlink()
            raise
        _sync(path.parent)
    except OSError as problem:
        raise BackupError(
            f"{path} can't be written: {problem.strerror or problem}. Nothing was left there."
        ) from problem


def _clear(path: Path) -> None:
    """What a backup to the same name has left that was killed."""
    for left in path.parent.glob(f".{path.name}.*.partial"):
        number = left.name.removeprefix(f".{path.name}.").removesuffix(".partial")
        if number.isdecimal() and not Path(f"/proc/{number}").exists():
            left.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
