"""What the first question would wait for is read when a web process starts.

That is the vocabulary, compiled, the index, opened, and the words of each language: more than a
second together. It is done in a thread beside, so that pages are served meanwhile; a question that
comes before waits as it did without. Nothing is counted, and what fails here is told by the first
question.
"""

import logging
import threading
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import translation

from contactpoint.search.asking import ask, suggest
from contactpoint.search.engines.base import EngineError

log = logging.getLogger(__name__)

QUESTION: Final = "asylum and migraton"
"""With a slip, for which names of terms are compared."""


def warm() -> None:
    """Ask once in each language of the portal."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            ask(QUESTION, language, limit=1)
            suggest(QUESTION, language)


def begin() -> threading.Thread:
    """Warm this process; the caller need not wait."""
    thread = threading.Thread(target=_warm_apart, name="warm-search", daemon=True)
    thread.start()
    return thread


def _warm_apart() -> None:
    try:
        warm()
    except (EngineError, DatabaseError) as problem:
        log.info("The search could not be warmed: %s", problem)
    finally:
        connections.close_all()
