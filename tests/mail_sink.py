"""A mail server that takes all and counts: a mail is stored when its final dot is read, before the
answer. A process of its own, so that it outlives whoever writes to it.

    python mail_sink.py [FILE]     prints its port; writes down `recipient message-id` a line each
"""

import asyncio
import re
import sys
from typing import IO

_IDENTITY = re.compile(rb"^Message-ID: *(<[^>]*>)", re.MULTILINE | re.IGNORECASE)


class Dialogue(asyncio.Protocol):
    """As little of RFC 5321 as a sender needs."""

    def __init__(self, kept: IO[str]) -> None:
        self._kept, self._left, self._is_content = kept, b"", False
        self._recipient = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._left += data
        while self._content() if self._is_content else self._command():
            pass

    def _content(self) -> bool:
        content, dot, rest = self._left.partition(b"\r\n.\r\n")
        if not dot:
            return False
        found = _IDENTITY.search(content)
        self._kept.write(f"{self._recipient} {found[1].decode() if found else '-'}\n")
        self._kept.flush()
        self._left, self._is_content = rest, False
        self._transport.write(b"250 2.0.0 taken\r\n")
        return True

    def _command(self) -> bool:
        line, end, rest = self._left.partition(b"\r\n")
        if not end:
            return False
        self._left = rest
        word = line[:4].upper()
        if word == b"RCPT":
            self._recipient = line.partition(b"<")[2].partition(b">")[0].decode()
        if word == b"DATA":
            self._is_content = True
        self._transport.write(
            {
                b"EHLO": b"250-sink\r\n250 8BITMIME\r\n",
                b"DATA": b"354 go on\r\n",
                b"QUIT": b"221 bye\r\n",
            }.get(word, b"250 ok\r\n")
        )
        if word == b"QUIT":
            self._transport.close()
        return True


async def serve(path: str) -> None:
    """Until the process is stopped."""
    with open(path, "a", encoding="ascii") as kept:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Dialogue(kept), "127.0.0.1", 0)
        sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
        sys.stdout.flush()
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
