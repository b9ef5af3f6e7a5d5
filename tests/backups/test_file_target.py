"""A file of a backup is there whole or not at all."""

from pathlib import Path

import pytest
from full_disk import full_disk

from contactpoint.backups.file_target import new_file
from contactpoint.backups.refusing import BackupError


def fill(path: Path, *pieces: bytes, stopped: bool = False) -> None:
    with new_file(path, replace=True) as target:
        for piece in pieces:
            target.write(piece)
        if stopped:
            raise KeyboardInterrupt


def test_a_full_disk_leaves_nothing_and_is_said(tmp_path: Path) -> None:
    with full_disk(100_000), pytest.raises(BackupError, match="can't be written"):
        fill(tmp_path / "b", *[b"x" * 100_000] * 40)
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "b"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        fill(path, b"new", stopped=True)
    assert path.read_bytes() == b"old"
    fill(path, b"new")
    assert path.read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["b"]
