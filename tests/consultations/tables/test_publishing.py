"""That nobody can work out a small number from all that is published of a round together.

The attacker knows the questionnaire and every published number. All sets of respondents that fit
them are made, one by one: what a small cell is in each of them is what the attacker can't tell
apart.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import combinations, permutations, product

import numpy as np
import pytest

from contactpoint.consultations.questions import Choice, Instrument, Kind, Question, Section
from contactpoint.consultations.tables.publishing import published
from contactpoint.consultations.tables.sheets import MISSING, Respondent, sheet
from contactpoint.consultations.tables.tallies import Reason, Tables
from contactpoint.consultations.tables.ties import tied

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


def _ruled(
    groups: Sequence[str],
    rule: str,
    keeps: Callable[[Sequence[str]], bool],
    answers: Sequence[str] = ("yes", "no", "maybe"),
) -> tuple[Instrument, list[Person]]:
    """Several are chosen, so that a rule is kept."""
    asked = Question("several", Kind.MANY, choices="answers", required="true()", constraint=rule)
    kinds = [
        (group, " ".join(chosen))
        for group in groups
        for number in range(1, len(answers) + 1)
        for chosen in combinations(answers, number)
        if keeps(chosen)
    ]
    return _instrument(groups, answers, asked), kinds


def _just_two(groups: Sequence[str]) -> tuple[Instrument, list[Person]]:
    return _ruled(groups, "count-selected(.) = 2", lambda one: len(one) == 2)


def _just_one(groups: Sequence[str]) -> tuple[Instrument, list[Person]]:
    return _ruled(groups, "count-selected(.) = 1", lambda one: len(one) == 1)


def _two_at_most(groups: Sequence[str]) -> tuple[Instrument, list[Person]]:
    return _ruled(groups, "count-selected(.) <= 2", lambda one: len(one) <= 2)


def _maybe_alone(groups: Sequence[str]) -> tuple[Instrument, list[Person]]:
    return _ruled(
        groups,
        "not(selected(., 'maybe') and count-selected(.) > 1)",
        lambda one: "maybe" not in one or len(one) == 1,
    )


def _same_said_twice(groups: Sequence[str]) -> tuple[Instrument, list[Person]]:
    """The second has to be yes where the first is yes or maybe."""
    questions = [
        Question("first", Kind.ONE, choices="answers", required="true()"),
        Question(
            "second", Kind.ONE, choices="answers", required="true()",
            constraint="(. = 'yes') = (${first} = 'yes' or ${first} = 'maybe')",
        ),
    ]  # fmt: skip
    said = [("yes", "yes"), ("maybe", "yes"), ("no", "no"), ("no", "maybe")]
    kinds = [(group, *each) for group in groups for each in said]
    return _instrument(groups, ["yes", "no", "maybe"], *questions), kinds


def _needed(groups: Sequence[str]) -> tuple[Instrument, list[Person]]:
    """Only who says yes may leave out the second."""
    questions = [
        Question("first", Kind.ONE, choices="answers", required="true()"),
        Question("second", Kind.ONE, choices="answers", required="${first} != 'yes'"),
    ]
    said = [("yes", "yes"), ("yes", "no"), ("yes", MISSING), ("no", "yes"), ("no", "no")]
    kinds = [(group, *each) for group in groups for each in said]
    return _instrument(groups, ["yes", "no"], *questions), kinds


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
        is_free = "several" not in name or bool(instrument.question("several").constraint)  # type: ignore[union-attr]
        if count < least and (is_cell or is_free):
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
        (_just_two, ("north", "south"), 14, 2, 120),
        (_just_one, ("north", "south"), 14, 2, 120),
        (_two_at_most, ("north", "south"), 10, 2, 120),
        (_maybe_alone, ("north", "south"), 11, 2, 120),
        (_same_said_twice, ("north", "south"), 11, 2, 120),
        (_needed, ("north", "south"), 11, 2, 120),
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
    crossed = shown = 0
    for _ in range(times):
        spread = [draw.random() ** 2 for _ in kinds]
        chosen = draw.choices(range(len(kinds)), spread, k=people)
        truth = np.bincount(chosen, minlength=len(kinds)).astype(np.int16)
        tables = _attacked(instrument, kinds, truth, least)
        crossed += bool(tables.crosses)
        shown += len(tables.tallies) > 1
    if made in _RULED:
        assert times / 40 < shown
    else:
        assert crossed > times / 20


_RULED = {_just_two, _just_one, _two_at_most, _maybe_alone, _same_said_twice, _needed}


ORDERS = [*permutations(["yes", "no", "maybe"]), ("yes",), ("no",), ("maybe",), ()]


@pytest.mark.parametrize(("people", "least"), [(8, 2), (12, 2), (13, 3)])
def test_no_small_number_of_any_place_can_be_worked_out_from_mean_ranks(
    people: int, least: int
) -> None:
    question = Question("order", Kind.RANKING, choices="answers")
    section = Section("all", questions=(question,))
    sets = {"answers": _choices("yes", "no", "maybe")}
    instrument = Instrument("test", ("en",), sections=(section,), choice_sets=sets)
    worlds = _worlds(people, len(ORDERS))
    whole = worlds[:, :6].sum(axis=1)
    draw = random.Random(f"{people} {least}")
    told = 0
    for _ in range(120):
        spread = [1.0] * 6 + [draw.choice((0.0, 0.0, 0.5)) for _ in range(4)]
        chosen = draw.choices(range(len(ORDERS)), spread, k=people)
        truth = np.bincount(chosen, minlength=len(ORDERS))
        said = [
            Respondent({"order": list(order)} if order else {}, frozenset({"order"}))
            for order, number in zip(ORDERS, truth, strict=True)
            for _ in range(number)
        ]
        tables = published(sheet(instrument, said), least)
        if "order" not in tables.ranks:
            continue
        told += 1
        fits = whole > 0
        for choice, mean in tables.ranks["order"].items():
            sums = sum(
                worlds[:, at] * (order.index(choice) + 1) for at, order in enumerate(ORDERS[:6])
            )
            fits &= np.abs(sums / np.maximum(whole, 1) - float(mean)) <= 0.0501
            first = sum(
                worlds[:, at] for at, order in enumerate(ORDERS) if order and order[0] == choice
            )
            fits &= first == tables.tallies["order"].counts[choice]
        for choice, place in product(["yes", "no", "maybe"], range(3)):
            number = sum(
                worlds[:, at] for at, order in enumerate(ORDERS[:6]) if order[place] == choice
            )
            count = int(sum(truth[at] for at, order in enumerate(ORDERS[:6])
                            if order[place] == choice))  # fmt: skip
            found = number[fits]
            assert count >= least or int(found.max()) - int(found.min()) >= least
    assert told or people < 4 * least


def _chosen(rule: str, sets: Sequence[str], *, required: str = "") -> Tables:
    codes = sorted({code for one in sets for code in one})
    asked = Question("several", Kind.MANY, choices="a", constraint=rule, required=required)
    instrument = Instrument(
        "test",
        ("en",),
        sections=(Section("all", questions=(asked,)),),
        choice_sets={"a": _choices(*codes)},
    )
    people = [Respondent({"several": list(one)}, frozenset({"several"})) for one in sets]
    return published(sheet(instrument, people), 5)


def test_a_choice_that_follows_from_a_rule_and_the_others_is_not_given_away() -> None:
    three = ["abc", "abd", "acd", "bcd"] * 9 + ["abe", "cde", "ace"]
    tables = _chosen("count-selected(.) = 3", three)
    assert tables.omitted == {"several": Reason.TIED}
    assert "several/a" in _chosen("", three).tallies
    assert "several/a" in _chosen("count-selected(.) <= 4", three).tallies


def test_who_chose_one_without_the_other_is_not_worked_out_from_a_rule_that_joins_them() -> None:
    joined = ["ab"] * 20 + ["b"] * 3 + ["c"] * 20
    rule = "not(selected(., 'a')) or selected(., 'b')"
    assert _chosen(rule, joined).omitted == {"several": Reason.TIED}
    assert not _chosen(rule, [*joined, "b", "b"]).omitted


def _ruled_by(**fields: str) -> Instrument:
    """A number, and a part of it."""
    questions = (
        GROUP,
        Question("total", Kind.INTEGER, relevant="${group} = 'north'"),
        Question("part", Kind.INTEGER, relevant="${group} = 'north'", **fields),
    )
    section = Section("all", questions=questions)
    sets = {"groups": _choices("north", "south")}
    return Instrument("test", ("en",), sections=(section,), choice_sets=sets)


def test_of_questions_that_a_rule_ties_one_at_most_is_published() -> None:
    rule = {"constraint": ". <= ${total}"}
    assert tied(_ruled_by(**rule)) == {"part"}
    assert tied(_ruled_by(**rule, required="true()")) == {"total", "part"}
    assert tied(_ruled_by(constraint=". >= 0", required="true()")) == set()
    assert tied(_ruled_by(required="${total} > 3")) == {"part"}
