"""The one vocabulary in memory: every scheme that the portal matches words with, compiled.

Topics come from the database where there is one, else from the shipped file. Apps that know other
words (kinds of output, places) register their scheme when Django starts; nothing here knows them.
"""

import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db import DatabaseError, connection
from django.db.models import Count, Max, QuerySet, Value

from contactpoint.glossary.models import Concept
from contactpoint.glossary.remembering import PortalVocabulary, learnt_words
from contactpoint.glossary.scheme import scheme_from_rows
from contactpoint.kit.prepared import rows
from contactpoint.network.actions import PLACES_FILE
from contactpoint.vocabulary import Scheme, read_turtle

GLOSSARY_FILE: Final = Path(__file__).parent / "data" / "glossary.ttl"
_lock = threading.Lock()
_registered: dict[str, Callable[[], Scheme]] = {}
_compiled: tuple[object, PortalVocabulary] | None = None


def register_file(scheme_id: str, path: Path) -> None:
    """Match words with the scheme in this Turtle file too; call it from `AppConfig.ready`."""
    _registered[scheme_id] = lambda: _from_file(scheme_id, path)


@cache
def _from_file(scheme_id: str, path: Path) -> Scheme:
    return read_turtle(path, scheme_id=scheme_id)


def vocabulary() -> PortalVocabulary:
    """The compiled vocabulary, made again when the glossary in the database has changed.

    Costs one query where nothing changed. Schemes: `glossary` and those that were registered.
    """
    global _compiled  # noqa: PLW0603 — one vocabulary a process is the point
    generation = known_as_of()
    current = _compiled
    if current is not None and current[0] == generation:
        return current[1]
    with _lock:
        if _compiled is None or _compiled[0] != generation:
            topics = (
                _from_file("glossary", GLOSSARY_FILE)
                if generation is None
                else scheme_from_rows(with_replaced=True)
            )
            successors = {
                slug: one.replaced_by for slug, one in topics.concepts.items() if one.replaced_by
            }
            learnt = {} if generation is None else learnt_words(successors)
            places = _from_file("places", PLACES_FILE)
            schemes = [topics, places, *(read() for read in _registered.values())]
            _compiled = (generation, PortalVocabulary(schemes, learnt))
        return _compiled[1]


def known_as_of() -> tuple[Any, ...] | None:
    """What changes whenever a concept does; None where there is no glossary in a database."""
    try:
        ((newest, concepts),) = rows("glossary-generation", _state)
    except DatabaseError:
        if connection.in_atomic_block:
            raise
        return None
    return (newest, concepts) if concepts else None


def _state(_values: list[Any]) -> "QuerySet[Any, Any]":
    one = Concept.objects.order_by().annotate(all=Value(1)).values("all")
    return one.annotate(newest=Max("updated_at"), concepts=Count("pk")).values_list(
        "newest", "concepts"
    )
