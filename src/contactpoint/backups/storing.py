"""Stored files, in the folder or in a bucket, as a backup takes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.core.files.storage import Storage

from contactpoint.backups.naming import is_file
from contactpoint.backups.refusing import BackupError
from contactpoint.media.copying import names

PIECE: Final = 512 * 1024


@dataclass(frozen=True, slots=True)
class Stored:
    """A file, open; `content` is read once."""

    name: str
    size: int
    content: Iterator[bytes]


def stored(storage: Storage) -> Iterator[Stored]:
    """All that are there; one that is deleted meanwhile is passed over."""
    for name in _names(storage):
        if not is_file(name):
            raise BackupError(
                f"“{name}” can't be the name of a file in a backup; rename that file."
            )
        try:
            size, file = storage.size(name), storage.open(name)
        except FileNotFoundError:
            continue
        except OSError as problem:
            raise _unread(name, problem) from problem
        with file:
            yield Stored(name, size, _pieces(name, file))


def _names(storage: Storage) -> Iterator[str]:
    try:
        storage.listdir("")
    except FileNotFoundError:  # no file was ever stored, so there is no folder
        return
    yield from names(storage)


def _pieces(name: str, file: Any) -> Iterator[bytes]:
    try:
        piece = file.read(PIECE)
        while piece:
            yield piece
            piece = file.read(PIECE)
    except OSError as problem:
        raise _unread(name, problem) from problem


def _unread(name: str, problem: OSError) -> BackupError:
    return BackupError(f"The file {name} can't be read: {problem.strerror or problem}.")
