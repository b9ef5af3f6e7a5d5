"""A stand-in for ClamAV's daemon that speaks its protocol (`zPING`, `zINSTREAM`) on a real socket,
and finds the one thing that all scanners agree to find: EICAR's test file."""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# In parts, so that no scanner takes this file for it (eicar.org).
EICAR = b"".join(
    [b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$", b"EICAR-STANDARD-", b"ANTIVIRUS-TEST-FILE!", b"$H+H*"]
)
FOUND = "Win.Test.EICAR_HDB-1"


class Daemon(threading.Thread):
    """Serves until `stop`; `manner` is `real`, or one of the ways in which it fails."""

    def __init__(self, where: Path | None = None, most: int = 25 * 2**20) -> None:
        super().__init__(daemon=True)
        self.manner, self.most, self.asked = "real", most, 0
        family = socket.AF_UNIX if where else socket.AF_INET
        self._listening = socket.socket(family, socket.SOCK_STREAM)
        self._listening.bind(str(where) if where else ("127.0.0.1", 0))
        self._listening.listen(8)
        self._listening.settimeout(0.05)
        self._over = False
        self.address = (
            (str(where), 0) if where else ("127.0.0.1", int(self._listening.getsockname()[1]))
        )

    def run(self) -> None:
        """One question after the other."""
        while not self._over:
            try:
                line, _from = self._listening.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            with line:
                line.settimeout(5)
                try:
                    self._answer(line)
                except OSError:
                    continue

    def stop(self) -> None:
        self._over = True
        self.join()
        self._listening.close()

    def _answer(self, line: socket.socket) -> None:
        command = self._until_zero(line)
        if command == b"zPING":
            line.sendall(b"PONG\0")
            return
        assert command == b"zINSTREAM"
        self.asked += 1
        if self.manner == "hangs up":
            return
        content = bytearray()
        while size := struct.unpack(">I", self._exactly(line, 4))[0]:
            content += self._exactly(line, size)
            if len(content) > self.most:
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        if self.manner == "silent":
            time.sleep(2)
            return
        if self.manner == "babbles":
            line.sendall(b"220 mail ESMTP\0")
        elif EICAR in content:
            line.sendall(f"stream: {FOUND} FOUND\0".encode())
        else:
            line.sendall(b"stream: OK\0")

    @staticmethod
    def _until_zero(line: socket.socket) -> bytes:
        found = bytearray()
        while (one := line.recv(1)) not in (b"", b"\0"):
            found += one
        return bytes(found)

    @staticmethod
    def _exactly(line: socket.socket, size: int) -> bytes:
        found = bytearray()
        while len(found) < size:
            piece = line.recv(size - len(found))
            if not piece:
                raise ConnectionError("cut off")
            found += piece
        return bytes(found)


@contextmanager
def listening(where: Path | None = None, most: int = 25 * 2**20) -> Iterator[Daemon]:
    """On a socket of the file system, or on a free port."""
    daemon = Daemon(where, most)
    daemon.start()
    try:
        yield daemon
    finally:
        daemon.stop()
