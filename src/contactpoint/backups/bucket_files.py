"""Files of a restored site go into a bucket: what is missing before, what differs after."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import Storage

from contactpoint.backups.storing import PIECE


def put(folder: Path, storage: Storage, *, replace: bool) -> None:
    """All files of a folder; where the bucket has another under a name, only with `replace`.

    Can be done again at any time. What the bucket has besides stays: no row names it, so nobody is
    given it.
    """
    for name, path in _files(folder):
        if storage.exists(name):
            if _is_same(path, name, storage) or not replace:
                continue
            storage.delete(name)
        with path.open("rb") as file:
            storage.save(name, File(file, name))


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def _is_same(path: Path, name: str, storage: Storage) -> bool:
    if storage.size(name) != path.stat().st_size:
        return False
    with path.open("rb") as one, storage.open(name) as other:
        return _digest(one) == _digest(other)


def _digest(file: Any) -> str:
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()
