"""Backups in a bucket, of which only is sent what is not there yet.

What a backup's file would hold is cut into pieces, at places that its content chooses. Each lies
under its digest, once, however many backups hold it; a backup is the list of its pieces, written
last. So a backup that was stopped is none, and what it sent is not sent again.

    pieces/ab/ab12…     a piece
    lists/2026-11-27T063000Z    a backup
    seal                where it is sealed: the salt of its key

Sealed, a piece lies under a digest that only who has the key can make (HMAC-SHA256), so the bucket
can't be asked for a file that somebody knows; it is encrypted by AES-256-GCM under its name.
"""

import hashlib
import hmac
import io
import json
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

import obstore
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from django.conf import settings

from contactpoint.backups.refusing import BackupError, DamagedError
from contactpoint.backups.sealing import Secret, stretched
from contactpoint.media.bucket import BucketStorage

ADDRESS: Final = "bucket:"
LARGEST: Final = 8 * 1024**2
MOST_PIECES: Final = 20_000_000
_NONCE: Final = 12
_LARGEST_LIST: Final = 2 * 1024**3
_SALT: Final = 16
_SEAL: Final = "seal"
_NAME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")

Digest = Callable[[bytes], str]


def repository() -> BucketStorage:
    """The bucket of the settings. Raises BackupError where they name none."""
    options = settings.BACKUP_BUCKET
    if options is None:
        raise BackupError("Set CONTACTPOINT_BACKUP_URL and CONTACTPOINT_BACKUP_KEYS for a bucket.")
    return BucketStorage(**options)


def names(storage: BucketStorage) -> list[str]:
    """Backups that are there, the newest last."""
    _folders, found = storage.listdir("lists")
    return sorted(name for name in found if _NAME.fullmatch(name))


class _Plain:
    """Pieces as they are."""

    def name(self, data: bytes) -> str:
        return hashlib.sha256(data).hexdigest()

    def seal(self, name: str, data: bytes) -> bytes:
        return data

    def open(self, name: str, data: bytes) -> bytes:
        return data


class _Sealed(_Plain):
    """Pieces that say nothing without the key."""

    def __init__(self, secret: Secret, salt: bytes) -> None:
        key = stretched(secret, salt)
        self._names = HKDFExpand(SHA256(), 32, b"names of pieces").derive(key)
        self._cipher = AESGCM(HKDFExpand(SHA256(), 32, b"pieces").derive(key))

    def name(self, data: bytes) -> str:
        return hmac.new(self._names, data, hashlib.sha256).hexdigest()

    def seal(self, name: str, data: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, data, name.encode())

    def open(self, name: str, data: bytes) -> bytes:
        try:
            return self._cipher.decrypt(data[:_NONCE], data[_NONCE:], name.encode())
        except (InvalidTag, ValueError):
            raise BackupError(
                f"{name} can't be opened: the key is not that of this bucket, or it was changed. "
                "Nothing was touched."
            ) from None


def _form(storage: BucketStorage, secret: Secret | None, *, make: bool) -> _Plain:
    is_sealed = storage.exists(_SEAL)
    if secret is None:
        if is_sealed:
            raise BackupError("The backups in the bucket are sealed: give the key.")
        return _Plain()
    if not is_sealed:
        if not make or names(storage):
            raise BackupError(
                "The backups in the bucket are not sealed, but a key was given. Leave it out, or "
                "name another folder of the bucket."
            )
        storage.put(_SEAL, io.BytesIO(os.urandom(_SALT)))
    return _Sealed(secret, _whole(storage, _SEAL, _SALT))


def _whole(storage: BucketStorage, name: str, most: int) -> bytes:
    try:
        with storage.open(name) as file:
            data: bytes = file.read(most + 1)
    except FileNotFoundError:
        raise DamagedError(f"{name} is missing in the bucket.") from None
    if len(data) > most:
        raise DamagedError(f"{name} in the bucket is larger than it may be.")
    return data


