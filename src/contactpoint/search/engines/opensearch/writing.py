"""Writes one index: gathers changes, sends them in pieces, then lets readers see all of them."""

import tempfile
import time
from collections.abc import Iterator
from typing import IO, Any, Final

from contactpoint.search.documents import Prepared
from contactpoint.search.engines.base import EngineError, UnavailableError, Writer
from contactpoint.search.engines.opensearch.client import BUSY, WRITING, Client, lines
from contactpoint.search.engines.opensearch.lock import Lock
from contactpoint.search.engines.opensearch.mapping import laid_out

IN_MEMORY: Final = 8 * 2**20
"""Bytes of changes that are kept in memory until they are committed; what is more, in a file."""
PIECE: Final = 4 * 2**20
"""Bytes that are sent at once, or one document if it is larger."""
_CONFLICT: Final = "version_conflict_engine_exception"


class OpenSearchWriter(Writer):
    """Nothing leaves the process before `commit`, so what was not committed is forgotten.

    Without a lock it writes beside others, and leaves it to the one who has it to show the changes.
    A commit that breaks in the middle may have written some of it, which readers do not see before
    the next commit; written again it does no harm, for a document keeps its highest number.
    """

    def __init__(self, client: Client, target: str, lock: Lock | None) -> None:
        self._client = client
        self._target = target
        self._lock = lock
        self._changes = _empty()

    def put(self, document: Prepared) -> None:
        action = {"index": _identity(document.key, document.number)}
        self._changes.write(lines([action, laid_out(document)]))

    def delete(self, key: str, number: int = 0) -> None:
        self._changes.write(lines([{"delete": _identity(key, number)}]))

    def commit(self) -> None:
        self._changes.seek(0)
        for piece in _pieces(self._changes):
            self._send(piece)
        if self._lock is not None:
            self._lock.hold()
            self._refresh()
        self.close()
        self._changes = _empty()

    def close(self) -> None:
        """Forget what was not committed."""
        self._changes.close()

    def _send(self, changes: list[bytes]) -> None:
        """Send again, in order, from the first change that a busy or mending cluster put off."""
        deadline = time.monotonic() + WRITING
        pause = 0.1
        while changes:
            if self._lock is not None:
                self._lock.hold()
            reply = self._client.write(
                "POST",
                f"/{self._target}/_bulk?require_alias=true"
                "&filter_path=items.*.status,items.*._id,items.*.error.type,items.*.error.reason",
                b"".join(changes),
            )
            items = [next(iter(item.values())) for item in reply.body["items"]]
            waiting = [place for place, item in enumerate(items) if _put_off(item)]
            if not waiting:
                return
            if time.monotonic() + pause > deadline:
                raise UnavailableError("The search cluster takes no changes at the moment.")
            changes = changes[waiting[0] :]
            time.sleep(pause)
            pause = min(pause * 2, 5.0)

    def _refresh(self) -> None:
        """All copies show what was written; a copy that is just lost is left to the cluster."""
        deadline = time.monotonic() + WRITING
        while True:
            reply = self._client.write("POST", f"/{self._target}/_refresh")
            if not reply.body["_shards"]["failed"]:
                return
            if time.monotonic() > deadline:
                raise UnavailableError("The search cluster does not show what was written.")
            time.sleep(0.2)


def _empty() -> IO[bytes]:
    return tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, prefix="contactpoint-changes-")


def _identity(key: str, number: int) -> dict[str, Any]:
    """Without a number the last one wins; with one, the highest."""
    if not number:
        return {"_id": key}
    return {"_id": key, "version": number, "version_type": "external_gte"}


def _pieces(changes: IO[bytes]) -> Iterator[list[bytes]]:
    piece: list[bytes] = []
    size = 0
    for line in changes:
        change = line + next(changes) if line.startswith(b'{"index"') else line
        if piece and size + len(change) > PIECE:
            yield piece
            piece, size = [], 0
        piece.append(change)
        size += len(change)
    if piece:
        yield piece


def _put_off(item: dict[str, Any]) -> bool:
    """Whether a change must be sent again; `EngineError` where that would not help."""
    error = item.get("error")
    if not error or error["type"] == _CONFLICT:
        return False
    if item["status"] in BUSY or item["status"] == 500:
        return True
    raise EngineError(f"OpenSearch refuses {item['_id']}: {error['reason']}.")
