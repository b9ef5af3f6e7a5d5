"""A sealed backup: unreadable without its key, and refused wherever it was changed."""

import io
from pathlib import Path

import pytest

from contactpoint.backups import sealing
from contactpoint.backups.opening import _Ahead, unsealed
from contactpoint.backups.refusing import BackupError, DamagedError
from contactpoint.backups.sealing import CHUNK, KEY, SealedSource, SealedTarget, Secret

SECRET = Secret(KEY, b"k" * 32)
HEAD, SEALED = 26, CHUNK + 16


class Memory(io.BytesIO):
    def cut(self) -> None: ...


def sealed(content: bytes, secret: Secret = SECRET) -> bytes:
    target = Memory()
    writer = SealedTarget(target, secret)
    for at in range(0, len(content), 10_000):
        writer.write(content[at : at + 10_000])
    writer.end()
    return target.getvalue()


def read(data: bytes, secret: Secret | None = SECRET) -> bytes:
    source = SealedSource(io.BytesIO(data), secret)
    found = b""
    while piece := source.read(7_777):
        found += piece
    return found


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5])
def test_what_was_sealed_is_read(size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    data = sealed(content[:size])
    assert read(data) == content[:size]
    assert content[:8] not in data[HEAD:]


def test_the_same_is_sealed_otherwise_each_time() -> None:
    assert sealed(b"the same") != sealed(b"the same")


@pytest.mark.parametrize(
    "end",
    [0, 5, HEAD - 1, HEAD, HEAD + 1, HEAD + 15, HEAD + SEALED - 1, HEAD + SEALED,
     HEAD + SEALED + 1, HEAD + 2 * SEALED, HEAD + 2 * SEALED + 1, -1],
)  # fmt: skip
def test_sealed_and_cut_off_anywhere_is_refused(end: int) -> None:
    data = sealed(b"x" * (3 * CHUNK - 10))
    with pytest.raises(BackupError):
        read(data[:end])


def test_chunks_that_are_moved_doubled_or_left_out_are_refused() -> None:
    data = sealed(b"x" * (3 * CHUNK + 9))
    head, chunks = data[:HEAD], [data[at : at + SEALED] for at in range(HEAD, len(data), SEALED)]
    assert len(chunks) == 4
    for order in ((1, 0, 2, 3), (0, 0, 1, 2, 3), (0, 2, 3), (0, 1, 3), (0, 1, 2), (0, 1, 2, 3, 3)):
        with pytest.raises(BackupError):
            read(head + b"".join(chunks[number] for number in order))


def test_any_changed_byte_is_noticed() -> None:
    data = sealed(b"x" * (CHUNK + 100))
    for place in (*range(HEAD), HEAD, HEAD + 999, HEAD + SEALED - 1, HEAD + SEALED, len(data) - 1):
        changed = bytearray(data)
        changed[place] ^= 4
        with pytest.raises((BackupError, DamagedError)):
            unsealed(_Ahead(io.BytesIO(bytes(changed))), SECRET.packed()).read(3 * CHUNK)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(BackupError, match="not that of this backup"):
        read(sealed(b"x" * 100), Secret(KEY, b"l" * 32))


def test_a_passphrase_opens_whatever_way_its_letters_are_composed() -> None:
    data = sealed(b"x" * 100, sealing.passphrase("d\u00e9j\u00e0 vu deux fois"))
    assert read(data, sealing.passphrase("de\u0301ja\u0300 vu deux fois")) == b"x" * 100
    with pytest.raises(BackupError, match="say --passphrase-file"):
        read(data, None)


def test_a_head_that_asks_for_much_memory_is_refused() -> None:
    data = bytearray(sealed(b"x", sealing.passphrase("twelve letters or more")))
    data[9] = 40
    with pytest.raises(DamagedError):
        read(bytes(data), sealing.passphrase("twelve letters or more"))


def test_an_open_backup_in_the_place_of_a_sealed_one_is_refused() -> None:
    with pytest.raises(BackupError, match="not sealed"):
        unsealed(_Ahead(io.BytesIO(b"begin.json")), SECRET.packed())


def test_keys_that_can_be_guessed_are_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"short")
    with pytest.raises(BackupError, match="too short for a key"):
        sealing.key_of(str(tmp_path / "key"))
    with pytest.raises(BackupError, match="at least 12"):
        sealing.passphrase_of(str(tmp_path / "key"))
    with pytest.raises(BackupError, match="can't be read"):
        sealing.key_of(str(tmp_path / "none"))
