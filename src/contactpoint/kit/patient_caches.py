"""The shared cache, of which readers need nothing.

Wagtail asks it where sites are for each address that it writes, and puts that back. Where the cache
can't be had (its server is away, its disk is full) that would take every page with it, so for those
keys it counts as empty, and the database is asked. For all other keys an error stays one: limits
that can't be counted must not be without limit. `kit/shared.py` minds what is ours.
"""

import logging
from typing import Any, Final

from django.core.cache.backends import filebased, redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
CACHE_ERRORS: Final = (OSError, RedisError)
"""What the caches of the settings raise where they can't be had: files, and Valkey or Redis."""
SPARED: Final = ("wagtail_site_root_paths",)


class _Patient:
    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version=version)  # type: ignore[misc]
        except CACHE_ERRORS as problem:
            _bear(key, problem)
            return default

    def set(self, key: Any, value: Any, *given: Any, **more: Any) -> None:
        try:
            super().set(key, value, *given, **more)  # type: ignore[misc]
        except CACHE_ERRORS as problem:
            _bear(key, problem)


def _bear(key: Any, problem: Exception) -> None:
    if key not in SPARED:
        raise problem
    log.warning("The shared cache can't be had: %s", problem)


class FileCache(_Patient, filebased.FileBasedCache):
    """In the data folder."""


class RedisCache(_Patient, redis.RedisCache):
    """Valkey or Redis."""
