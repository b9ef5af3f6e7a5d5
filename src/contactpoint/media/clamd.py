"""Asks ClamAV's daemon whether a file is known to do harm, by its own protocol (`INSTREAM`).

The file goes over the socket in pieces, each after its length (four bytes, the highest first); a
length of 0 ends it. The answer is one line: `stream: OK`, `stream: NAME FOUND`, or a sentence that
ends in `ERROR`. See clamd(8) and docs.clamav.net.
"""

import socket
import struct
import time
from typing import IO, Final

Address = tuple[str, int]
"""Path of a socket and 0, or host and port."""

_PIECE: Final = 64 * 1024
_SECONDS: Final = 120.0
_CONNECTING: Final = 3.0
_LONGEST_ANSWER: Final = 4096


class AwayError(OSError):
    """The daemon can't be asked now, hangs up, or talks nonsense: nothing is known of the file."""


class RefusedError(Exception):
    """The daemon will not look at this file, as where it is larger than its own limit."""


def scan(file: IO[bytes], address: Address, *, seconds: float = _SECONDS) -> str:
    """The name of what was found in the file; empty where nothing was.

    Raises `AwayError`, `RefusedError`.
    """
    file.seek(0)
    deadline = time.monotonic() + seconds
    with _connected(address) as line:
        try:
            line.sendall(b"zINSTREAM\0")
            while piece := file.read(_PIECE):
                line.settimeout(_left(deadline))
                line.sendall(struct.pack(">I", len(piece)) + piece)
            line.sendall(struct.pack(">I", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it had enough, and says why
        except OSError as error:
            raise AwayError(f"ClamAV hangs up: {error}") from error
        return _verdict(_answer(line, deadline))


def is_there(address: Address) -> bool:
    """Whether it answers at all."""
    try:
        with _connected(address) as line:
            line.sendall(b"zPING\0")
            return _answer(line, time.monotonic() + _CONNECTING) == "PONG"
    except OSError:
        return False


def _verdict(said: str) -> str:
    if said == "stream: OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removeprefix("stream: ").removesuffix(" FOUND")[:200] or "unknown"
    if said.endswith("ERROR"):
        raise RefusedError(said[:200])
    raise AwayError(f"ClamAV gives no answer that is one: {said[:80]!r}")


def _connected(address: Address) -> socket.socket:
    where, port = address
    family = socket.AF_INET if port else socket.AF_UNIX
    try:
        if port:
            return socket.create_connection((where, port), _CONNECTING)
        line = socket.socket(family, socket.SOCK_STREAM)
        line.settimeout(_CONNECTING)
        line.connect(where)
    except OSError as error:
        raise AwayError(f"ClamAV can't be reached: {error}") from error
    return line


def _answer(line: socket.socket, deadline: float) -> str:
    """Up to the byte 0 that ends it; a line that closes before is no answer."""
    found = bytearray()
    while not found.endswith(b"\0"):
        try:
            line.settimeout(_left(deadline))
            piece = line.recv(_LONGEST_ANSWER)
        except OSError as error:
            raise AwayError(f"ClamAV gives no answer: {error}") from error
        if not piece or len(found) > _LONGEST_ANSWER:
            raise AwayError("ClamAV hangs up before it has answered.")
        found += piece
    return found[:-1].decode("utf-8", "replace").strip()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise AwayError("ClamAV takes too long.")
    return left
