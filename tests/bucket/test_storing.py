"""Files in a bucket behave as files on the disk do, and what goes wrong is said in a sentence."""

import io
import threading
from typing import Any

import pytest
from buckets import BucketServer
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from storing_in_bucket import use

from contactpoint.media import bucket as bucket_module
from contactpoint.media.bucket import BucketStorage
from contactpoint.media.outage import StorageError
from contactpoint.media.probing import problems

pytestmark = pytest.mark.xdist_group("bucket")


def test_a_file_is_found_as_it_was_stored(bucket: BucketStorage) -> None:
    name = default_storage.save("images/été 1.png", ContentFile(b"0123456789"))
    assert default_storage.exists(name)
    assert default_storage.size(name) == 10
    assert default_storage.url(name).startswith("/media/images/")
    with default_storage.open(name) as file:
        assert (file.size, file.read(3), file.seek(-2, io.SEEK_END), file.read()) == (
            10, b"012", 8, b"89",
        )  # fmt: skip
        file.close()
        assert file.open().read() == b"0123456789"
    assert default_storage.listdir("") == (["images"], [])
    assert default_storage.listdir("images") == ([], ["été 1.png"])


def test_a_name_is_never_given_twice(bucket: BucketStorage) -> None:
    names = {default_storage.save("a.png", ContentFile(b"%d" % n)) for n in range(3)}
    assert len(names) == 3
    with default_storage.open("a.png") as file:
        assert file.read() == b"0"


def test_two_that_come_at_the_same_moment_get_two_names(
    bucket: BucketStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both had looked, and the name was free."""
    both = threading.Barrier(2, timeout=20)
    monkeypatch.setattr(
        bucket,
        "exists",
        lambda name: False if name == "a.png" else BucketStorage.exists(bucket, name),
    )
    names: list[str] = []

    def save(content: bytes) -> None:
        both.wait()
        names.append(bucket._save("a.png", ContentFile(content)))

    monkeypatch.setattr(bucket, "get_available_name", lambda name: f"other-{threading.get_ident()}")
    threads = [threading.Thread(target=save, args=(bytes([n]) * 10,)) for n in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(names)) == 2
    assert "a.png" in names


def test_an_empty_file_is_one(bucket: BucketStorage) -> None:
    name = default_storage.save("empty", ContentFile(b""))
    with default_storage.open(name) as file:
        assert file.read() == b""


def test_a_large_file_is_sent_and_read_in_parts(
    bucket: BucketStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bytes(range(256)) * 4096 * 18
    name = default_storage.save("media/film.webm", ContentFile(content))
    assert default_storage.size(name) == len(content)
    asked: list[int] = []
    part = bucket.part

    def counted(name: str, start: int, stop: int, mark: str) -> bytes:
        asked.append(stop - start)
        return part(name, start, stop, mark)

    monkeypatch.setattr(bucket, "part", counted)
    with default_storage.open(name) as file:
        file.seek(5_000_000)
        assert file.read(1000) == content[5_000_000:5_001_000]
    assert len(asked) == 1
    assert asked[0] <= 512 * 1024
    with default_storage.open(name) as file:
        assert b"".join(file.chunks()) == content


def test_a_large_file_that_breaks_off_leaves_nothing(bucket: BucketStorage) -> None:
    class Torn(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() >= 2 * bucket_module.AT_ONCE:
                raise OSError("the line is cut")
            return super().read(size)

    with pytest.raises(Exception, match="the line is cut"):
        bucket.put("media/film.webm", Torn(bytes(3 * bucket_module.AT_ONCE)))
    assert not bucket.exists("media/film.webm")


@pytest.mark.parametrize("name", ["nothing", "images/nothing.png", "../up", "a//b", "images"])
def test_what_is_not_there_is_not_found(bucket: BucketStorage, name: str) -> None:
    bucket.put("images/a.png", ContentFile(b"1"))
    assert not bucket.exists(name)
    with pytest.raises(FileNotFoundError):
        bucket._open(name)


def test_a_file_that_was_deleted_is_gone_and_may_be_deleted_again(bucket: BucketStorage) -> None:
    name = default_storage.save("a.png", ContentFile(b"1"))
    assert default_storage.exists(name)
    default_storage.delete(name)
    default_storage.delete(name)
    assert not default_storage.exists(name)


def test_a_file_that_was_replaced_elsewhere_is_never_mixed_with_the_former(
    bucket: BucketStorage, bucket_server: BucketServer
) -> None:
    bucket.put("a", ContentFile(b"former"))
    assert bucket.size("a") == 6
    other = BucketStorage(**bucket_server.options, folder=bucket._folder)  # type: ignore[arg-type]
    other.delete("a")
    other.put("a", ContentFile(b"a longer one"))
    with pytest.raises(StorageError):
        bucket._open("a").read()
    assert bucket._open("a").read() == b"a longer one"


def test_a_store_that_is_away_is_said_soon(away: BucketStorage) -> None:
    for ask in (
        lambda: default_storage.exists("a"),
        lambda: default_storage.save("a", ContentFile(b"1")),
        lambda: default_storage.open("a"),
        lambda: default_storage.listdir(""),
    ):
        with pytest.raises(StorageError, match=r"No answer from files at http://127\.0\.0\.1:1"):
            ask()


def test_wrong_keys_and_no_bucket_are_said_without_the_keys(
    bucket_server: BucketServer, settings: Any
) -> None:
    key, _secret = bucket_server.keys
    use(settings, **bucket_server.options | {"keys": (key, "a-secret-of-nobody")})
    with pytest.raises(StorageError, match="The keys are refused") as refused:
        default_storage.save("a", ContentFile(b"1"))
    assert "a-secret-of-nobody" not in str(refused.value)
    assert key not in str(refused.value)
    use(settings, **bucket_server.options | {"bucket": "nowhere"})
    with pytest.raises(StorageError, match="There is no bucket nowhere"):
        default_storage.save("a", ContentFile(b"1"))


def test_a_bucket_that_does_all_has_no_problems_and_keeps_nothing(bucket: BucketStorage) -> None:
    assert list(problems(bucket)) == []
    assert bucket.listdir("") == ([], [])


def test_a_bucket_that_is_away_or_refuses_is_a_problem(
    bucket_server: BucketServer, away: BucketStorage
) -> None:
    assert "No answer" in " ".join(problems(away))
    wrong = bucket_server.options | {"keys": ("AKIANOBODY0000000000", "secret")}
    assert "keys are refused" in " ".join(problems(BucketStorage(**wrong)))  # type: ignore[arg-type]


def test_a_stranger_who_is_let_in_is_a_problem(
    bucket: BucketStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BucketStorage, "stranger", property(lambda self: self.store))
    assert "Anybody can read" in " ".join(problems(bucket))
