"""That nobody can work out a small number from all that is published of a round together.

The attacker knows the questionnaire and every published number. All sets of respondents that fit
them are made, one by one: what a small cell is in each of them is what the attacker can't tell
apart.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import combinations, product

import numpy as np
import pytest

from contactpoint.consultations.questions import Choice, Instrument, Kind, Question, Section
from contactpoint.consultations.tables.publishing import published
from contactpoint.consultations.tables.sheets import MISSING, Respondent, sheet
from contactpoint.consultations.tables.tallies import Tables

Person = tuple[str | None, ...]
"""What one respondent says to each of `CODES`; None where not asked."""


def _choices(*codes: str) -> tuple[Choice, ...]:
    return tuple(Choice(one) for one in codes)


GROUP = Question("group", Kind.ONE, choices="groups", required="true()")


def _instrument(groups: Sequence[str], answers: Sequence[str], *questions: Question) -> Instrument:
    sets = {"groups": _choices(*groups), "answers": _choices(*answers)}
    section = Section("all", questions=(GROUP, *questions))
    return Instrument("test", ("en",), sections=(section,), choice_sets=sets)


def _two(groups: Sequence[str]) -> tuple[Instrument, list[Person]]:
    """Two questions, of which one may be left out."""
    first = Question("first", Kind.ONE, choices="answers")
    second = Question("second", Kind.ONE, choices="answers", required="true()")
    kinds = product(groups, ["yes", "no", MISSING], ["yes", "no"])
    return _instrument(groups, ["yes", "no"], first, second), list(kinds)


def _wide(groups: Sequence[str]) -> tuple[Instrument, list[Person]]:
    """One question of three choices."""
    asked = Question("first", Kind.ONE, choices="answers", required="true()")
    answers = ["yes", "no", "maybe"]
    return _instrument(groups, answers, asked), list(product(groups, answers))


def _branched(groups: Sequence[str]) -> tuple[Instrument, list[Person]]:
    """The second question is put to those who say no to the first."""
    first = Question("first", Kind.ONE, choices="answers", required="true()")
    second = Question("second", Kind.ONE, choices="answers", relevant="${first} = 'no'")
    kinds = [
        (group, *said)
        for group in groups
        for said in (("yes", None), ("no", "yes"), ("no", "no"), ("no", MISSING))
    ]
    return _instrument(groups, ["yes", "no"], first, second), kinds


def _branched_off(groups: Sequence[str]) -> tuple[Instrument, list[Person]]:
    """One of three answers leads to the second question."""
    first = Question("first", Kind.ONE, choices="answers", required="true()")
    second = Question(
        "second", Kind.RANKING, choices="groups", relevant="${first} = 'no'", required="true()"
    )
    kinds = [
        (group, *said)
        for group in groups
        for said in (("yes", None), ("maybe", None), *(("no", each) for each in groups))
    ]
    return _instrument(groups, ["yes", "no", "maybe"], first, second), kinds


def _twice(groups: Sequence[str]) -> tuple[Instrument, list[Person]]:
    """The third question hangs on either of two."""
    questions = [
        Question("first", Kind.ONE, choices="answers", required="true()"),
        Question("second", Kind.ONE, choices="answers", required="true()"),
        Question(
            "third",
            Kind.ONE,
            choices="answers",
            required="true()",
            relevant="${first} = 'no' or ${second} = 'no'",
        ),
    ]
    kinds = [
        (group, first, second, third)
        for group in groups
        for first, second in product(["yes", "no"], repeat=2)
        for third in (["yes", "no"] if "no" in (first, second) else [None])
    ]
    return _instrument(groups, ["yes", "no"], *questions), kinds


def _several(groups: Sequence[str], *answers: str) -> tuple[Instrument, list[Person]]:
    """At least one is chosen."""
    answers = answers or ("yes", "no", "maybe")
    asked = Question("several", Kind.MANY, choices="answers", required="true()")
    kinds = [
        (group, " ".join(chosen))
        for group in groups
        for number in range(1, len(answers) + 1)
        for chosen in combinations(answers, number)
    ]
    return _instrument(groups, answers, asked), kinds


def _either(groups: Sequence[str]) -> tuple[Instrument, list[Person]]:
    """One or both of two are chosen."""
    return _several(groups, "yes", "no")


def _respondent(instrument: Instrument, person: Person) -> Respondent:
    codes = [one.code for one in instrument.questions()]
    said = dict(zip(codes, person, strict=True))
    values = {code: value for code, value in said.items() if value}
    if "several" in values:
        values["several"] = values["several"].split()
    asked = frozenset(code for code, value in said.items() if value is not None)
    return Respondent(values, asked)


@cache
def _worlds(people: int, kinds: int) -> np.ndarray:
    """All ways in which so many respondents are of so many kinds, a row each."""
    bars = np.array(list(combinations(range(people + kinds - 1), kinds - 1)), dtype=np.int16)
    ends = np.hstack([
        np.full((len(bars), 1), -1, np.int16), bars,
        np.full((len(bars), 1), people + kinds - 1, np.int16),
    ])  # fmt: skip
    return np.diff(ends, axis=1) - 1


class _Attacker:
    """Holds the worlds that fit all that is published."""

    def __init__(self, instrument: Instrument, kinds: Sequence[Person], people: int) -> None:
        self.instrument, self.kinds = instrument, kinds
        self.worlds = _worlds(people, len(kinds))
        self.columns = {
            one.key: one
            for one in sheet(
                instrument, [_respondent(instrument, person) for person in kinds]
            ).columns
        }

    def _number(self, key: str, says: Callable[[str | None], bool], group: str = "") -> np.ndarray:
        """Of each world: how many of a group say such a thing to a question."""
        values = self.columns[key].values
        here = [
            says(value) and (not group or kind[0] == group)
            for value, kind in zip(values, self.kinds, strict=True)
        ]
        return self.worlds @ np.array(here, dtype=np.int16)

    def learn(self, tables: Tables) -> None:
        """Only keep what fits."""
        fits = np.ones(len(self.worlds), dtype=bool)
        for key, tally in tables.tallies.items():
            fits &= self._number(key, lambda one: one is not None) == tally.asked
            said = {**tally.counts, MISSING: tally.missing}
            for category, count in said.items():
                if count is not None:
                    fits &= self._number(key, lambda one, it=category: one == it) == count
        for key, cross in tables.crosses.items():
            for group, base in cross.bases.items():
                fits &= self._number(key, lambda one: one is not None, group) == base
            for (category, group), count in cross.counts.items():
                if count is not None:
                    fits &= self._number(key, lambda one, it=category: one == it, group) == count
        self.worlds = self.worlds[fits]

    def ranges(self, truth: np.ndarray) -> Iterator[tuple[str, bool, int, int, int]]:
        """Each cell and each complement: what it is, and the least and most that it could be."""
        groups = sorted({kind[0] for kind in self.kinds if kind[0]})
        where = int(np.flatnonzero((self.worlds == truth).all(axis=1))[0])
        for key, column in self.columns.items():
            for group in ["", *groups] if key != "group" else [""]:
                for category in column.categories:
                    for is_cell in (True, False):
                        found = self._number(
                            key,
                            lambda one, it=category, cell=is_cell: (
                                one == it if cell else one is not None and one != it
                            ),
                            group,
                        )
                        name = f"{key} {'' if is_cell else 'not '}{category} {group}"
                        low, high = int(found.min()), int(found.max())
                        yield name, is_cell, int(found[where]), low, high


def _attacked(
    instrument: Instrument, kinds: Sequence[Person], truth: np.ndarray, least: int
) -> Tables:
    people = [
        _respondent(instrument, kind)
        for kind, number in zip(kinds, truth, strict=True)
        for _ in range(number)
    ]
    tables = published(sheet(instrument, people), least, background="group")
    attacker = _Attacker(instrument, kinds, len(people))
    attacker.learn(tables)
    for name, is_cell, count, low, high in attacker.ranges(truth):
        if count < least and (is_cell or "several" not in name):
            assert high >= least, (name, count, low, high, least, truth.tolist())
            assert high - low >= (least if is_cell else 1), (name, count, low, high, truth.tolist())
    return tables


@pytest.mark.parametrize(
    ("made", "groups", "people", "least", "times"),
    [
        (_two, ("north", "south"), 6, 2, 600),
        (_wide, ("north", "south", "east"), 9, 2, 800),
        (_wide, ("north", "south"), 16, 3, 500),
        (_branched, ("north", "south"), 11, 2, 500),
        (_branched, ("north", "south"), 14, 3, 300),
        (_branched_off, ("north", "south"), 11, 2, 500),
        (_either, ("north", "south"), 15, 3, 500),
        (_twice, ("north", "south"), 8, 2, 150),
        (_several, ("north", "south"), 6, 2, 600),
    ],
)
def test_no_small_number_can_be_worked_out_from_all_that_is_published_of_a_round(
    made: Callable[[Sequence[str]], tuple[Instrument, list[Person]]],
    groups: tuple[str, ...],
    people: int,
    least: int,
    times: int,
) -> None:
    instrument, kinds = made(groups)
    draw = random.Random(f"{made.__name__} {groups} {people} {least}")
    crossed = 0
    for _ in range(times):
        spread = [draw.random() ** 2 for _ in kinds]
        chosen = draw.choices(range(len(kinds)), spread, k=people)
        truth = np.bincount(chosen, minlength=len(kinds)).astype(np.int16)
        tables = _attacked(instrument, kinds, truth, least)
        crossed += bool(tables.crosses)
    assert crossed > times / 20
