"""Files in a bucket with S3's interface, in the place of a folder on the disk.

Nobody but the portal is given an address of the bucket: pages name files as they always do, and the
portal gives them after it has asked who may have them. So objects are private, and bear no media
type by which a browser could open one. A name is never given twice, as on the disk: an object is
made only where there is none (`If-None-Match: *`).
"""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from typing import IO, Any, Final
from urllib.parse import urljoin

import obstore
from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, default_storage
from django.utils import timezone
from django.utils.encoding import filepath_to_uri
from obstore.exceptions import (
    AlreadyExistsError,
    BaseError,
    GenericError,
    PermissionDeniedError,
    UnauthenticatedError,
)
from obstore.store import S3Store

from contactpoint.media.bucket_file import PIECE, BucketFile
from contactpoint.media.outage import SilentError, StorageError
from contactpoint.media.waiting import Waiting

log = logging.getLogger(__name__)

AT_ONCE: Final = 8 * 1024**2
"""A larger file is sent in parts of this size, so that it is never in memory as a whole."""
KNOWN_SECONDS: Final = 60.0
MOST_KNOWN: Final = 2_000
_MOST_NAMES: Final = 20
_CONNECT: Final = timedelta(seconds=3)
_ANSWER: Final = timedelta(seconds=60)
_SOON: Final = timedelta(seconds=4)
"""For a little that somebody waits for: one more attempt after that, and no other."""
_GIVE_UP: Final = timedelta(seconds=8)


