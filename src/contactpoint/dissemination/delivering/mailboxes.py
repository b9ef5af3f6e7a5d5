"""Where reports of undelivered mail are taken from: a pipe, a file, a folder, a server.

Each gives contents of messages, none longer than a report may be, and forgets which it gave where
that is its way; to read one twice does no harm.
"""

import imaplib
import mailbox
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final
from urllib.parse import unquote, urlsplit

from contactpoint.dissemination.delivering.reports import LARGEST

MOST: Final = 1_000
"""In one reading."""
IMAPS: Final = 993
TIMEOUT: Final = 30.0


class MailboxError(Exception):
    """It can't be read; the text says why, without a password."""


def of_pipe(stream: BinaryIO) -> Iterator[bytes]:
    """One message, as a mail server hands it to a program."""
    yield stream.read(LARGEST)


def of_path(path: Path) -> Iterator[bytes]:
    """A Maildir, of which what is read counts as seen; an mbox, which is left as it is."""
    if (path / "new").is_dir():
        yield from _of_maildir(path)
    elif path.is_file():
        box = mailbox.mbox(path, create=False)
        try:
            for _turn, key in zip(range(MOST), box.iterkeys(), strict=False):
                with box.get_file(key) as file:
                    yield file.read(LARGEST)
        finally:
            box.close()
    else:
        raise MailboxError(f"{path} is neither a Maildir nor an mbox.")


def _of_maildir(folder: Path) -> Iterator[bytes]:
    for path in sorted((folder / "new").iterdir())[:MOST]:
        if path.is_symlink() or not path.is_file():
            continue
        with path.open("rb") as file:
            yield file.read(LARGEST)
        (folder / "cur").mkdir(exist_ok=True)
        path.rename(folder / "cur" / f"{path.name.partition(':')[0]}:2,S")


def of_server(address: str) -> Iterator[bytes]:
    """Unseen messages of an IMAP mailbox over TLS, `imaps://name:password@host:993/INBOX`; what was
    taken is seen from then on. A certificate that nobody vouches for ends it."""
    parts = urlsplit(address)
    if parts.scheme != "imaps" or not parts.hostname:
        raise MailboxError("Write the mailbox as imaps://name:password@host:993/INBOX.")
    try:
        server = imaplib.IMAP4_SSL(
            parts.hostname,
            parts.port or IMAPS,
            ssl_context=ssl.create_default_context(),
            timeout=TIMEOUT,
        )
        try:
            server.login(unquote(parts.username or ""), unquote(parts.password or ""))
            yield from _unseen(server, unquote(parts.path.strip("/")) or "INBOX")
        finally:
            server.logout()
    except (imaplib.IMAP4.error, OSError) as problem:
        told = str(problem).replace(unquote(parts.password or "") or "\0", "…")
        raise MailboxError(f"{parts.hostname}: {told}") from None


def _unseen(server: imaplib.IMAP4, name: str) -> Iterator[bytes]:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    _expected(server.select(f'"{quoted}"'))
    found = _expected(server.uid("SEARCH", "UNSEEN"))
    for uid in found[0].split()[:MOST]:
        number = uid.decode()
        answer = _expected(server.uid("FETCH", number, f"(BODY.PEEK[]<0.{LARGEST}>)"))
        for part in answer:
            if isinstance(part, tuple):
                yield part[1]
        _expected(server.uid("STORE", number, "+FLAGS.SILENT", "(\\Seen)"))


def _expected(answer: tuple[str, Any]) -> Any:
    said, data = answer
    if said != "OK":
        raise MailboxError(f"The server says {said}.")
    return data
