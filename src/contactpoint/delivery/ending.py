"""When readers next see something else by itself: a page expires, or a day ends.

It is asked of the database once after each change, not for each page that is made.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import DatabaseError
from django.utils import timezone

from contactpoint.kit.changes import EVERYTHING
from contactpoint.kit.generations import Generations, place_of
from contactpoint.kit.visibility import next_by_itself

log = logging.getLogger(__name__)
_PLACES: Final = (place_of(EVERYTHING),)


class Ending:
    """What one process knows of it, for all its threads."""

    def __init__(
        self, generations: Generations, *, clock: Callable[[], datetime] = timezone.now
    ) -> None:
        self._generations, self._clock = generations, clock
        self._known: tuple[tuple[int, ...], datetime] | None = None

    def __call__(self) -> float:
        """Seconds for which a page that is begun now is true; 0 where nobody can tell."""
        numbers, is_done = self._generations.of(_PLACES), self._generations.total() >= 0
        now, known = self._clock(), self._known
        if known is None or known[0] != numbers or known[1] <= now or not is_done:
            try:
                known = (numbers, next_by_itself(now))
            except DatabaseError as problem:
                log.info("When a page expires next can't be told: %s", problem)
                return 0.0
            if is_done:
                self._known = known
        return (known[1] - now).total_seconds()
