"""A reader who is held up between what they read in the database and what they keep of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache


def held_up(
    patch: pytest.MonkeyPatch, name: str, meanwhile: Callable[[], object]
) -> Callable[[], bool]:
    """Somebody else does `meanwhile` just before what begins so is kept, the first time. Tells
    whether that has come."""
    keep, waiting = cache.set, [True]

    def late(key: str, value: Any, *args: Any, **options: Any) -> None:
        if waiting and key.startswith(name) and not key.endswith(".mark"):
            waiting.clear()
            meanwhile()
        keep(key, value, *args, **options)

    patch.setattr(cache, "set", late)
    return lambda: not waiting
