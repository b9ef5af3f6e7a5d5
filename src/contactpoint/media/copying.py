"""Takes stored files from one storage to another, as when a site moves into a bucket or out of it.

A file that is there already is compared, byte by byte where its mark doesn't tell, and left as it
is; so a copy can be stopped and begun again. What differs under one name is said and not touched.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.core.files import File
from django.core.files.storage import Storage

_CHUNK: Final = 1024 * 1024
_MD5: Final = re.compile(r"[0-9a-f]{32}")


class Outcome(StrEnum):
    """Of one file."""

    COPIED = "copied"
    THERE = "there already"
    DIFFERS = "another file has this name there"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of a file; `problem` says why it failed."""

    name: str
    outcome: Outcome
    size: int = 0
    problem: str = ""


def names(storage: Storage, folder: str = "") -> Iterator[str]:
    """All files below a folder, in order."""
    folders, files = storage.listdir(folder)
    begin = f"{folder}/" if folder else ""
    yield from (f"{begin}{name}" for name in sorted(files))
    for name in sorted(folders):
        yield from names(storage, f"{begin}{name}")


def copy(source: Storage, target: Storage) -> Iterator[Copied]:
    """File by file. Raises nothing: what fails is said, and the next is tried."""
    for name in names(source):
        try:
            yield _copied(name, source, target)
        except OSError as problem:
            yield Copied(name, Outcome.FAILED, problem=str(problem))


def _copied(name: str, source: Storage, target: Storage) -> Copied:
    size = source.size(name)
    if target.exists(name):
        same = target.size(name) == size and _is_same(name, source, target)
        return Copied(name, Outcome.THERE if same else Outcome.DIFFERS, size)
    with source.open(name) as file:
        given = target.save(name, File(file, name))
    if given != name:  # somebody took it meanwhile
        target.delete(given)
        return Copied(name, Outcome.DIFFERS, size)
    if not _is_same(name, source, target):
        target.delete(name)
        return Copied(name, Outcome.FAILED, problem="What arrived is not what was sent.")
    return Copied(name, Outcome.COPIED, size)


def _is_same(name: str, source: Storage, target: Storage) -> bool:
    """By the MD5 that a bucket tells of an object that was sent in one piece, which saves reading
    it; by SHA-256 of both otherwise."""
    for one, other in ((source, target), (target, source)):
        about = getattr(one, "about", None)
        mark = str(about(name)["e_tag"] or "").strip('"') if about is not None else ""
        if _MD5.fullmatch(mark) and _digest(name, other, "md5") == mark:
            return True
    return _digest(name, source) == _digest(name, target)


def _digest(name: str, storage: Storage, algorithm: str = "sha256") -> str:
    digest = hashlib.new(algorithm, usedforsecurity=False)
    with storage.open(name) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
