"""Over a mail provider's interface: it says yes or no at once, and reports later what became of it
(`events`). As with the final dot of SMTP, the message is marked when its request is in the system's
hands, before the answer.
"""

from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection

from contactpoint.dissemination.delivering import smtp
from contactpoint.dissemination.delivering.verdicts import said
from contactpoint.kit.mail_providers import REFERENCE, Answer, Means, answer_of, prepare


class OverProvider:
    """One session for many messages, until there are none."""

    def __init__(self) -> None:
        self._backend: Any = None
        self._mark_this: Callable[[], None] | None = None

    def hand_over(self, message: EmailMultiAlternatives, to: str, mark: Callable[[], None]) -> None:
        """Raises what `smtp` does."""
        # Signed, as in the header, which some providers write anew.
        sent: Any = message
        sent.metadata = {REFERENCE: str(message.extra_headers["Message-ID"]).strip("<>")}
        prepare(message)
        self._mark_this = mark
        try:
            if self._backend is None:
                self._open()
            self._backend.send_messages([message])
        except Exception as problem:  # a provider has errors of its own
            self.close()
            _raise(answer_of(problem), problem)
        mark()

    def _open(self) -> None:
        self._backend = get_connection()
        self._backend.open()
        adapter = _adapter(self._mark)
        for scheme in ("http://", "https://"):
            self._backend.session.mount(scheme, adapter)

    def _mark(self) -> None:
        if self._mark_this is not None:
            self._mark_this()

    def rest(self) -> None:
        """Hangs up."""
        self.close()

    def close(self) -> None:
        """Ends the session."""
        backend, self._backend = self._backend, None
        if backend is not None:
            backend.close()


def _adapter(mark: Callable[[], None]) -> Any:
    """Of requests: calls `mark` each time that a request has been written and its answer is waited
    for. (Through a proxy it is not called; the mark after the answer is left.)"""
    # Only now: who has no provider spares the time and the memory.
    from requests.adapters import HTTPAdapter  # noqa: PLC0415
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool  # noqa: PLC0415

    def marking(kind: Any) -> Any:
        class Marking(kind):
            def getresponse(self, *args: Any, **kwargs: Any) -> Any:
                mark()
                return super().getresponse(*args, **kwargs)

        return Marking

    class Pool(HTTPConnectionPool):
        ConnectionCls = marking(HTTPConnectionPool.ConnectionCls)

    class PoolOverTls(HTTPSConnectionPool):
        ConnectionCls = marking(HTTPSConnectionPool.ConnectionCls)

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, **kwargs)
            self.poolmanager.pool_classes_by_scheme = {"http": Pool, "https": PoolOverTls}

    return Adapter()


def _raise(answer: Answer, problem: Exception) -> None:
    words = answer.words.encode()
    match answer.means:
        case Means.TAKEN:
            return
        case Means.NO_SUCH_ADDRESS:
            raise smtp.RefusedError(550, words, is_of_address=True) from None
        case Means.LATER:
            raise smtp.RefusedError(min(answer.code, 499), words) from None
        case Means.NOTHING_FROM_US:
            raise smtp.SenderRefusedError(answer.code, words) from None
        case Means.TROUBLE:
            raise smtp.TroubleError(said(answer.code, words)) from None
        case Means.UNANSWERED:
            raise smtp.UnansweredError("no answer of the provider") from None
        case Means.NOT_HANDED_OVER:
            name = type(problem.__cause__ or problem).__name__
            raise OSError(f"the mail provider can't be reached: {name}") from None
