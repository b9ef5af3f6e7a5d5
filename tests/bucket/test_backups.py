"""Backups in a bucket: only what is new is sent, and what was changed there is refused."""

import io
import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import obstore
import pytest
from buckets import BucketServer

from contactpoint.backups import pieces
from contactpoint.backups.container import Reader, Writer
from contactpoint.backups.pieces import PiecesSource, PiecesTarget
from contactpoint.backups.refusing import BackupError
from contactpoint.backups.sealing import KEY, Secret
from contactpoint.media.bucket import BucketStorage

FILM = os.urandom(pieces.LARGEST + 70_000)
SECRET = Secret(KEY, b"k" * 32)
LATER = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def empty(bucket_server: BucketServer) -> Callable[[], BucketStorage]:
    def made() -> BucketStorage:
        folder = f"backups-{os.urandom(4).hex()}"
        return BucketStorage(**bucket_server.options, folder=folder)  # type: ignore[arg-type]

    return made


def send(storage: BucketStorage, *members: tuple[str, bytes], secret: Any = None) -> PiecesTarget:
    target = PiecesTarget(storage, secret)
    writer = Writer(target)
    for name, content in members:
        writer.add(name, len(content), [content])
    writer.end(b"{}")
    target.end()
    return target


def read(storage: BucketStorage, secret: Any = None, name: str = "") -> dict[str, bytes]:
    reader = Reader(PiecesSource(storage, name, secret))
    return {member.name: member.whole(10**9) for member in reader}


@pytest.mark.parametrize("secret", [None, SECRET], ids=["open", "sealed"])
def test_what_is_there_is_not_sent_again(
    empty: Callable[[], BucketStorage], monkeypatch: pytest.MonkeyPatch, secret: Any
) -> None:
    storage = empty()
    first = [("begin.json", b"{}"), ("media/film.mp4", FILM), ("media/a.txt", b"a" * 400)]
    assert send(storage, *first, secret=secret).sent > len(FILM)
    moment = type("datetime", (), {"now": staticmethod(lambda _zone: LATER)})
    monkeypatch.setattr(pieces, "datetime", moment)
    again = send(storage, *first, ("media/b.txt", b"b"), secret=secret)
    assert again.sent < 10_000
    both = pieces.names(storage)
    assert both[-1] == "2030-01-02T030405Z"
    assert len(both) == 2
    assert read(storage, secret) == dict([*first, ("media/b.txt", b"b")])
    assert read(storage, secret, both[0]) == dict(first)


def test_a_backup_that_was_stopped_is_none_and_is_gone_on_with(
    empty: Callable[[], BucketStorage],
) -> None:
    storage = empty()
    target = PiecesTarget(storage, None)
    Writer(target).add("media/film.mp4", len(FILM), [FILM])
    target.cut()
    with pytest.raises(BackupError, match="no backup yet"):
        PiecesSource(storage, "", None)
    assert send(storage, ("media/film.mp4", FILM)).sent < 10_000


def test_a_piece_that_is_another_or_missing_is_refused(
    empty: Callable[[], BucketStorage],
) -> None:
    for secret in (None, SECRET):
        for change in (lambda data: data[:-1] + b"?", lambda _data: None, lambda data: data + b"x"):
            storage = empty()
            send(storage, ("media/a.txt", b"a" * 4000), secret=secret)
            _folders, [name] = storage.listdir("pieces/" + storage.listdir("pieces")[0][0])
            place = f"pieces/{name[:2]}/{name}"
            data = change(storage.open(place).read())
            storage.delete_now(place)
            if data is not None:
                storage.put(place, io.BytesIO(data))
            with pytest.raises(BackupError):
                read(storage, secret)


def test_sealed_pieces_tell_nothing_and_open_with_their_key_alone(
    empty: Callable[[], BucketStorage],
) -> None:
    storage = empty()
    send(storage, ("media/a.txt", b"what somebody wrote " * 300), secret=SECRET)
    for some in obstore.list(storage.store):
        for one in some:
            assert b"somebody" not in storage.open(one["path"]).read()
    with pytest.raises(BackupError, match="give the key"):
        read(storage)
    with pytest.raises(BackupError, match="key is not that of this bucket"):
        read(storage, Secret(KEY, b"l" * 32))
    open_one = empty()
    send(open_one, ("media/a.txt", b"a"))
    with pytest.raises(BackupError, match="not sealed"):
        read(open_one, SECRET)


def test_no_bucket_is_a_sentence(settings: Any) -> None:
    settings.BACKUP_BUCKET = None
    with pytest.raises(BackupError, match="CONTACTPOINT_BACKUP_URL"):
        pieces.repository()
