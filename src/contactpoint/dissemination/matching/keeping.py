"""Rules as rows: one for each, however many follow it, with what a thing needs to meet it."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from contactpoint.dissemination.matching.atoms import (
    NEWSLETTER,
    QUESTION,
    Rule,
    canonical,
    digest,
    rule_of,
    value_of,
    what_of,
)
from contactpoint.dissemination.matching.needs import NOTHING, Needs, either, reduced
from contactpoint.dissemination.matching.questions import Questions
from contactpoint.dissemination.models import Interest
from contactpoint.search import engines
from contactpoint.search.indexing.reading import FORM, state_of
from contactpoint.search.meanings import meanings
from contactpoint.vocabulary import Vocabulary

BATCH: Final = 500
UNFOLLOWED: Final = timedelta(days=2)
"""So long a rule that nobody follows is kept: somebody may be about to confirm."""


def interest_for(rule: Rule) -> Interest:
    """The row of a rule, made where there is none.

    Raises `UnavailableError` where it has a search and the search is away.
    """
    return interests_for([rule])[0]


def interests_for(rules: Sequence[Rule]) -> list[Interest]:
    """The same for several, in order; three queries and some writing a batch."""
    found: list[Interest] = []
    for start in range(0, len(rules), BATCH):
        found += _kept(rules[start : start + BATCH])
    return found


@transaction.atomic
def _kept(rules: Sequence[Rule]) -> list[Interest]:
    by_digest = {digest(rule): rule for rule in rules}
    known = set(Interest.objects.filter(digest__in=by_digest).values_list("digest", flat=True))
    made = {one: by_digest[one] for one in by_digest if one not in known}
    if made:
        wanted = _needs(made.values())
        Interest.objects.bulk_create(
            (
                Interest(
                    digest=one,
                    rule=canonical(rule),
                    needs=_as_json(needs),
                    read_with=state() if rule.has_question else "",
                )
                for (one, rule), needs in zip(made.items(), wanted, strict=True)
            ),
            ignore_conflicts=True,  # somebody else follows the same at this moment
        )
    rows = {one.digest: one for one in Interest.objects.filter(digest__in=by_digest)}
    return [rows[digest(rule)] for rule in rules]


def state(words: Vocabulary | None = None) -> str:
    """Of all that searches are read with; another where their needs may be others."""
    return f"{FORM}-{state_of(words or meanings())}"


def reread(most: int) -> int:
    """Take apart anew searches that were read with another state of the glossary; how many."""
    now = state()
    rows = list(Interest.objects.exclude(read_with__in=("", now)).order_by("pk")[:most])
    if not rows:
        return 0
    found = _needs(rule_of(row.rule) for row in rows)
    for row, needs in zip(rows, found, strict=True):
        row.needs, row.read_with = _as_json(needs), now
    Interest.objects.bulk_update(rows, ["needs", "read_with"])
    return len(rows)


def forget_unfollowed() -> int:
    """Delete rules that nobody follows any more, with all that they met; how many."""
    before = timezone.now() - UNFOLLOWED
    rows = Interest.objects.filter(subscriptions=None, created_at__lt=before)
    pks = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    with transaction.atomic():
        Interest.objects.filter(pk__in=pks, subscriptions=None).delete()
    return len(pks)


def needs_of(rule: Rule, questions: Questions | None) -> Needs:
    """What a thing needs for the rule to hold; where no thing is meant, what none has."""
    found: Needs = []
    for group in rule.groups:
        if all(what_of(atom) == NEWSLETTER for atom in group):
            return NOTHING
        found += either([
            _of_atom(atom, questions) for atom in group if what_of(atom) != NEWSLETTER
        ])  # fmt: skip
    return reduced(found)


def _of_atom(atom: str, questions: Questions | None) -> Needs:
    if what_of(atom) != QUESTION:
        return [frozenset([atom])]
    if questions is None:
        raise ValueError("A search has to be taken apart.")
    return questions.followed(value_of(atom)).needs()


def _needs(rules: Iterable[Rule]) -> list[Needs]:
    every = list(rules)
    has_question = any(rule.has_question for rule in every)
    questions = Questions(meanings(), engines.engine()) if has_question else None
    return [needs_of(rule, questions) for rule in every]


def _as_json(needs: Needs) -> list[list[str]]:
    return [sorted(need) for need in needs]
