"""What editors decide on unknown keywords, brought to every item in one transaction.

`rewriting` is how it gets there.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex, Revision

from contactpoint.glossary import deciding
from contactpoint.glossary.models import Concept, Decision
from contactpoint.glossary.models.decisions import LONGEST, key_of
from contactpoint.glossary.terms import vocabulary
from contactpoint.outputs.models import Classification, Output
from contactpoint.outputs.rewriting import Answer, write, written_items
from contactpoint.outputs.worklist import (
    UNKNOWN,
    decisions,
    root_of,
    spelled,
    theirs,
    worklist,
)

REASON: Final = "decided"
_RESOLVES: Final = {"glossary": "concept", "kinds": "type", "places": "place"}


class MappingError(ValueError):
    """A decision that makes no sense; the message says why."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What became of a mapping: so many items changed, so many spellings remembered.

    `language` is the one in which; `is_label` says that the concept had one as its label before.
    """

    items: int
    learnt: list[str] = field(default_factory=list)
    language: str = ""
    is_label: bool = False


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of taking back: so many items changed, the labels of proposed concepts that are
    gone, and of those that stay, each with the reason."""

    items: int
    removed: list[str] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)


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
    asked: Iterable[str] = (),
) -> Mapped:
    """Resolve every item with one of the strings `keys`, and remember their spellings.

    `asked` are spellings that readers use, whether an item has them or not. `language` is the one
    in which they are labels; `only` restricts to strings of these languages; what others only
    learnt they forget where the concept `takes_over`. Raises `LabelTakenError`, and changes
    nothing, where a spelling is a label of another concept.
    """
    rows = spelled(user, keys).filter(resolves_to=UNKNOWN)
    if only is not None:
        rows = rows.filter(language__in=only)
    written = {*rows.values_list("keyword", flat=True), *asked}
    # Of spellings that differ by case only one is remembered: not the one that shouts.
    spellings = sorted(written, key=lambda text: (text.isupper(), text))
    if takes_over:
        for other in {one for text in spellings for one in deciding.taken(text, language, concept)}:
            deciding.forget(keys, [language], other.pk)
    learnt = deciding.learn(concept, spellings, language) if remembers else []
    answer = Answer(concept.pk, Classification.Resolution.CONCEPT, language, 1.0, REASON)
    items = write(rows, spellings, answer)
    _decide(keys, spellings, user, language=language, concept=concept)
    is_label = any(deciding.is_label(concept, text, language) for text in spellings)
    return Mapped(items, learnt, language, is_label)


@transaction.atomic
def ignore_keyword(keys: Collection[str], spellings: Iterable[str], *, user: Any) -> None:
    """The strings are no topic: they stay as typed, and wait no more."""
    _decide(keys, spellings, user, verdict=Decision.Verdict.REJECTED)


