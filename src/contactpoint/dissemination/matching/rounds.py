"""The worker's round: reads anew what another state of the glossary needs, then matches what has
happened. It may be killed anywhere and comes again; a row tells of each piece whether it is done.
"""

import time
from contextlib import suppress
from datetime import timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from contactpoint.dissemination.matching.keeping import reread
from contactpoint.dissemination.matching.percolating import Percolator, percolate_all
from contactpoint.dissemination.models import Happening, Interest
from contactpoint.search.engines.base import UnavailableError
from contactpoint.search.meanings import meanings

SETTLES: Final = timedelta(minutes=5)
"""So long a translation waits: whether its words are translated is compared after it is saved."""
SLICE: Final = 1.0
"""Seconds before other work has its turn."""
AT_ONCE: Final = 20
REREAD: Final = 100
WARMS: Final = 0.05

_percolator: Percolator | None = None


def match_waiting() -> bool:
    """One piece of work; whether there may be more to do at once.

    Where a search has to be read and the index is away, what happened waits for it.
    """
    if not _waiting().exists():  # nearly always
        _warm()
        return False
    end = time.monotonic() + SLICE
    try:
        while reread(REREAD):
            _forget()
            if time.monotonic() >= end:
                return True
        used = _current()
        while True:
            rows = list(_waiting().order_by("at", "pk")[:AT_ONCE])
            if not rows:
                return False
            percolate_all(rows, used)
            if time.monotonic() >= end:
                return True
    except UnavailableError:
        return False


def _waiting() -> "QuerySet[Happening]":
    settled = ~Q(what=Happening.What.TRANSLATED) | Q(at__lte=timezone.now() - SETTLES)
    return Happening.objects.filter(settled, matched_at=None)


def _warm() -> None:
    """Idle, take apart what may be asked for: the first thing to come need not wait for it."""
    used = _percolator
    if used is None or used.words is not meanings():
        if not Interest.objects.filter(read_with__gt="").exists():
            return
        with suppress(UnavailableError):
            if not reread(REREAD):
                _current()
        return
    with suppress(UnavailableError):
        used.warm(WARMS)


def _forget() -> None:
    global _percolator  # noqa: PLW0603 — its rules have other needs now
    _percolator = None


def _current() -> Percolator:
    """The one of this process, made anew with a new state of the glossary."""
    global _percolator  # noqa: PLW0603 — searches that were taken apart are kept between rounds
    used = _percolator
    if used is None or used.words is not meanings():
        used = _percolator = Percolator()
    used.begin_round()
    return used
