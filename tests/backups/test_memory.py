"""However large a file or a table is, its backup takes no more memory to write, seal or read."""

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contactpoint.backups import lines
from contactpoint.backups.container import PIECE, Reader, Writer
from contactpoint.backups.file_target import FileTarget
from contactpoint.backups.sealing import KEY, SealedSource, SealedTarget, Secret

SECRET = Secret(KEY, b"k" * 32)
LARGE = 32 * 1024**2
LITTLE = 4 * 1024**2


@contextmanager
def at_most(size: int) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < size
    finally:
        tracemalloc.stop()


def test_a_large_file_takes_no_more_memory(tmp_path: Path) -> None:
    content = (b"\0" * PIECE for _number in range(LARGE // PIECE))
    with at_most(LITTLE), (tmp_path / "b").open("wb") as file:
        target = SealedTarget(FileTarget(file), SECRET)
        writer = Writer(target)
        writer.add("media/film.mp4", LARGE, content)
        writer.end(b"{}")
        target.end()
    read = 0
    with at_most(LITTLE), (tmp_path / "b").open("rb") as file:
        for member in Reader(SealedSource(file, SECRET)):
            for piece in member.content:
                read += len(piece)
    assert read == LARGE


def test_a_long_table_takes_no_more_memory() -> None:
    rows = (lines.line([number, "x" * 900]) for number in range(30_000))
    counted = 0
    with at_most(8 * LITTLE):  # a part is eight megabytes at most, and is packed
        for part in lines.parts(rows):
            for _line in lines.read([part]):
                counted += 1
    assert counted == 30_000
