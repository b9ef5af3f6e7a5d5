"""What the worker does for the desk."""

import time
from typing import Final

from contactpoint.desk.timetable import Timetable
from contactpoint.kit.rounds import each_round

TIMETABLE_SECONDS: Final = 5.0
_timetable = Timetable()
_looked = float("-inf")


@each_round
def keep_timetable() -> bool:
    """Publish and take away what is due; the database is asked every few seconds only."""
    global _looked  # noqa: PLW0603 — when this process looked last
    if time.monotonic() - _looked < TIMETABLE_SECONDS:
        return False
    written = _timetable.keep()
    _looked = float("-inf") if written else time.monotonic()
    return written > 0
