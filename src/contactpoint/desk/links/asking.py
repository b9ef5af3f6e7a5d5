"""Asks whether addresses answer: seldom, one at a time for each host, and never inside our network.

The network is waited for in threads of their own, at most a few, which touch no database; results
are written by the worker's round, so that a server that is slow holds nothing up.
"""

import queue
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef
from django.utils import timezone

from contactpoint.desk.models import Link, LinkUse
from contactpoint.kit.fetching import Fetched, FetchError, fetch

AT_ONCE: Final = 3
HOST_SECONDS: Final = 10.0
"""Between two questions to one host."""
SECONDS: Final = 12.0
_HEAD_IS_NO_ANSWER: Final = frozenset({400, 403, 404, 405, 406, 501, 503})
_CLOSED: Final = frozenset({401, 402, 403, 405, 406, 407, 418, 429, 451, 999})
_GONE: Final = frozenset({404, 410})
_REFUSED: Final = frozenset({"address", "private"})
_AGAIN: Final = {
    Link.State.ALIVE: timedelta(days=14),
    Link.State.MOVED: timedelta(days=14),
    Link.State.UNSURE: timedelta(days=1),
    Link.State.DEAD: timedelta(days=7),
    Link.State.CLOSED: timedelta(days=30),
}
SURE_AFTER: Final = timedelta(days=2)
"""A link is dead when it failed at least three times over that long; what is said to be gone, or
has no server, when it failed twice."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of asking: a status, 0 without an answer, or a reason of `kit.fetching`."""

    pk: int
    status: int = 0
    reason: str = ""
    url: str = ""
    moved: bool = False


def ask(pk: int, url: str) -> Result:
    """Ask once; HEAD first, and GET where a server does not know that or answers it wrongly."""
    try:
        answer = fetch(url, method="HEAD", seconds=SECONDS)
        if answer.status in _HEAD_IS_NO_ANSWER:
            answer = _got(url)
    except FetchError as problem:
        if problem.reason not in ("connection", "broken"):
            return Result(pk, reason=problem.reason)
        try:
            answer = _got(url)
        except FetchError as again:
            return Result(pk, reason=again.reason)
    return Result(pk, answer.status, url=answer.url, moved=answer.moved)


def _got(url: str) -> Fetched:
    return fetch(url, most_bytes=20_000, seconds=SECONDS, cut=True)


def judge(link: Link, result: Result, now: datetime) -> None:
    """Write what came of it into the link, and when it is asked again."""
    link.checked_at = now
    link.problem = str(result.status) if result.status >= 400 else result.reason
    link.leads_to = ""
    if result.reason in _REFUSED or result.status in _CLOSED:
        link.state, link.failures, link.failing_since = Link.State.CLOSED, 0, None
    elif not link.problem:
        link.state = Link.State.MOVED if result.moved else Link.State.ALIVE
        link.leads_to = result.url if result.moved else ""
        link.failures, link.failing_since = 0, None
    else:
        link.failures += 1
        link.failing_since = link.failing_since or now
        is_plain = result.status in _GONE or result.reason == "name"
        is_long = link.failures >= 3 and now - link.failing_since >= SURE_AFTER
        is_dead = is_long or (is_plain and link.failures >= 2)
        link.state = Link.State.DEAD if is_dead else Link.State.UNSURE
    wait = _AGAIN[Link.State(link.state)]
    link.due_at = now + wait * random.uniform(0.9, 1.1)  # noqa: S311 — spreads, hides nothing
    link.save()


class Asking:
    """The questions that are under way in this process."""

    def __init__(self, asks: Callable[[int, str], Result] = ask) -> None:
        self._asks = asks
        self._results: queue.SimpleQueue[Result] = queue.SimpleQueue()
        self._under_way: set[int] = set()
        self._host_not_before: dict[str, float] = {}

    def step(self, *, wait: float = 0.2) -> bool:
        """Write what has come, ask what is due; whether questions are under way or came back."""
        came = self._write(wait if self._under_way else 0.0)
        self._begin()
        return came or bool(self._under_way)

    def _write(self, wait: float) -> bool:
        came = False
        while True:
            try:
                result = self._results.get(timeout=wait) if wait else self._results.get_nowait()
            except queue.Empty:
                return came
            came, wait = True, 0.0
            self._under_way.discard(result.pk)
            link = Link.objects.filter(pk=result.pk).first()
            if link is not None:
                judge(link, result, timezone.now())

    def _begin(self) -> None:
        now = time.monotonic()
        self._host_not_before = {h: at for h, at in self._host_not_before.items() if at > now}
        free = AT_ONCE - len(self._under_way)
        if free <= 0:
            return
        # What only drafts lead to is nobody else's business yet.
        public = LinkUse.objects.filter(link=OuterRef("pk"), page__live=True)
        due = Link.objects.filter(Exists(public), due_at__lte=timezone.now())
        due = due.exclude(pk__in=self._under_way)
        due = due.exclude(host__in=self._host_not_before).order_by("due_at", "pk")
        for link in due[: free * 4]:
            if free and link.host not in self._host_not_before:
                free -= 1
                self._host_not_before[link.host] = now + HOST_SECONDS
                self._under_way.add(link.pk)
                threading.Thread(
                    target=self._run, args=(link.pk, link.url), name="link", daemon=True
                ).start()

    def _run(self, pk: int, url: str) -> None:
        try:
            result = self._asks(pk, url)
        except Exception:  # a thread that ends without a result would be waited for for ever
            result = Result(pk, reason="broken")
        self._results.put(result)
