"""Gives rows of keywords an answer, in what is published and in what may be published next.

A string is resolved in the published rows, in the newest draft, and in a scheduled version, or the
next save would bring the unknown string back. That items have changed is told through the outbox.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet
from wagtail.models import Revision

from contactpoint.kit.outbox import handles, publish
from contactpoint.outputs.models import Classification, Output
from contactpoint.outputs.signals import outputs_changed
from contactpoint.outputs.synchronising import enqueue
from contactpoint.outputs.worklist import outputs_of

TOPIC: Final = "outputs.classified"
_CHUNK: Final = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What rows become."""

    concept: int | None
    resolves_to: str
    language: str
    confidence: float
    reason: str


def write(rows: "QuerySet[Classification]", spellings: Collection[str], answer: Answer) -> int:
    """Give rows an answer, and the versions of their pages; returns how many items changed."""
    return len(written_items(rows, spellings, answer))


def written_items(
    rows: "QuerySet[Classification]", spellings: Collection[str], answer: Answer
) -> set[str]:
    pages = list(outputs_of(rows).values_list("pk", "translation_key"))
    if not pages:
        return set()
    before = set(rows.values_list("concept", "resolves_to"))
    values = {
        "concept": answer.concept,
        "resolves_to": answer.resolves_to,
        "language": answer.language,
        "confidence": answer.confidence,
        "reason": answer.reason,
    }
    Classification.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(**values)
    numbers = [pk for pk, _key in pages]
    for start in range(0, len(numbers), _CHUNK):
        _rewrite(numbers[start : start + _CHUNK], spellings, before, values)
    outputs_changed.send(sender=Output, keys={key for _pk, key in pages})
    items = sorted({str(key) for _pk, key in pages})
    for start in range(0, len(items), _CHUNK):
        publish(TOPIC, keys=items[start : start + _CHUNK])
    return set(items)


def _rewrite(
    pages: Sequence[int],
    spellings: Collection[str],
    before: Collection[tuple[int | None, str]],
    values: Mapping[str, Any],
) -> None:
    """The same in the versions that may be published or edited next."""
    changed = []
    for revision in next_versions(pages):
        is_changed = False
        for row in revision.content.get("classifications", ()):
            state = (row.get("concept"), row.get("resolves_to"))
            if row.get("keyword") in spellings and state in before:
                row.update(values)
                is_changed = True
        if is_changed:
            changed.append(revision)
    Revision.objects.bulk_update(changed, ["content"])


def next_versions(pages: Sequence[int]) -> "QuerySet[Revision]":
    """The versions of some pages that may be published or edited next."""
    own = Output.objects.filter(pk__in=pages)
    wanted = Q(pk__in=own.values("latest_revision")) | Q(pk__in=own.values("live_revision"))
    planned = Q(
        object_id__in=[str(pk) for pk in pages],
        base_content_type__model="page",
        approved_go_live_at__isnull=False,
    )
    return Revision.objects.filter(wanted | planned)


@handles(TOPIC)
def bring_along(*, keys: list[str]) -> None:
    """Translations have the facts of their source; repeatable."""
    enqueue([uuid.UUID(key) for key in keys])