class PiecesTarget:
    """Sends what is not there; `end` writes the list."""

    def __init__(self, storage: BucketStorage, secret: Secret | None) -> None:
        self._storage = storage
        self._form = _form(storage, secret, make=True)
        self._there = _there(storage)
        self._held = bytearray()
        self._list: list[list[Any]] = []
        self.sent = self.new = 0

    def write(self, data: bytes) -> None:
        """Held until a piece is full, or `cut`."""
        self._held += data
        while len(self._held) >= LARGEST:
            self._send(bytes(self._held[:LARGEST]))
            del self._held[:LARGEST]

    def cut(self) -> None:
        """A piece ends here."""
        if self._held:
            self._send(bytes(self._held))
            self._held.clear()

    def end(self) -> str:
        """The name of the backup."""
        self.cut()
        name = f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}"
        told = json.dumps({"format": 1, "pieces": self._list}).encode()
        key = f"lists/{name}"
        self._storage.put(key, io.BytesIO(self._form.seal(key, told)))
        return name

    def _send(self, data: bytes) -> None:
        name = self._form.name(data)
        self._list.append([name, len(data)])
        if bytes.fromhex(name) in self._there:
            return
        sealed = self._form.seal(name, data)
        try:
            self._storage.put(_place(name), io.BytesIO(sealed))
        except FileExistsError:  # another backup sent it at this moment
            return
        self._there.add(bytes.fromhex(name))
        self.sent += len(sealed)
        self.new += 1


class PiecesSource:
    """Reads the pieces of a backup one behind the other. Raises DamagedError."""

    def __init__(self, storage: BucketStorage, name: str, secret: Secret | None) -> None:
        self._storage = storage
        self._form = _form(storage, secret, make=False)
        found = names(storage)
        name = name or (found[-1] if found else "")
        if name not in found:
            raise BackupError(
                f"There is no backup {name or 'yet'} in the bucket. `contactpoint backup list` "
                "says which there are."
            )
        self._pieces = iter(pieces_of(storage, name, self._form))
        self._data = b""
        self._place = 0

    def read(self, size: int) -> bytes:
        """Fewer only at the end."""
        parts = []
        while size:
            if self._place == len(self._data):
                if (piece := next(self._pieces, None)) is None:
                    break
                self._fetch(*piece)
                continue
            part = self._data[self._place : self._place + size]
            self._place += len(part)
            size -= len(part)
            parts.append(part)
        return b"".join(parts)

    def _fetch(self, name: str, size: int) -> None:
        data = self._form.open(name, _whole(self._storage, _place(name), LARGEST + 64))
        if len(data) != size or self._form.name(data) != name:
            raise DamagedError(f"the piece {name} in the bucket was changed.")
        self._data, self._place = data, 0


def pieces_of(storage: BucketStorage, name: str, form: _Plain) -> list[list[Any]]:
    """Names and sizes."""
    key = f"lists/{name}"
    try:
        told = json.loads(form.open(key, _whole(storage, key, _LARGEST_LIST)))
        pieces: list[list[Any]] = told["pieces"]
        right = len(pieces) <= MOST_PIECES and all(
            _DIGEST.fullmatch(one) and type(size) is int and 0 < size <= LARGEST
            for one, size in pieces
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        right = False
    if not right:
        raise DamagedError(f"the list {name} in the bucket can't be read.")
    return pieces


def _place(name: str) -> str:
    return f"pieces/{name[:2]}/{name}"


def _there(storage: BucketStorage) -> set[bytes]:
    """Digests of what was sent before, 32 bytes each."""
    found: set[bytes] = set()
    listing = partial(obstore.list, storage.store, prefix="pieces")
    with storage.asking("pieces"):
        for some in listing():
            found.update(
                bytes.fromhex(digest)
                for one in some
                if _DIGEST.fullmatch(digest := one["path"].rpartition("/")[2])
            )
    return found
