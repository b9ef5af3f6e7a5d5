"""Seals a backup, so that who has the file but not the key can neither read nor change it.

AES-256-GCM in chunks of 64 kB, after STREAM (Hoang, Reyhanitabar, Rogaway, Vizár: Online
Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, 2015) as age has it: the nonce of a
chunk is its number and whether it is the last, so chunks can't be changed, moved, left out or cut
off unnoticed, and each is checked before a byte of it is used. The head is bound to each of them.

    head     8 bytes "CPSEAL1\\n", kind of key, cost of scrypt (a power of two; 0), 16 bytes of salt
    chunks   65,536 bytes each but the last, each with 16 bytes more

The key is that of this file alone: made with its salt from a passphrase by scrypt, or from the
bytes of a key file by HKDF-SHA256.
"""

import base64
import os
import struct
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from contactpoint.backups.container import Source, Target
from contactpoint.backups.refusing import BackupError, DamagedError

MAGIC: Final = b"CPSEAL1\n"
CHUNK: Final = 64 * 1024
_TAG: Final = 16
_SALT: Final = 16
_HEAD: Final = struct.Struct(f">8sBB{_SALT}s")
_COST: Final = 17
"""2^17 rounds of scrypt with blocks of 8: 128 MB and some 0.4 s."""
_COSTS: Final = range(14, 19)
"""What is taken from a file, which could ask for any amount of memory."""
PASSPHRASE: Final = 1
KEY: Final = 2
SHORTEST_PASSPHRASE: Final = 12
SHORTEST_KEY: Final = 32
LARGEST_KEY: Final = 4096


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A passphrase, or the bytes of a key file."""

    kind: int
    given: bytes

    def packed(self) -> str:
        """For another process of ours."""
        return f"{self.kind}:{base64.b64encode(self.given).decode()}"


def unpacked(text: str) -> Secret | None:
    """What `packed` made; None of nothing."""
    kind, _colon, given = text.partition(":")
    return Secret(int(kind), base64.b64decode(given)) if text else None


def passphrase(text: str) -> Secret:
    """Raises BackupError for a short one."""
    if len(text) < SHORTEST_PASSPHRASE:
        raise BackupError(
            f"A passphrase has at least {SHORTEST_PASSPHRASE} characters; five words by chance are "
            "a good one."
        )
    return Secret(PASSPHRASE, unicodedata.normalize("NFC", text).encode())


def passphrase_of(path: str) -> Secret:
    """The first line of a file. Raises BackupError."""
    lines = _content(path).decode(errors="strict").splitlines()
    return passphrase(lines[0] if lines else "")


def key_of(path: str) -> Secret:
    """All bytes of a file. Raises BackupError where they are too few."""
    content = _content(path)
    if len(content) < SHORTEST_KEY:
        raise BackupError(
            f"{path} is too short for a key: make one with `head -c 32 /dev/urandom > {path}`."
        )
    return Secret(KEY, content)


def _content(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST_KEY + 1)
    except OSError as problem:
        raise BackupError(f"{path} can't be read: {problem.strerror}.") from problem
    if len(content) > LARGEST_KEY:
        raise BackupError(f"{path} is too long for a key or a passphrase.")
    return content


def stretched(secret: Secret, salt: bytes, cost: int = _COST) -> bytes:
    """A key of 32 bytes that is another for each salt."""
    if secret.kind == PASSPHRASE:
        return Scrypt(salt=salt, length=32, n=2**cost, r=8, p=1).derive(secret.given)
    derive = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"contactpoint backup")
    return derive.derive(secret.given)


def _cipher(secret: Secret, cost: int, salt: bytes) -> AESGCM:
    return AESGCM(stretched(secret, salt, cost))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


class SealedTarget:
    """Passes on what is written to it, sealed; `end` writes the last chunk."""

    def __init__(self, target: Target, secret: Secret) -> None:
        cost = _COST if secret.kind == PASSPHRASE else 0
        salt = os.urandom(_SALT)
        self._head = _HEAD.pack(MAGIC, secret.kind, cost, salt)
        self._cipher = _cipher(secret, cost, salt)
        self._target = target
        self._held = bytearray()
        self._number = 0
        target.write(self._head)

    def write(self, data: bytes) -> None:
        """Held until a chunk is full, and something follows it."""
        self._held += data
        while len(self._held) > CHUNK:
            self._seal(bytes(self._held[:CHUNK]), is_last=False)
            del self._held[:CHUNK]

    def cut(self) -> None:
        """What is sealed has no places of its own."""

    def end(self) -> None:
        """Without it the file is cut off."""
        self._seal(bytes(self._held), is_last=True)

    def _seal(self, data: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._target.write(self._cipher.encrypt(nonce, data, self._head))
        self._number += 1


class SealedSource:
    """Gives what was sealed. Raises DamagedError where it is not what it was."""

    def __init__(self, source: Source, secret: Secret | None) -> None:
        self._source = source
        self._head = source.read(_HEAD.size)
        if len(self._head) != _HEAD.size:
            raise DamagedError("it ends too early.")
        _magic, kind, cost, salt = _HEAD.unpack(self._head)
        if kind not in (PASSPHRASE, KEY) or (cost not in _COSTS if kind == PASSPHRASE else cost):
            raise DamagedError("the head of its seal was changed.")
        if secret is None or secret.kind != kind:
            raise BackupError(
                "The backup is sealed with a "
                + ("passphrase: say --passphrase-file." if kind == PASSPHRASE else
                   "key file: say --key-file.")
            )  # fmt: skip
        self._cipher = _cipher(secret, cost, salt)
        self._number = 0
        self._plain = b""
        self._place = 0
        self._ahead = source.read(CHUNK + _TAG)
        self._ended = False

    def read(self, size: int) -> bytes:
        """Fewer only at the end, which is the end of what was sealed."""
        parts: list[Any] = []
        while size:
            if self._place == len(self._plain):
                if self._ended:
                    break
                self._open()
                continue
            part = self._plain[self._place : self._place + size]
            self._place += len(part)
            size -= len(part)
            parts.append(part)
        return b"".join(parts)

    def _open(self) -> None:
        chunk, self._ahead = self._ahead, self._source.read(CHUNK + _TAG)
        self._ended = not self._ahead
        try:
            nonce = _nonce(self._number, is_last=self._ended)
            self._plain, self._place = self._cipher.decrypt(nonce, chunk, self._head), 0
        except (InvalidTag, ValueError):
            if self._number == 0:
                raise BackupError(
                    "The key or passphrase is not that of this backup, or its beginning was "
                    "changed. Nothing was touched."
                ) from None
            raise DamagedError("it is cut off, or was changed under its seal.") from None
        self._number += 1
