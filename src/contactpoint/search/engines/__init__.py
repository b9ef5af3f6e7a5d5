"""The search engines: one interface, chosen by one setting.

`engine()` gives the one of this process. The embedded one needs nothing but a folder; OpenSearch
serves a network that outgrows a machine.
"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from contactpoint.kit.changes import NEVER, made_from
from contactpoint.search.engines.base import Engine
from contactpoint.search.engines.embedded import EmbeddedEngine
from contactpoint.search.engines.opensearch import make

__all__ = ["engine"]


def engine() -> Engine:
    """The engine that `CONTACTPOINT_SEARCH_URL` chooses, the same one at every call.

    The index follows the database after a moment, so whatever asks it is kept by nobody.
    """
    made_from(NEVER)
    return _made(settings.SEARCH_URL, settings.DATA / "index")


@lru_cache
def _made(url: str, folder: Path) -> Engine:
    if not url:
        return EmbeddedEngine(folder)
    return make(url)
