"""What rules for answers tell: a rule that looks at several answers ties them to each other, so
that what is hidden of one could be worked out from what is shown of the rest.

Across questions such a tie is cut: of those that a rule ties, one at most is published. Within a
question of several choices it is looked at how many respondents could have chosen otherwise and
still have kept to the rule.
"""

import datetime
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations
from typing import Final

from contactpoint.consultations.questions import Instrument, Kind, Question
from contactpoint.consultations.questions.answering import Answers, as_operand, choice_names
from contactpoint.consultations.questions.expressions import (
    Surroundings,
    is_true,
    parsed,
    worked_out,
)
from contactpoint.consultations.tables.gates import gates, looked_at, named
from contactpoint.consultations.tables.sheets import CHOSEN, Sheet

_PARTED: Final = frozenset({Kind.MANY, Kind.MATRIX})
"""Kinds that are counted in several columns, which a rule may tie to each other."""
_OF_DAYS: Final = re.compile(r"\b(today|now)\s*\(", re.ASCII)
_OF_LENGTH: Final = re.compile(r"string-length\s*\(\s*\.\s*\)", re.ASCII)
_LENGTH_ONLY: Final = re.compile(r"[\s0-9<>=!()]*", re.ASCII)
MOST_SETS: Final = 2_000
"""So many sets of choices are tried; what was not found to be possible is taken not to be."""
_DAY: Final = datetime.date(2000, 1, 1)


def tied(instrument: Instrument, *, background: str = "") -> frozenset[str]:
    """The questions of which nothing is published, because rules tie them to others.

    Where the question that has the rule may be left empty, it alone is left out: who leaves it
    empty keeps every rule, so that it tells nothing of the others. Else one of all that are tied is
    kept, the background question before others.
    """
    behind = looked_at(instrument)
    alone: set[str] = set()
    knots: dict[str, set[str]] = {}
    for one in instrument.questions():
        if not one.is_asked:
            continue
        ruled, needed = behind(one.code, _rules(one)), behind(one.code, one.required)
        if ruled and one.required:
            knots[one.code] = {one.code, *ruled, *needed}
        elif ruled or needed or (one.kind is Kind.MATRIX and one.constraint):
            alone.add(one.code)
    if knots:
        hanging = gates(instrument)
        for code, knot in knots.items():
            knot.update(hanging[code])
    return frozenset(alone.union(*(_left_out(instrument, each, alone, background)
                                   for each in _joined(list(knots.values())))))  # fmt: skip


def _rules(question: Question) -> str:
    """What decides which answers are taken. Choices that hang on one other answer forbid nothing
    to who gave that; on several, they may."""
    narrowed = set(named(question.choice_filter))
    return f"{question.constraint} {question.choice_filter if len(narrowed) > 1 else ''}"


def _joined(knots: Sequence[set[str]]) -> list[set[str]]:
    """Those that share a question are one."""
    found: list[set[str]] = []
    for knot in knots:
        whole = set(knot)
        for other in [one for one in found if one & whole]:
            found.remove(other)
            whole |= other
        found.append(whole)
    return found


def _left_out(
    instrument: Instrument, knot: set[str], alone: Collection[str], background: str
) -> set[str]:
    """All but one. One of several columns is never kept: a rule may tie those to each other."""
    kept = [
        one.code
        for one in instrument.questions()
        if one.code in knot and one.code not in alone and one.kind not in _PARTED
    ]
    first = background if background in kept else next(iter(kept), "")
    return knot - {first}


def is_of_length(question: Question) -> bool:
    """Whether the rule for words looks at nothing but how many signs they have."""
    rest = _OF_LENGTH.sub("", question.constraint.replace(" and ", " ").replace(" or ", " "))
    return bool(_LENGTH_ONLY.fullmatch(rest))


def is_free_to_choose(sheet: Sheet, question: Question, least: int) -> bool:
    """Whether the rule for a question of several choices, where it has one, tells nothing of the
    choices that are hidden."""
    if question.kind is not Kind.MANY or not question.constraint or least <= 1:
        return True
    columns = sheet.of(question.code)
    chosen = [
        frozenset(one.part for one in columns if one.values[place] == CHOSEN)
        for place, person in enumerate(sheet.respondents)
        if question.code in person.asked
    ]
    hidden = {
        one.part
        for one in columns
        if min(one.counts().get(said, 0) for said in one.categories) < least
    }
    return Rule(sheet.instrument, question).tells_nothing(chosen, hidden, least)


class Rule:
    """The rule of a question of several choices that looks at this question alone."""

    def __init__(self, instrument: Instrument, question: Question) -> None:
        self.instrument, self.question = instrument, question
        self.choices = [one.code for one in instrument.choices_of(question)]
        self.known: dict[frozenset[str], bool] = {}

    def tells_nothing(
        self, chosen: Sequence[frozenset[str]], hidden: Collection[str], least: int
    ) -> bool:
        """Whether, of those who chose so, each hidden choice could have been chosen by `least` more
        or fewer who keep to the rule and to what is shown, and no two shown ones tell of a small
        number that chose one of them without the other."""
        if _OF_DAYS.search(self.question.constraint):
            return False
        shown = [one for one in self.choices if one not in hidden]
        return all(self._is_free(one, chosen, least) for one in hidden) and all(
            self._is_apart(pair, chosen, least) for pair in combinations(shown, 2)
        )

    def _is_free(self, choice: str, chosen: Sequence[frozenset[str]], least: int) -> bool:
        free = sum(self._allows(one | {choice}) and self._allows(one - {choice}) for one in chosen)
        return free >= least

    def _is_apart(
        self, pair: tuple[str, str], chosen: Sequence[frozenset[str]], least: int
    ) -> bool:
        """Where one of the four ways to choose two can't be, the numbers of the others are known
        from those of both choices."""
        one, other = pair
        possible = {
            (one in each, other in each) for each in self._sets(chosen) if self._allows(each)
        }
        if len(possible) == 4:
            return True
        numbers = Counter((one in each, other in each) for each in chosen)
        return all(number >= least for number in numbers.values())

    def _sets(self, chosen: Sequence[frozenset[str]]) -> Iterator[frozenset[str]]:
        """Sets of choices to try: those that were given, then small ones."""
        yield from set(chosen)
        tried = 0
        for size in range(len(self.choices) + 1):
            for each in combinations(self.choices, size):
                yield frozenset(each)
                tried += 1
                if tried == MOST_SETS:
                    return

    def _allows(self, chosen: frozenset[str]) -> bool:
        if chosen not in self.known:
            self.known[chosen] = self._holds(chosen)
        return self.known[chosen]

    def _holds(self, chosen: frozenset[str]) -> bool:
        if not chosen:
            return not self.question.required
        value = [one for one in self.choices if one in chosen]
        answers = Answers(self.instrument, {self.question.code: value}, _DAY)
        around = Surroundings(
            _DAY,
            answers,
            as_operand(self.question, value),
            choice_name=choice_names(self.instrument, self.instrument.language),
        )
        return is_true(worked_out(parsed(self.question.constraint), around))
