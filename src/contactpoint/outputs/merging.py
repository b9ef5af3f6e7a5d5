"""Brings items along when concepts were merged: what was about the one is about the other.

The glossary tells which concepts gave way; where they lead is looked up when that is told, so a
later merge is no harm. Every hour the rest is looked through: somebody may have saved a form that
was opened before, or gone back to an old version of a page.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from wagtail.models import Revision

from contactpoint.glossary.models import Concept
from contactpoint.glossary.models.decisions import key_of
from contactpoint.glossary.publishing import MERGED
from contactpoint.glossary.scheme import replaced
from contactpoint.kit.housekeeping import tidies
from contactpoint.kit.outbox import handles, publish
from contactpoint.outputs.models import Classification, Output
from contactpoint.outputs.rewriting import TOPIC, next_versions
from contactpoint.outputs.signals import outputs_changed

_CHUNK: Final = 200


@handles(MERGED)
def bring_items(*, concepts: list[int]) -> None:
    """Lead rows of these concepts to what took their place; repeatable."""
    lead_on(concepts)


@tidies
def lead_all_on() -> int:
    """What was classified with a concept that had given way by then; how many items it was."""
    return lead_on()


@transaction.atomic
def lead_on(concepts: Collection[int] | None = None) -> int:
    """Repoint rows of concepts (all, or some) that gave way, in the published items and in the
    versions that may be published or edited next; returns how many items changed.
    """
    pairs = {old.pk: new.pk for old, new in replaced(Concept.objects.all())}
    if concepts is not None:
        pairs = {old: new for old, new in pairs.items() if old in concepts}
    if not pairs:
        return 0
    # A draft may have a concept that the published rows lack.
    own = Q(pk__in=Classification.objects.filter(concept__in=pairs).values("page"))
    pages = Output.objects.order_by("pk").filter(own | Q(has_unpublished_changes=True))
    keys = dict(pages.values_list("pk", "translation_key"))
    numbers = list(keys)
    changed: set[int] = set()
    for start in range(0, len(numbers), _CHUNK):
        some = numbers[start : start + _CHUNK]
        changed |= _rows(some, pairs) | _versions(some, pairs)
    outputs_changed.send(sender=Output, keys={keys[pk] for pk in changed})
    items = sorted({str(keys[pk]) for pk in changed})
    for start in range(0, len(items), _CHUNK):
        publish(TOPIC, keys=items[start : start + _CHUNK])
    return len(items)


def _rows(pages: Sequence[int], pairs: Mapping[int, int]) -> set[int]:
    found = Classification.objects.filter(page__in=pages, concept__in=pairs)
    touched = set(found.values_list("page", flat=True))
    by_page: dict[int, list[Classification]] = {}
    for row in Classification.objects.filter(page__in=touched).order_by("sort_order", "pk"):
        by_page.setdefault(row.page_id, []).append(row)
    moved: list[Classification] = []
    surplus: list[int] = []
    for rows in by_page.values():
        targets = set()
        for row in rows:
            if row.concept_id in pairs:
                row.concept_id = pairs[row.concept_id]
                targets.add(row.concept_id)
                moved.append(row)
        said = [(row.concept_id, row.keyword) for row in rows]
        surplus += [rows[place].pk for place in _surplus(said, targets)]
    Classification.objects.bulk_update(moved, ["concept"], batch_size=_CHUNK)
    Classification.objects.filter(pk__in=surplus).delete()
    return touched


def _versions(pages: Sequence[int], pairs: Mapping[int, int]) -> set[int]:
    changed = []
    for revision in next_versions(pages):
        rows: list[dict[str, Any]] = revision.content.get("classifications", [])
        targets = {pairs[row["concept"]] for row in rows if row.get("concept") in pairs}
        if not targets:
            continue
        for row in rows:
            row["concept"] = pairs.get(row.get("concept") or 0, row.get("concept"))
        surplus = _surplus([(row.get("concept"), row.get("keyword", "")) for row in rows], targets)
        revision.content["classifications"] = [
            row for place, row in enumerate(rows) if place not in surplus
        ]
        changed.append(revision)
    Revision.objects.bulk_update(changed, ["content"])
    return {int(revision.object_id) for revision in changed}


def _surplus(rows: Iterable[tuple[int | None, str]], targets: Collection[int | None]) -> set[int]:
    """Places of rows that say nothing that another row of the same concept doesn't say too."""
    places: dict[tuple[int | None, str], int] = {}
    found = set()
    for place, (concept, keyword) in enumerate(rows):
        if concept in targets and places.setdefault((concept, key_of(keyword)), place) != place:
            found.add(place)
    with_keyword = {concept for concept, keyword in places if keyword}
    return found | {
        place
        for (concept, keyword), place in places.items()
        if not keyword and concept in with_keyword
    }
