"""What the worker does for the desk."""

import time
from typing import Final

from django.conf import settings

from contactpoint.desk.links.asking import Asking
from contactpoint.desk.reading import read_some
from contactpoint.desk.timetable import Timetable
from contactpoint.kit.rounds import each_round

TIMETABLE_SECONDS: Final = 5.0
READING_SECONDS: Final = 30.0
_timetable = Timetable()
_asking = Asking()
_looked = _read = float("-inf")


@each_round
def keep_timetable() -> bool:
    """Publish and take away what is due; the database is asked every few seconds only."""
    global _looked  # noqa: PLW0603 — when this process looked last
    if time.monotonic() - _looked < TIMETABLE_SECONDS:
        return False
    written = _timetable.keep()
    _looked = float("-inf") if written else time.monotonic()
    return written > 0


@each_round
def read_pages() -> bool:
    """Links and likenesses of pages that have changed."""
    global _read  # noqa: PLW0603 — when this process looked last
    if time.monotonic() - _read < READING_SECONDS:
        return False
    found = read_some()
    _read = float("-inf") if found else time.monotonic()
    return found > 0


@each_round
def ask_links() -> bool:
    """Links that are due, politely."""
    return settings.CHECK_LINKS and _asking.step()
