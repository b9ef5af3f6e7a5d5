"""Hears of what changes guidance for applicants: `listening` asks here about its rows."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Model
from django.db.models.signals import m2m_changed

from contactpoint.guidance.models import Guide, GuideText, GuideTheme, Place
from contactpoint.guidance.signals import guides_loaded
from contactpoint.search.indexing.changes import changed
from contactpoint.search.sources.guidance import (
    Places,
    keys_of_guides,
    keys_of_places,
    keys_with_concepts,
    keys_with_subjects,
)

__all__ = ["connect", "hides", "keys_with_concepts", "keys_with_subjects", "touched"]

_OF_DRAFTS: Final = frozenset(
    ["latest_revision", "has_unpublished_changes", "locked", "locked_at", "locked_by"]
)
"""Columns of a text that are written when nothing changes for readers."""


def connect() -> None:
    """Listen; called once, when Django starts."""
    for through in (Guide.concepts.through, Guide.subjects.through):
        m2m_changed.connect(
            _subjects, sender=through, dispatch_uid=f"search.guides.{through.__name__}"
        )
    guides_loaded.connect(_loaded, dispatch_uid="search.guides")


def touched(instance: Model, fields: Iterable[str] | None = None) -> Iterable[str]:
    """The keys of what a row changes; of a draft that is saved there are none."""
    if isinstance(instance, GuideText):
        if fields is not None and _OF_DRAFTS.issuperset(fields):
            return []
        # The first text of a language opens its page of help, the last one closes it.
        return [*keys_of_guides([instance.guide_id]), *keys_of_places()]
    if isinstance(instance, Guide):
        return keys_of_guides([instance.pk])
    if isinstance(instance, GuideTheme):
        return keys_of_guides(instance.guides.order_by().values_list("pk", flat=True))
    if isinstance(instance, Place):
        return [f"{Places.name}:{instance.pk}"]
    return []


def hides(instance: Model) -> bool:
    """Whether a row, as it was saved, takes something from readers: a text that isn't live may have
    been until now."""
    return isinstance(instance, GuideText) and not instance.live


def _subjects(sender: Any, instance: Model, action: str, **kwargs: Any) -> None:
    """A guide is about something else; nothing is closed by it."""
    if isinstance(instance, Guide) and action.startswith(("post_", "pre_clear")):
        changed(keys_of_guides([instance.pk]), hides=False)


def _loaded(sender: Any, guides: Iterable[int], **kwargs: Any) -> None:
    """Many texts at once, which sent no signal each."""
    changed([*keys_of_guides(guides), *keys_of_places()], hides=False)
