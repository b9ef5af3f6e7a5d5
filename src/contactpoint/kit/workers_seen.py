"""Which workers are there: each says so in the shared cache every few seconds, and when it leaves.

Two that say so in the same moment on two machines may miss one another once; the next word mends
it. So whoever was not heard for `FORGOTTEN` is gone.
"""

import time
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.core.cache import cache

from contactpoint.kit.counting import alone

KEY: Final = "contactpoint.workers"
EVERY: Final = 20.0
FORGOTTEN: Final = 90.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A worker that is at work; moments in seconds since 1970."""

    name: str
    machine: str
    started: float
    seen: float


def tell(name: str, machine: str, started: float) -> None:
    """The worker is there."""
    with alone(KEY):
        known = _known()
        known[name] = asdict(Seen(name, machine, started, time.time()))
        cache.set(KEY, known, int(FORGOTTEN))


def leave(name: str) -> None:
    """It goes."""
    with alone(KEY):
        known = _known()
        if known.pop(name, None) is not None:
            cache.set(KEY, known, int(FORGOTTEN))


def workers() -> list[Seen]:
    """Who is there, who came first first."""
    return sorted((Seen(**one) for one in _known().values()), key=lambda one: one.started)


def _known() -> dict[str, dict[str, Any]]:
    since = time.time() - FORGOTTEN
    known: dict[str, dict[str, Any]] = cache.get(KEY) or {}
    return {name: one for name, one in known.items() if one["seen"] > since}
