"""What a thing must have for a condition to hold: so rules are found instead of tried.

`needs` is a list of sets; of each set a thing that meets the condition has one fact at least. They
are compared, for all rules together, before a question is taken apart.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from contactpoint.dissemination.matching.conditions import (
    Begins,
    Condition,
    Every,
    Has,
    InARow,
    Some,
)
from contactpoint.dissemination.matching.sheets import (
    ALWAYS,
    BEGINNINGS,
    fact_of,
    lookups_of,
)

Need = frozenset[str]
Needs = list[Need]
NOTHING: Final[Needs] = [frozenset()]
"""Met by no thing."""
SHARES: Final = {
    "thing": 0.0001,
    "q": 0.0001,
    "w": 0.02,
    "s": 0.02,
    "a": 0.03,
    "concept": 0.02,
    "institution": 0.02,
    "p": 0.1,
    "year": 0.1,
    "country": 0.1,
    "type": 0.1,
    "theme": 0.12,
    "kind": 0.25,
    "language": 0.9,
    ALWAYS: 1.0,
}
"""In about what part of things a lookup of a kind stands, where nobody counts."""


def rarity(need: Need) -> float:
    """A guess at the share of things that meet a need."""
    return sum(SHARES.get(one.partition(":")[0], 1.0) for one in need)


def needs(condition: Condition) -> Needs:
    """Sets of lookups; an empty list where nothing is needed, an empty set where nothing meets
    it."""
    match condition:
        case Has(facts):
            return [frozenset(one for fact in facts for one in lookups_of(fact))]
        case InARow(field, tokens):
            words = dict.fromkeys(tokens)
            return [frozenset(lookups_of(fact_of(field, word))) for word in words]
        case Begins(_field, start):
            size = min(len(start), max(BEGINNINGS))
            return [frozenset([f"p:{start[:size]}"])] if size in BEGINNINGS else []
        case Every(conditions):
            return [need for one in conditions for need in needs(one)]
        case Some(conditions):
            return either([needs(one) for one in conditions])
    return []


def either(several: Sequence[Needs]) -> Needs:
    """What is needed where one of several conditions is enough: each need of the one with the most,
    widened by the rarest of each of the others."""
    if not several:
        return [frozenset()]
    if not all(several):
        return []
    first = max(several, key=len)
    others = [min(one, key=rarity) for one in several if one is not first]
    return [need.union(*others) for need in first]


def reduced(found: Iterable[Need]) -> Needs:
    """Without sets that others make idle, in a fixed order."""
    ordered = sorted(set(found), key=lambda need: (len(need), sorted(need)))
    kept: Needs = []
    for need in ordered:
        if not any(other <= need for other in kept):
            kept.append(need)
    return kept
