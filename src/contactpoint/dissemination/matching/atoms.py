"""A rule: groups that all have to hold, of atoms of which one is enough; and its one form.

An atom is `<what>:<value>`; see `dissemination.models.interests`. Two rules that say the same in
another order, or twice, are one: they have the same digest, and one row however many follow it.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

FACETS: Final = ("theme", "concept", "country", "institution", "kind", "type")
"""Atoms that are values of a facet of the search. A thing has a concept also where its texts are
about it, or about a narrower one."""
THING, QUESTION, NEWSLETTER = "thing", "question", "newsletter"
WHATS: Final = (*FACETS, THING, QUESTION, NEWSLETTER)
MOST_GROUPS: Final = 8
MOST_ATOMS: Final = 30
"""In one group."""
LONGEST_THING: Final = 200


class RuleError(Exception):
    """It can't be followed as it stands. `place` is the parameter or atom that is wrong, the text a
    sentence for the person who asked."""

    def __init__(self, place: str, sentence: str) -> None:
        super().__init__(sentence)
        self.place = place


class EmptyRuleError(RuleError):
    """Nothing was chosen."""


class MalformedAtomError(RuleError):
    """Something that is no atom."""


class UnknownValueError(RuleError):
    """A theme, concept, thing or the like that there is not."""


class TooLargeRuleError(RuleError):
    """More groups or atoms than are looked at."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Groups in canonical order; made by `rule_of`."""

    groups: tuple[tuple[str, ...], ...]

    @property
    def atoms(self) -> list[str]:
        """All atoms, each once."""
        return list(dict.fromkeys(atom for group in self.groups for atom in group))

    @property
    def has_question(self) -> bool:
        """Whether a search is among its atoms."""
        return any(what_of(atom) == QUESTION for atom in self.atoms)

    def __bool__(self) -> bool:
        """Whether it asks for anything."""
        return bool(self.groups)


def what_of(atom: str) -> str:
    """The part before the colon."""
    return atom.partition(":")[0]


def value_of(atom: str) -> str:
    """The part behind the first colon."""
    return atom.partition(":")[2]


def rule_of(groups: Iterable[Iterable[str]]) -> Rule:
    """The rule of atoms that are known to be right: each atom once, in order, and without groups
    that another makes idle: who asks for Belgium has it when Belgium or France is asked for."""
    made = {tuple(sorted(set(group))) for group in groups}
    kept = [
        group
        for group in made
        if group and not any(other != group and set(other) <= set(group) for other in made if other)
    ]
    return Rule(tuple(sorted(kept)))


def canonical(rule: Rule) -> list[list[str]]:
    """As it is kept: lists of lists."""
    return [list(group) for group in rule.groups]


def digest(rule: Rule) -> str:
    """64 hexadecimal digits, the same for rules that are one."""
    text = json.dumps(canonical(rule), ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


NEWSLETTERS: Final = ("main",)
NEWSLETTER_RULE: Final = rule_of([[f"{NEWSLETTER}:{NEWSLETTERS[0]}"]])
"""Who follows it gets the newsletter; nothing that happens ever meets it."""


def split_groups(written: Sequence[str]) -> list[list[str]]:
    """Groups as an address has them: alternatives parted by commas."""
    return [[atom for atom in one.split(",") if atom] for one in written]
