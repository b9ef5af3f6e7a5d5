"""Pages that are asked for most are made again before anybody waits for them.

A thread of each process looks a few times a second whether pages that it keeps are none any more:
something changed, or their time is nearly over. Once the change is settled it makes those that
were asked for, most wanted first; at the next change it stops and begins anew.
"""

import logging
import threading
import time
from typing import Final

from django.db import DatabaseError, connections

from contactpoint.delivery.keeping import Keep
from contactpoint.delivery.serving import KeptPages
from contactpoint.kit.changes import EVERYTHING
from contactpoint.kit.generations import place_of

log = logging.getLogger(__name__)

LEAST: Final = 2
"""Asked for so often since it was made, or half as often before that."""
MOST: Final = 40
"""Pages that are made in one go; what comes after them is made for who asks."""
SOON: Final = 12.0
"""Seconds before its time is over: more than a stretch of `files.py`, so that files have no gap."""
PAUSE: Final = 0.2
OFTEN: Final = 2.0
"""Seconds between two looks at all that is kept while nothing changes."""


class Again:
    """What one process makes ahead of need."""

    def __init__(self, pages: KeptPages, keep: Keep) -> None:
        self._pages, self._keep = pages, keep
        self._ended = threading.Event()

    def once(self) -> int:
        """How many pages were made; none while a change isn't settled."""
        generations, made = self._keep.generations, 0
        if not generations.settled([place_of(EVERYTHING)]):
            return 0
        before = generations.total()
        for key in self._keep.wanted(LEAST, SOON)[:MOST]:
            if before < 0 or generations.total() != before:
                break
            made += self._pages.renew(key)
        return made

    def begin(self) -> None:
        """Look from here on, until the process ends."""
        threading.Thread(target=self._go_on, name="pages-again", daemon=True).start()

    def end(self) -> None:
        """Look no longer."""
        self._ended.set()

    def _go_on(self) -> None:
        """Going through all that is kept takes a while, so only when there is a reason."""
        generations, looked, due = self._keep.generations, -1, 0.0
        while not self._ended.wait(PAUSE):
            total = generations.total()
            is_due = total != looked or time.monotonic() > due
            if total < 0 or not is_due or not generations.settled([place_of(EVERYTHING)]):
                continue
            looked, due = total, time.monotonic() + OFTEN
            try:
                self.once()
            except (DatabaseError, OSError) as problem:
                log.info("Pages are made again later: %s", problem)
                connections.close_all()
