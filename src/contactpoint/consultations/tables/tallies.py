"""What was counted, as it is shown: a number for each category, or None where it is hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from contactpoint.consultations.questions import Kind
from contactpoint.consultations.tables.intervals import Interval, wilson
from contactpoint.consultations.tables.numbers import Summary, summary
from contactpoint.consultations.tables.sheets import (
    MISSING,
    NUMBERS,
    Column,
    Sheet,
    numbers_of,
    ranks,
)


class Reason(StrEnum):
    """Why something is not shown in public."""

    FEW = "few"
    """Too few answers to show any of them without telling of somebody."""
    DEPENDS = "depends"
    """Who was asked hangs on answers that are hidden themselves."""
    CHOICES = "choices"
    """Which choices there were hangs on other answers."""
    TIED = "tied"
    """A rule for answers ties it to others, or its choices to each other."""
    LARGE = "large"
    """Nobody would read so large a table, or it could not be protected."""


@dataclass(frozen=True, slots=True)
class Share:
    """A count and what it is a part of; `count` is None where it is hidden."""

    count: int | None
    base: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where hidden, and where nobody was asked."""
        return None if self.count is None or not self.base else self.count / self.base

    @property
    def interval(self) -> Interval | None:
        """The 95 per cent interval of the share."""
        return None if self.count is None or not self.base else wilson(self.count, self.base)


@dataclass(frozen=True, slots=True)
class Tally:
    """One column counted. `asked` is what shares are taken of; `missing` were asked and gave no
    answer. A hidden number is None."""

    question: str
    kind: Kind
    part: str
    categories: tuple[str, ...]
    counts: Mapping[str, int | None]
    asked: int
    missing: int | None
    is_concept: bool = False

    @property
    def key(self) -> str:
        """Unique in a round."""
        return f"{self.question}/{self.part}" if self.part else self.question

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is hidden."""
        return self.missing is not None and None not in self.counts.values()

    def share(self, category: str) -> Share:
        """How many said it, of those asked."""
        return Share(self.counts.get(category), self.asked)


@dataclass(frozen=True, slots=True)
class Cross:
    """A column by the groups of a background question; None where a number is hidden."""

    groups: tuple[str, ...]
    bases: Mapping[str, int]
    counts: Mapping[tuple[str, str], int | None]
    """Category (or `MISSING`) and group."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is hidden."""
        return None not in self.counts.values()

    def share(self, category: str, group: str) -> Share:
        """How many of a group said it, of those of it who were asked."""
        return Share(self.counts.get((category, group)), self.bases.get(group, 0))


@dataclass(frozen=True, slots=True)
class Tables:
    """All that may be shown of a round to somebody."""

    respondents: int
    background: str
    groups: tuple[str, ...]
    tallies: Mapping[str, Tally]
    crosses: Mapping[str, Cross] = field(default_factory=dict)
    omitted: Mapping[str, Reason] = field(default_factory=dict)
    """By question: nothing of it is shown."""
    uncrossed: Mapping[str, Reason] = field(default_factory=dict)
    """By key: it is not shown by groups."""
    summaries: Mapping[str, Summary] = field(default_factory=dict)
    ranks: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)

    def of(self, question: str) -> list[Tally]:
        """The tallies of one question."""
        return [one for one in self.tallies.values() if one.question == question]

    def within(self, group: str) -> "Tables":
        """The same of one group: what the cross tables say of it, and nothing besides."""
        found = {
            key: _of_group(self.tallies[key], cross, group)
            for key, cross in self.crosses.items()
            if group in cross.groups
        }
        by = self.tallies.get(self.background)
        number = (by.counts.get(group) if by else 0) or 0
        omitted = {
            **self.omitted,
            **{self.tallies[key].question: reason for key, reason in self.uncrossed.items()},
        }
        return Tables(number, self.background, self.groups, found, omitted=omitted)


def _of_group(tally: Tally, cross: Cross, group: str) -> Tally:
    return Tally(
        tally.question,
        tally.kind,
        tally.part,
        tally.categories,
        {one: cross.counts.get((one, group)) for one in tally.categories},
        cross.bases[group],
        cross.counts.get((MISSING, group), 0),
        tally.is_concept,
    )


def counted(sheet: Sheet, *, background: str = "", among: Sequence[int] | None = None) -> Tables:
    """All tables as they are, for those who may see every answer; `among` are places of
    respondents who are looked at alone."""
    places = range(len(sheet.respondents)) if among is None else among
    by = next(iter(sheet.of(background)), None) if background else None
    people = [sheet.respondents[place] for place in places]
    asked = {one.code: one for one in sheet.instrument.questions()}
    tallies = {one.key: tally(one, one.counts(places)) for one in sheet.columns}
    summaries = {
        code: found
        for code, one in asked.items()
        if one.kind in NUMBERS or one.kind is Kind.DATE
        if (found := summary(numbers_of(one, people))) is not None
    }
    return Tables(
        len(people),
        background if by else "",
        by.categories if by else (),
        tallies,
        crosses={
            one.key: _crossed(one, by, places)
            for one in sheet.columns
            if by is not None and one.question != background
        },
        summaries=summaries,
        ranks=ranked(sheet, places),
    )


def tally(column: Column, counts: Mapping[str | None, int]) -> Tally:
    """A column as it is."""
    said = {one: counts.get(one, 0) for one in column.categories}
    missing = counts.get(MISSING, 0)
    return Tally(
        column.question,
        column.kind,
        column.part,
        column.categories,
        dict(said),
        sum(said.values()) + missing,
        missing,
        column.is_concept,
    )


def ranked(sheet: Sheet, places: Sequence[int]) -> dict[str, dict[str, Decimal]]:
    """The mean ranks of each ranking."""
    people = [sheet.respondents[place] for place in places]
    found = {
        one.code: ranks(one, [each.code for each in sheet.instrument.choices_of(one)], people)
        for one in sheet.instrument.questions()
        if one.kind is Kind.RANKING
    }
    return {code: means for code, means in found.items() if means}


def _crossed(column: Column, by: Column, places: Sequence[int]) -> Cross:
    counts: dict[tuple[str, str], int | None] = {}
    bases: dict[str, int] = {}
    for group in by.categories:
        members = [place for place in places if by.values[place] == group]
        said = tally(column, column.counts(members))
        bases[group] = said.asked
        counts[MISSING, group] = said.missing
        counts |= {(one, group): said.counts[one] for one in column.categories}
    return Cross(by.categories, bases, counts)