@transaction.atomic
def merge_keyword(keys: Collection[str], other: str, *, user: Any) -> Mapped | None:
    """The strings are another spelling of `other`.

    Where that waits too, they wait with it; where the glossary knows it, they mean the same concept
    at once. Raises `MappingError` where it is the same string, or nothing that is known or waits.
    """
    target = key_of(other)
    if not target or target in keys:
        raise MappingError(_("Write another string than this one."))
    same = {key: one.same_as for key, one in decisions().items() if one.same_as}
    target = root_of(target, same)
    if target in keys:
        raise MappingError(_("“%(words)s” waits as a spelling of this one.") % {"words": other})
    waiting = {each.key: each for each in worklist(user).waiting}
    if target not in waiting:
        # What waits is not understood, whatever the glossary would take it for elsewhere.
        answer = vocabulary().harmonise(other, schemes=["glossary"])
        if answer.concept:
            concept = Concept.objects.get(slug=answer.concept)
            return map_keyword(keys, concept, user=user, language=answer.language or "en")
        raise MappingError(_("“%(words)s” is neither known nor waiting.") % {"words": other})
    spellings = [text for key in keys if key in waiting for text in waiting[key].spellings]
    # Those that wait with one of them go on doing so.
    _decide([key for key in keys if same.get(key) not in keys], spellings, user, same_as=target)
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
def undo_keyword(key: str, *, user: Any) -> Undone:
    """Take a decision back, with those made together with it: labels that they taught go, and what
    they resolved waits again, merged as it was. A concept that was proposed for them goes, unless
    something else has it.
    """
    found = _made_together(key)
    items: set[str] = set()
    for decision in found:
        if decision.concept_id:
            deciding.forget([decision.key], [decision.language], decision.concept_id)
            rows = spelled(user, [decision.key]).filter(_brought_by(decision))
            spellings = set(rows.values_list("keyword", flat=True))
            answer = Answer(None, UNKNOWN, decision.language, 0.0, "unknown")
            items |= written_items(rows, spellings, answer)
    for decision in found:
        log(instance=decision, action="outputs.keyword_undone", user=user, title=decision.words)
    Decision.objects.filter(pk__in=[decision.pk for decision in found]).delete()
    for decision in found:
        was_decided = decision.concept_id or decision.verdict == Decision.Verdict.REJECTED
        if was_decided and decision.same_as:
            words = [decision.words]
            _decide([decision.key], words, decision.user, same_as=decision.same_as)
    undone = Undone(len(items))
    for concept in {one.concept.pk: one.concept for one in found if one.concept}.values():
        if concept.status == Concept.Status.PROPOSED:
            label = concept.label
            kept = _("items have it") if _is_used(concept) else deciding.withdraw(concept)
            if kept:
                undone.kept.append((label, kept))
            else:
                undone.removed.append(label)
    return undone


def _made_together(key: str) -> list[Decision]:
    rows = Decision.objects.filter(source=Decision.Source.WORKLIST)
    rows = rows.select_related("concept", "user")
    found = {row.pk: row for row in rows.filter(key=key)}
    for row in list(found.values()):
        same = {"decided_at": row.decided_at, "concept": row.concept_id, "verdict": row.verdict}
        found |= {other.pk: other for other in rows.filter(**same, user=row.user_id)}
    return list(found.values())


def _is_used(concept: Concept) -> bool:
    """Whether an item has a concept, as it is published or in what may be published next."""
    if ReferenceIndex.get_references_to(concept).exists():
        return True
    if Classification.objects.filter(concept=concept).exists():
        return True
    own = Output.objects.order_by()
    current = Q(pk__in=own.values("latest_revision")) | Q(pk__in=own.values("live_revision"))
    planned = Q(approved_go_live_at__isnull=False)
    said = Q(text__contains=f'"concept": {concept.pk},')
    said |= Q(text__contains=f'"concept": {concept.pk}}}')
    contents = Revision.objects.filter(current | planned)
    return contents.annotate(text=Cast("content", TextField())).filter(said).exists()


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
            answer = Answer(
                concept.pk if concept else None,
                _RESOLVES[found.scheme or ""],
                found.language or "",
                found.confidence,
                found.reason,
            )
            known += bool(write(rows, [text], answer))
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
    rows = Decision.objects.filter(source=Decision.Source.WORKLIST, key__in=keys)
    former = dict(rows.exclude(same_as="").values_list("key", "same_as"))
    rows.filter(concept=None).exclude(language=language).delete()
    now = timezone.now()
    for key in keys:
        decision, _new = Decision.objects.update_or_create(
            source=Decision.Source.WORKLIST,
            key=key,
            language=language,
            defaults={
                "words": words.get(key, key),
                "verdict": verdict,
                "concept": concept,
                # What was merged stays so, and is found merged when this is taken back.
                "same_as": same_as or former.get(key, ""),
                "user": user,
                "decided_at": now,
            },
        )
        log(
            instance=decision,
            action="outputs.keyword_decided",
            user=user,
            title=decision.words,
            data={"concept": concept.slug if concept else "", "same_as": same_as},
        )
