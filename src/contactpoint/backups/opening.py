"""Opens a backup for reading, wherever it lies and however it is sealed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contactpoint.backups.container import Source
from contactpoint.backups.pieces import ADDRESS, PiecesSource, repository
from contactpoint.backups.refusing import BackupError
from contactpoint.backups.sealing import MAGIC, SealedSource, unpacked
from contactpoint.media.outage import StorageError


@contextmanager
def opened(file: str, key: str = "") -> Iterator[Source]:
    """A stream of what was written; `key` is a packed secret. Raises BackupError."""
    if file.startswith(ADDRESS):
        with said():
            yield PiecesSource(repository(), file.removeprefix(ADDRESS), unpacked(key))
        return
    try:
        stream = Path(file).open("rb")  # noqa: SIM115 — closed below
    except OSError as problem:
        raise BackupError(f"{file} can't be read: {problem.strerror}.") from problem
    with stream:
        yield unsealed(_Ahead(stream), key)


@contextmanager
def said() -> Iterator[None]:
    """What goes wrong with a bucket, in a sentence."""
    try:
        yield
    except StorageError as problem:
        raise BackupError(str(problem)) from problem


class _Ahead:
    """A stream of which the first bytes may be looked at; what can't be read is said."""

    def __init__(self, stream: Source) -> None:
        self._stream = stream
        self._begun = b""

    def peek(self, size: int) -> bytes:
        """What comes, without taking it."""
        self._begun = self.read(size)
        return self._begun

    def read(self, size: int) -> bytes:
        begun, self._begun = self._begun[:size], self._begun[size:]
        try:
            return begun + self._stream.read(size - len(begun))
        except OSError as problem:
            raise BackupError(f"The backup can't be read: {problem.strerror}.") from problem


def unsealed(stream: _Ahead, key: str) -> Source:
    """Raises BackupError where the key is missing, or is one for a backup that has none."""
    secret = unpacked(key)
    if stream.peek(len(MAGIC)) == MAGIC:
        return SealedSource(stream, secret)
    if secret is not None:
        raise BackupError(
            "The backup is not sealed, but a key was given for it: somebody may have put another "
            "in its place. Leave the key out if you know better. Nothing was touched."
        )
    return stream
