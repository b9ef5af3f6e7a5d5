"""Stores what editors decide about words and concepts: the only functions that write decisions."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contactpoint.glossary.carrying import leave_out
from contactpoint.glossary.models import Concept, ConceptDraft, ConceptLabel, Decision, Theme
from contactpoint.glossary.models.decisions import LONGEST, key_of
from contactpoint.glossary.remembering import can_be_learnt
from contactpoint.glossary.signals import concepts_changed
from contactpoint.glossary.slugs import free_slug

_LONGEST_SLUG: Final = 90
Verdicts = Collection[tuple[int, str]]
"""Keys of concepts, each with a `Decision.Verdict`."""


class LabelTakenError(ValueError):
    """The words are a label of other concepts in that language; `others` are they.

    `concept` is the one that should have learnt them. `is_learnt` says that the others only learnt
    the label, so that they may forget it.
    """

    def __init__(
        self,
        words: str,
        language: str,
        others: Sequence[Concept],
        *,
        concept: Concept,
        is_learnt: bool = False,
    ) -> None:
        names = ", ".join(other.label for other in others)
        super().__init__(f"{words} ({language}) is a label of {names} already.")
        self.words, self.language, self.others = words, language, others
        self.concept, self.is_learnt = concept, is_learnt


@transaction.atomic
def settle(
    subject: str,
    source: str,
    wanted: Verdicts,
    *,
    words_of: Callable[[Collection[int]], Mapping[int, Sequence[str]]],
    language: str,
    user: Any,
    follows_words: bool = False,
) -> None:
    """Make the decisions of a source on one subject be exactly `wanted`.

    What was decided before keeps its words, its editor and its time; what is wanted no more is
    undone. `words_of` is asked for concepts that are newly decided on, or, where the decision
    `follows_words`, for all: words that are no longer there are undone as well.
    """
    there = {
        (row.concept_id, row.verdict, row.key): row.pk
        for row in Decision.objects.filter(subject=subject, source=source)
    }
    decided = {(pk, verdict) for pk, verdict, _key in there}
    asked = {pair for pair in wanted if follows_words or pair not in decided}
    words = words_of([pk for pk, _verdict in asked]) if asked else {}
    target = {
        (pk, verdict, key_of(each)): each[:LONGEST]
        for pk, verdict in asked
        for each in words.get(pk) or [""]
    }
    kept = {key for key in there if key in target or (key[:2] in wanted and key[:2] not in asked)}
    Decision.objects.filter(pk__in=[there[key] for key in there if key not in kept]).delete()
    rows = [
        Decision(
            concept_id=pk,
            verdict=verdict,
            source=source,
            subject=subject,
            words=each,
            key=key,
            language=language,
            user=user,
        )
        for (pk, verdict, key), each in target.items()
        if (pk, verdict, key) not in there
    ]
    # Two editors may save one form at the same moment; the first is kept.
    Decision.objects.bulk_create(rows, ignore_conflicts=True)


def refused(subject: str) -> set[int]:
    """Keys of the concepts that editors refused for this subject; one query."""
    rows = Decision.objects.filter(subject=subject, verdict=Decision.Verdict.REJECTED)
    return {pk for pk in rows.values_list("concept_id", flat=True) if pk}


def taken(words: str, language: str, besides: Concept | None = None) -> list[Concept]:
    """The concepts that have the words as a label in a language, whatever its kind; two queries.

    Concepts that were given up count: their labels are known, too.
    """
    key = key_of(words)
    others = {
        label.concept_id: label.concept
        for label in ConceptLabel.objects.filter(language=language).select_related("concept")
        if key_of(label.text) == key
    }
    others |= {
        concept.pk: concept
        for concept in Concept.objects.all()
        if key_of(concept.labels.get(language, "")) == key
    }
    if besides is not None:
        others.pop(besides.pk, None)
    return sorted(others.values(), key=lambda concept: concept.label.casefold())


def conflict(spellings: Iterable[str], language: str, concept: Concept) -> LabelTakenError | None:
    """What stands in the way of remembering spellings for a concept; None if nothing does."""
    for text in spellings:
        others = taken(text, language, concept) if can_be_learnt(text, language) else []
        if others:
            learnt = ConceptLabel.objects.filter(learnt=True, language=language, concept__in=others)
            theirs = {label.concept_id for label in learnt if key_of(label.text) == key_of(text)}
            is_learnt = theirs == {other.pk for other in others}
            return LabelTakenError(text, language, others, concept=concept, is_learnt=is_learnt)
    return None


def is_label(concept: Concept, words: str, language: str) -> bool:
    """Whether the words are a label in a language that the concept did not learn; one query."""
    rows = concept.other_labels.filter(language=language, learnt=False)
    labels = [concept.labels.get(language, ""), *rows.values_list("text", flat=True)]
    return key_of(words) in {key_of(text) for text in labels if text}


@transaction.atomic
def learn(concept: Concept, spellings: Iterable[str], language: str) -> list[str]:
    """Remember spellings as hidden labels of a concept; returns those that are new.

    Function words and single letters are passed over. Raises `LabelTakenError`, and keeps nothing,
    where one is a label of another concept. Repeatable.
    """
    rows = ConceptLabel.objects.filter(concept=concept, language=language)
    labels = list(rows.values_list("text", "learnt"))
    # An abbreviation in small letters is another spelling: the matcher wants its capitals.
    there = {concept.labels.get(language, ""), *(text for text, _learnt in labels)}
    known = {key_of(text) for text, learnt in labels if learnt}
    new: dict[str, str] = {}
    for spelling in spellings:
        text = " ".join(spelling.split())[:LONGEST]
        key = key_of(text)
        if text in there or key in known or key in new or not can_be_learnt(text, language):
            continue
        problem = conflict([text], language, concept)
        if problem is not None:
            raise problem
        new[key] = text
    if new:
        learnt_rows = [
            ConceptLabel(
                concept=concept,
                language=language,
                kind=ConceptLabel.Kind.HIDDEN,
                text=text,
                learnt=True,
            )
            for text in new.values()
        ]
        ConceptLabel.objects.bulk_create(learnt_rows, ignore_conflicts=True)
        _touch([concept.pk])
    return list(new.values())


@transaction.atomic
def forget(keys: Collection[str], languages: Collection[str], concept: int) -> int:
    """Take labels back that a concept learnt, by their keys; returns how many.

    They leave the draft of the next version as well.
    """
    leave_out(concept, keys, languages)
    rows = ConceptLabel.objects.filter(learnt=True, concept=concept, language__in=languages)
    gone = [row.pk for row in rows if key_of(row.text) in keys]
    ConceptLabel.objects.filter(pk__in=gone).delete()
    if gone:
        _touch([concept])
    return len(gone)


@transaction.atomic
def propose(
    labels: Mapping[str, str], *, broader: Concept | None = None, slug: str = ""
) -> Concept:
    """A new concept with these preferred labels, for administrators to approve.

    Its identifier comes from the English label. `labels` must have one.
    """
    concept = Concept.objects.create(
        slug=free_slug(slug or labels["en"]), labels=dict(labels), status=Concept.Status.PROPOSED
    )
    if broader is not None:
        concept.broader.add(broader)
    return concept


@transaction.atomic
def withdraw(concept: Concept) -> str:
    """Remove a proposed concept that nothing in the glossary has; returns why it stays, else "".

    Who uses it elsewhere is for the caller to know.
    """
    kept = what_keeps(concept)
    if not kept:
        concept.delete()
    return kept


def what_keeps(concept: Concept) -> str:
    """Why a proposed concept can't be removed, as far as the glossary knows; "" if it can."""
    if concept.versions.exists():
        return _("a published version has it")
    if ConceptDraft.objects.filter(concept=concept).exists():
        return _("a draft changes it")
    if concept.proposals.exists():
        return _("a proposal is about it")
    if concept.decisions.exists():
        return _("another decision is about it")
    neighbours = (concept.narrower, concept.related, concept.predecessors)
    is_in_a_theme = Theme.objects.filter(concepts=concept).exists()
    if is_in_a_theme or any(rows.exists() for rows in neighbours):
        return _("a theme or another concept leads to it")
    return ""


def _touch(concepts: Collection[int]) -> None:
    """The vocabulary is compiled anew when a concept has changed."""
    rows = Concept.objects.filter(pk__in=concepts)
    rows.update(updated_at=timezone.now())
    concepts_changed.send(sender=Concept, slugs=list(rows.values_list("slug", flat=True)))
