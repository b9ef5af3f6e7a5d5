"""What editors decide on unknown keywords, brought to every item in one transaction.

A string is resolved in the published rows, in the newest draft, and in a scheduled version, or the
next save would bring the unknown string back. That items have changed is told through the outbox.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from contactpoint.glossary import deciding
from contactpoint.glossary.models import Concept, Decision
from contactpoint.glossary.models.decisions import LONGEST, key_of
from contactpoint.glossary.terms import vocabulary
from contactpoint.kit.outbox import handles, publish
from contactpoint.outputs.models import Classification, Output
from contactpoint.outputs.synchronising import enqueue
from contactpoint.outputs.worklist import (
    UNKNOWN,
    decisions,
    outputs_of,
    root_of,
    spelled,
    theirs,
    worklist,
)

REASON: Final = "decided"
TOPIC: Final = "outputs.classified"
_CHUNK: Final = 200
_RESOLVES: Final = {"glossary": "concept", "kinds": "type", "places": "place"}


class MappingError(ValueError):
    """A decision that makes no sense; the message says why."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What became of a mapping: so many items changed, so many spellings remembered."""

    items: int
    learnt: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What rows become."""

    concept: int | None
    resolves_to: str
    language: str
    confidence: float
    reason: str


@transaction.atomic
def map_keyword(
    keys: Collection[str],
    concept: Concept,
    *,
    user: Any,
    language: str,
    only: Collection[str] | None = None,
    remembers: bool = True,
    takes_over: bool = False,
) -> Mapped:
    """Resolve every item with one of the strings `keys`, and remember their spellings.

    `language` is the one in which they are labels; `only` restricts to strings of these languages;
    what others only learnt they forget where the concept `takes_over`. Raises `LabelTakenError`,
    and changes nothing, where a spelling is a label of another concept.
    """
    rows = spelled(user, keys).filter(resolves_to=UNKNOWN)
    if only is not None:
        rows = rows.filter(language__in=only)
    written = set(rows.values_list("keyword", flat=True))
    # Of spellings that differ by case only one is remembered: not the one that shouts.
    spellings = sorted(written, key=lambda text: (text.isupper(), text))
    if takes_over:
        for other in {one for text in spellings for one in deciding.taken(text, language, concept)}:
            deciding.forget(keys, [language], other.pk)
    learnt = deciding.learn(concept, spellings, language) if remembers else []
    answer = _Answer(concept.pk, Classification.Resolution.CONCEPT, language, 1.0, REASON)
    items = _write(rows, spellings, answer)
    _decide(keys, spellings, user, language=language, concept=concept)
    return Mapped(items, learnt)


@transaction.atomic
def ignore_keyword(keys: Collection[str], spellings: Iterable[str], *, user: Any) -> None:
    """The strings are no topic: they stay as typed, and wait no more."""
    _decide(keys, spellings, user, verdict=Decision.Verdict.REJECTED)


@transaction.atomic
def merge_keyword(keys: Collection[str], other: str, *, user: Any) -> Mapped | None:
    """The strings are another spelling of `other`.

    Where the glossary knows that, they mean the same concept at once; where it waits too, they wait
    with it. Raises `MappingError` where it is the same string, or nothing that is known or waits.
    """
    target = key_of(other)
    if not target or target in keys:
        raise MappingError(_("Write another string than this one."))
    answer = vocabulary().harmonise(other, schemes=["glossary"])
    if answer.concept:
        concept = Concept.objects.get(slug=answer.concept)
        return map_keyword(keys, concept, user=user, language=answer.language or "en")
    same = {key: one.same_as for key, one in decisions().items() if one.same_as}
    target = root_of(target, same)
    if target in keys:
        raise MappingError(_("“%(words)s” waits as a spelling of this one.") % {"words": other})
    waiting = {each.key: each for each in worklist(user).waiting}
    if target not in waiting:
        raise MappingError(_("“%(words)s” is neither known nor waiting.") % {"words": other})
    spellings = [text for key in keys if key in waiting for text in waiting[key].spellings]
    _decide(keys, spellings, user, same_as=target)
    return None


@transaction.atomic
def propose_keyword(
    keys: Collection[str],
    labels: Mapping[str, str],
    *,
    user: Any,
    language: str,
    broader: Concept | None = None,
) -> tuple[Concept, Mapped]:
    """A new concept, proposed to the administrators, and the strings mapped to it."""
    concept = deciding.propose(labels, broader=broader)
    return concept, map_keyword(keys, concept, user=user, language=language)


@transaction.atomic
def undo_keyword(key: str, *, user: Any) -> int:
    """Take a decision back: labels that it taught go, and what it resolved waits again.

    Returns how many items changed.
    """
    found = list(Decision.objects.filter(source=Decision.Source.WORKLIST, key=key))
    items = 0
    for decision in found:
        if decision.concept_id:
            deciding.forget([key], [decision.language], decision.concept_id)
            rows = spelled(user, [key]).filter(_brought_by(decision))
            spellings = set(rows.values_list("keyword", flat=True))
            answer = _Answer(None, UNKNOWN, decision.language, 0.0, "unknown")
            items += _write(rows, spellings, answer)
    Decision.objects.filter(pk__in=[decision.pk for decision in found]).delete()
    return items


def _brought_by(decision: Decision) -> Q:
    """Rows that a mapping resolved, or that came later and were known by the label it taught."""
    then = Q(reason=REASON)
    if vocabulary().harmonise(decision.words).concept is None:
        then |= Q(reason="hidden")
    return then & Q(concept=decision.concept_id)


@transaction.atomic
def ask_again(user: Any) -> int:
    """Ask the glossary, which may have grown, for everything that waits; how many it knows now."""
    known, words = 0, vocabulary()
    for each in worklist(user).waiting:
        for text in each.spellings:
            found = words.harmonise(text, each.language or None)
            if not found.concept:
                continue
            concept = None
            if found.scheme == "glossary":
                concept = Concept.objects.filter(slug=found.concept).first()
                if concept is None:
                    continue
            rows = theirs(user).filter(resolves_to=UNKNOWN, keyword=text)
            answer = _Answer(
                concept.pk if concept else None,
                _RESOLVES[found.scheme or ""],
                found.language or "",
                found.confidence,
                found.reason,
            )
            known += bool(_write(rows, [text], answer))
    return known


def _decide(
    keys: Collection[str],
    spellings: Iterable[str],
    user: Any,
    *,
    verdict: str = Decision.Verdict.ACCEPTED,
    language: str = "",
    concept: Concept | None = None,
    same_as: str = "",
) -> None:
    words = {key_of(text): text[:LONGEST] for text in spellings}
    rows = Decision.objects.filter(source=Decision.Source.WORKLIST, key__in=keys, concept=None)
    rows.exclude(language=language).delete()
    for key in keys:
        Decision.objects.update_or_create(
            source=Decision.Source.WORKLIST,
            key=key,
            language=language,
            defaults={
                "words": words.get(key, key),
                "verdict": verdict,
                "concept": concept,
                "same_as": same_as,
                "user": user,
                "decided_at": timezone.now(),
            },
        )


def _write(rows: "QuerySet[Classification]", spellings: Collection[str], answer: _Answer) -> int:
    """Give rows an answer, and the versions of their pages; returns how many items changed."""
    pages = list(outputs_of(rows).values_list("pk", "translation_key"))
    if not pages:
        return 0
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
    items = sorted({str(key) for _pk, key in pages})
    for start in range(0, len(items), _CHUNK):
        publish(TOPIC, keys=items[start : start + _CHUNK])
    return len(items)


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
