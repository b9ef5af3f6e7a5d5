"""Hears of what changes a consultation for readers: `listening` asks here about its rows.

A mark may be taken away by `save`, by `delete`, or past both of them by a query; whichever it is,
the round is out of all that is told from that transaction on, until the index has caught up.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.db.models import Model, Q, QuerySet
from django.db.models.signals import m2m_changed
from django.utils import timezone

from contactpoint.consultations.models import Answer, Response, Round
from contactpoint.consultations.pages.listing import told_of
from contactpoint.consultations.signals import answers_changed
from contactpoint.search.indexing.changes import changed
from contactpoint.search.sources.consultations import (
    keys_of,
    keys_with_country,
    keys_with_themes,
)

__all__ = [
    "OF_ROUNDS",
    "connect",
    "goes_along",
    "keys_with_country",
    "keys_with_themes",
    "published_lately",
    "touched",
]

OF_ROUNDS: Final = (Round, Response, Answer)
_LATELY: Final = timedelta(hours=3)


def connect() -> None:
    """Listen; called once, when Django starts."""
    for through in (Round.themes.through, Round.concepts.through):
        m2m_changed.connect(_subjects, sender=through, dispatch_uid=f"search.{through.__name__}")
    answers_changed.connect(_answers, dispatch_uid="search.states")


def touched(instance: Model) -> Iterable[str]:
    """The keys of what a row changes; none for what a respondent of a survey writes, and for what
    belongs to no round."""
    if isinstance(instance, Round):
        return keys_of([instance.pk])
    response = instance.response if isinstance(instance, Answer) else instance
    if isinstance(response, Response) and response.country_id is not None:
        return keys_of([response.round_id])
    return []


def goes_along(instance: Model, origin: Any) -> bool:
    """Whether it is an answer that is deleted with its response, which is told of itself: of the
    thousands of a survey nothing is asked one by one."""
    model = origin.model if isinstance(origin, QuerySet) else type(origin)
    return isinstance(instance, Answer) and model is not Answer


def published_lately() -> int:
    """Look at rounds whose time to be public has come by itself. Returns 0, since nothing is
    deleted."""
    since = timezone.now() - _LATELY
    rows = told_of().filter(Q(published_at__gt=since) | Q(opens_at__gt=since)).order_by()
    changed(keys_of(list(rows.values_list("pk", flat=True))), hides=False)
    return 0


def _subjects(sender: Any, instance: Model, action: str, **kwargs: Any) -> None:
    """A round is about something else; nothing is closed by it."""
    if isinstance(instance, Round) and action.startswith(("post_", "pre_clear")):
        changed(keys_of([instance.pk]), hides=False)


def _answers(sender: Any, round: int, **kwargs: Any) -> None:
    changed(keys_of([round]))