class BucketStorage(Storage):
    """A folder of a bucket. What fails raises `StorageError`, what isn't there FileNotFoundError.

    Size and time of an object are remembered for a minute, since none is ever another under the
    same name.
    """

    def __init__(
        self,
        *,
        bucket: str,
        keys: tuple[str, str],
        folder: str = "",
        endpoint: str = "",
        region: str = "us-east-1",
        style: str = "path",
    ) -> None:
        self._bucket, self._folder, self._endpoint = bucket, folder, endpoint
        self._region, self._style, self._keys = region, style, keys
        self._stores: dict[tuple[int, bool], S3Store] = {}
        self._waiting = Waiting()
        self._known: dict[str, tuple[float, Any]] = {}

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How a job finds the storage. Wagtail writes this into the job that deletes a file, so no
        key may stand in it."""
        return (f"{__name__}.{configured.__name__}", [], {})

    def __str__(self) -> str:
        folder = f"/{self._folder}" if self._folder else ""
        return f"{self._bucket}{folder} at {self._endpoint or 'Amazon S3'}"

    @property
    def store(self) -> S3Store:
        """The connection, each process its own: a fork can't go on with its parent's."""
        return self._store()

    def _store(self, *, is_soon: bool = False) -> S3Store:
        process = os.getpid()
        if (process, is_soon) not in self._stores:
            kept = {key: store for key, store in self._stores.items() if key[0] == process}
            self._stores = kept | {(process, is_soon): self._connected(is_soon=is_soon)}
        return self._stores[process, is_soon]

    @property
    def stranger(self) -> S3Store:
        """Whoever has no key, to see what they are given."""
        return self._connected(skip_signature=True)

    def _connected(self, *, is_soon: bool = False, **how: Any) -> S3Store:
        there: dict[str, Any] = {"endpoint": self._endpoint} if self._endpoint else {}
        known = {"access_key_id": self._keys[0], "secret_access_key": self._keys[1]}
        return S3Store(
            self._bucket,
            prefix=self._folder or None,
            region=self._region,
            virtual_hosted_style_request=self._style == "host",
            client_options={
                "allow_http": self._endpoint.startswith("http://"),
                "connect_timeout": _CONNECT,
                "timeout": _SOON if is_soon else _ANSWER,
            },
            retry_config={
                "max_retries": 1 if is_soon else 2,
                "retry_timeout": _SOON if is_soon else _GIVE_UP,
                "backoff": {
                    "init_backoff": timedelta(milliseconds=100),
                    "max_backoff": timedelta(seconds=1),
                    "base": 2,
                },
            },
            **there,
            **(how or known),
        )

    @cached_property
    def base_url(self) -> str:
        """Of the portal, as for files on the disk."""
        return str(settings.MEDIA_URL)

    def url(self, name: str | None) -> str:
        """Where the portal gives it."""
        return urljoin(self.base_url, filepath_to_uri(name or "").lstrip("/"))

    def exists(self, name: str) -> bool:
        """Whether there is such an object; a folder is none."""
        try:
            self.about(name)
        except FileNotFoundError:
            return False
        return True

    def size(self, name: str) -> int:
        """In bytes."""
        return int(self.about(name)["size"])

    def get_modified_time(self, name: str) -> datetime:
        """When it was stored."""
        moment: datetime = self.about(name)["last_modified"]
        return moment if settings.USE_TZ else timezone.make_naive(moment)

    get_created_time = get_modified_time

    def about(self, name: str) -> Any:
        """Size, time and mark (`e_tag`) of an object."""
        known = self._known.get(name)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        with self._waiting.turn(self), self.asking(name):
            found = obstore.head(self._store(is_soon=True), name)
        self._remember(name, found)
        return found

    def _remember(self, name: str, found: Any) -> None:
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[name] = (time.monotonic() + KNOWN_SECONDS, found)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Names of folders and of files in one; both empty where there is no such folder."""
        with self.asking(path):
            found = obstore.list_with_delimiter(self.store, path.strip("/") or None)
        for one in found["objects"]:
            self._remember(one["path"], one)
        folders = [one.rpartition("/")[2] for one in found["common_prefixes"]]
        return folders, [one["path"].rpartition("/")[2] for one in found["objects"]]

    def delete(self, name: str) -> None:
        """Of what can't be deleted now the worker sees to it later: who deleted it is done."""
        if not name:
            raise ValueError("The name of a file that is deleted can't be empty.")
        try:
            self.delete_now(name)
        except StorageError as problem:
            log.warning("A file is deleted later: %s", problem)
            from contactpoint.media.forgetting import delete_file  # noqa: PLC0415 — models load us

            delete_file.enqueue(name)

    def delete_now(self, name: str) -> None:
        """Nothing where there is none. Raises `StorageError`."""
        self._known.pop(name, None)
        with self.asking(name):
            obstore.delete(self.store, name)

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            raise ValueError(f"{name} can only be read in the bucket; it is written by saving it.")
        return BucketFile(self, name)

    def part(self, name: str, start: int, stop: int, mark: str) -> bytes:
        """Bytes of the object of which `about` told the mark, never of another."""
        options: Any = {"range": (start, stop), "if_match": mark or None}
        store = self._store(is_soon=stop - start <= PIECE)
        try:
            with self._waiting.turn(self), self.asking(name):
                return bytes(obstore.get(store, name, options=options).bytes())
        except OSError:
            self._known.pop(name, None)  # deleted, or even replaced, by another process
            raise

    def _save(self, name: str, content: IO[Any]) -> str:
        """Another name where somebody took this one meanwhile."""
        for _attempt in range(_MOST_NAMES):
            try:
                self.put(name, content)
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name
        raise StorageError(f"No free name was found for {name} in {self}.")

    def put(self, name: str, content: IO[Any]) -> None:
        """The object, whole or not at all. Raises FileExistsError where there is one.

        Of a large one the name is taken first, since parts can't say that there must be none.
        """
        content.seek(0)
        begun = content.read(AT_ONCE)
        with self.asking(name):
            if len(begun) < AT_ONCE:
                obstore.put(self.store, name, _bytes(begun), mode="create")
                return
            obstore.put(self.store, name, b"", mode="create")
        try:
            with self.asking(name):
                parts = _parts(begun, content)
                obstore.put(self.store, name, parts, chunk_size=AT_ONCE, max_concurrency=2)
        except BaseException:
            self.delete(name)
            raise
        finally:
            self._known.pop(name, None)

    @contextmanager
    def asking(self, name: str) -> Iterator[None]:
        """Tells what went wrong in our own words; those of the library hold keys' ids and addresses
        that are long."""
        try:
            yield
        except AlreadyExistsError as error:
            raise FileExistsError(name) from error
        except FileNotFoundError as error:
            if "NoSuchBucket" in str(error):
                raise StorageError(f"There is no bucket {self}.") from error
            raise FileNotFoundError(name) from error
        except ValueError as error:
            raise FileNotFoundError(f"{name} is no name of a file") from error
        except (PermissionDeniedError, UnauthenticatedError) as error:
            raise StorageError(f"The keys are refused by {self}.") from error
        except BaseError as error:
            if "NoSuchBucket" in str(error):
                raise StorageError(f"There is no bucket {self}.") from error
            kind = SilentError if isinstance(error, GenericError) else StorageError
            raise kind(f"No answer from {self}: {_first_line(error)}") from error


def configured() -> Storage:
    """The storage of files that the settings name."""
    return default_storage


def _bytes(content: bytes | str) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _parts(begun: bytes, content: IO[Any]) -> Iterator[bytes]:
    yield _bytes(begun)
    while part := content.read(AT_ONCE):
        yield _bytes(part)


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0].strip()[:300]
