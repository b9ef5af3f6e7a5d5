"""Rules put together: what holds where all of them do, and where one is enough."""

from collections.abc import Sequence
from itertools import product
from math import prod

from django.utils.translation import gettext as _

from contactpoint.dissemination.matching.atoms import (
    MOST_ATOMS,
    MOST_GROUPS,
    Rule,
    TooLargeRuleError,
    rule_of,
)


def all_of(rules: Sequence[Rule]) -> Rule:
    """Narrower than each. Raises `TooLargeRuleError`, as `any_of` does."""
    return sized(rule_of(group for rule in rules for group in rule.groups))


def any_of(rules: Sequence[Rule]) -> Rule:
    """Wider than each: one group of every rule, all ways (an OR of ANDs as an AND of ORs)."""
    several = [rule.groups for rule in rules if rule]
    if prod(map(len, several)) > MOST_GROUPS**2:
        raise _too_many(prod(map(len, several)))
    if not several:
        return Rule(())
    return sized(rule_of([atom for group in way for atom in group] for way in product(*several)))


def sized(rule: Rule) -> Rule:
    """The rule itself, unless it has more parts than are looked at."""
    if len(rule.groups) > MOST_GROUPS:
        raise _too_many(len(rule.groups))
    most = max(map(len, rule.groups), default=0)
    if most > MOST_ATOMS:
        raise TooLargeRuleError(
            "follow",
            _("At most %(most)s choices can be joined by “or”, here are %(number)s.")
            % {"most": MOST_ATOMS, "number": most},
        )
    return rule


def _too_many(number: int) -> TooLargeRuleError:
    return TooLargeRuleError(
        "follow",
        _("A rule has %(most)s parts at most, this one has %(number)s.")
        % {"most": MOST_GROUPS, "number": number},
    )
