"""Tries the answers that could matter to a condition, where these are few enough to be tried.

A question is tried after all that it hangs on. Answers that lead to those are tried first, and
mostly lead to it too; only else is every answer tried that could matter, from the condition back to
what it looks at, and no further than one part of it is false. What looks at anything else (texts,
dates, sums) isn't decided: a question is called unreachable only where that is certain.
"""

import datetime
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from typing import Final

from contactpoint.consultations.questions.answering import as_operand, as_row, referred
from contactpoint.consultations.questions.definition import Instrument, Kind, Question, Value
from contactpoint.consultations.questions.expressions import (
    Expression,
    Operand,
    Own,
    Surroundings,
    is_true,
    parsed,
    references,
    worked_out,
)
from contactpoint.consultations.questions.trial_conditions import (
    Atom,
    Condition,
    Conditions,
    Joined,
    Not,
    Part,
    asked_in,
)
from contactpoint.consultations.questions.trial_values import TrialValues

MOST_TRIED: Final = 30_000
"""Parts of conditions that are worked out for one question."""
MOST_IN_ALL: Final = 400_000
"""For all conditions of an instrument, and as many for its constraints: what bounds the time,
whatever is asked."""
_DAY: Final = datetime.date(2019, 5, 20)
"""No condition that is tried looks at the day."""
_END: Final = object()


class Outcome(Enum):
    """What trying came to. Undecided is what looks at texts, dates or sums."""

    REACHED = auto()
    NEVER = auto()
    UNDECIDED = auto()
    TOO_MANY = auto()


class _TooManyError(Exception):
    """The bound was reached."""


class Trying:
    """Tries an instrument, each question after all that it hangs on (`order`)."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.names = referred(instrument)
        self.questions = {one.code: one for one in instrument.questions()}
        self.read = Conditions(instrument, self.names)
        self._left = {"reach": MOST_IN_ALL, "fit": MOST_IN_ALL}
        self.trial = TrialValues(instrument, self.names)
        self.outcomes: dict[str, Outcome] = {}
        self._ways: dict[str, dict[str, Value]] = {}
        """Code → answers that lead to it."""
        self._needs: dict[str, tuple[Condition, ...]] = {}
        self._values: dict[str, Value] = {}
        self._liked: dict[Kind, Value] = {}
        """The last answer that led anywhere: it mostly leads on."""
        self._bound = 0
        for question in self.questions.values():
            for text in self.read.texts(question):
                self.trial.look(parsed(text).node)
            if question.kind is Kind.CALCULATED and question.calculation:
                self.trial.look(parsed(question.calculation).node, gives=question.code)

    def reach(self, question: Question) -> Outcome:
        """Whether any answers lead to it. Those that it hangs on have to be tried before."""
        code = question.code
        if question.kind is Kind.CALCULATED:
            self.read.settle(question)
        needs = self._needs[code] = tuple(map(self.read.condition, self.read.texts(question)))
        if not needs:
            found, self._ways[code] = Outcome.REACHED, {}
        else:
            known = self._ways_to(needs)
            found = self._searched(needs, known)
            if known and found is not Outcome.REACHED:
                found = self._searched(needs, {})
            if found is Outcome.REACHED:
                self._ways[code] = dict(self._values)
        self.outcomes[code] = found
        return found

    def fit(self, question: Question) -> Outcome:
        """Whether its constraint takes any answer, whatever else was answered."""
        node = parsed(question.constraint).node
        looked = {self.names[one.code][0] for one in references(node)} | {question.code}
        if any(self.questions[code].kind is Kind.CALCULATED for code in looked):
            return Outcome.UNDECIDED
        before = self.trial, self._needs, self.outcomes
        self.trial = TrialValues(self.instrument, self.names)
        self._needs, self.outcomes = {}, {}
        self.trial.look(node, own=question.code)
        try:
            part = self.read.compiled(node, own=question.code)
            given = Atom(Expression("", Own()), (question.code,))
            asked = frozenset(asked_in(part)) | {question.code}
            both = Condition(Joined(all=True, parts=(given, part)), asked)
            return self._searched((both,), {}, own=question)
        finally:
            self.trial, self._needs, self.outcomes = before

    def _ways_to(self, needs: tuple[Condition, ...]) -> dict[str, Value]:
        """Answers that lead to all that it looks at, as far as they go together."""
        found: dict[str, Value] = {}
        for need in needs:
            for code in sorted(need.asked):
                way = self._ways.get(code, {})
                if all(found.get(one, value) == value for one, value in way.items()):
                    found |= way
        return found

    def _searched(
        self, needs: tuple[Condition, ...], known: Mapping[str, Value], own: Question | None = None
    ) -> Outcome:
        """Whether some answers, `known` among them, make all conditions true, and those of what
        is answered; if so, `_values` are these answers."""
        left = self._left
        whose = "reach" if own is None else "fit"
        self._bound = min(MOST_TRIED, left[whose])
        left[whose] -= self._bound
        try:
            return self._search(needs, known, own)
        except _TooManyError:
            return Outcome.TOO_MANY
        finally:
            left[whose] += self._bound

    def _search(
        self, needs: tuple[Condition, ...], known: Mapping[str, Value], own: Question | None
    ) -> Outcome:
        values = self._values = dict(known)
        looks = Surroundings(_DAY, self._answer)
        missed: set[Outcome] = set()
        waiting: list[tuple[str, Iterator[Value], list[Condition]]] = []
        around = looks
        still = self._narrowed([], needs, "", around)
        while still != []:
            code = None if still is None else self._next(still)
            if code is not None and still is not None:
                waiting.append((code, self._options(code, missed), still))
            elif still is not None:
                return Outcome.UNDECIDED
            still = None
            while waiting and still is None:
                code, options, before = waiting[-1]
                value = next(options, _END)
                if value is _END:
                    waiting.pop()
                    values.pop(code, None)
                    continue
                self._count(1 + len(before))
                values[code] = value  # type: ignore[assignment]
                if own is not None:
                    operand = as_operand(own, values.get(own.code))
                    around = Surroundings(_DAY, self._answer, operand)
                new = () if value is None else self._needs.get(code, ())
                still = self._narrowed(before, new, code, around)
            if still is None:
                for outcome in (Outcome.TOO_MANY, Outcome.UNDECIDED):
                    if outcome in missed:
                        return outcome
                return Outcome.NEVER
        for code, _options, _before in waiting:
            self._liked[self.questions[code].kind] = values[code]
        return Outcome.REACHED

    def _narrowed(
        self, before: list[Condition], new: tuple[Condition, ...], code: str, around: Surroundings
    ) -> list[Condition] | None:
        """What isn't settled yet; None where one is false. Of those before, only what looks at
        what was answered last is worked out again."""
        found: list[Condition] = []
        for fresh, conditions in ((False, before), (True, new)):
            for one in conditions:
                truth = self._truth(one.part, around) if fresh or code in one.asked else None
                if truth is False:
                    return None
                if truth is None:
                    found.append(one)
        return found

    def _next(self, still: list[Condition]) -> str | None:
        """A question whose answer may settle the first condition that isn't."""
        for one in asked_in(still[0].part):
            if one not in self._values:
                return one
        return None

    def _options(self, code: str, missed: set[Outcome]) -> Iterator[Value]:
        """Answers to try, no answer last. Who may not be led there gives none."""
        outcome = self.outcomes.get(code, Outcome.REACHED)
        if outcome is Outcome.REACHED:
            question = self.questions[code]
            domain, liked = self.trial.of(question), self._liked.get(question.kind)
            if liked in domain.values:
                yield liked
            yield from (one for one in domain.values if one != liked)
            if not domain.is_whole:
                missed.add(Outcome.UNDECIDED)
        elif outcome is not Outcome.NEVER:
            missed.add(outcome)
        yield None

    def _truth(self, part: Part, around: Surroundings) -> bool | None:
        """None where it isn't settled by what is answered so far."""
        if isinstance(part, Atom):
            if part.asked is None or any(code not in self._values for code in part.asked):
                return None
            self._count(part.size)
            return is_true(worked_out(part.expression, around))
        if isinstance(part, Not):
            truth = self._truth(part.of, around)
            return None if truth is None else not truth
        found: bool | None = part.all
        for one in part.parts:
            truth = self._truth(one, around)
            if truth is (not part.all):
                return truth
            if truth is None:
                found = None
        return found

    def _count(self, size: int) -> None:
        if self._bound < size:
            self._bound = 0
            raise _TooManyError
        self._bound -= size

    def _answer(self, name: str) -> Operand:
        code, row = self.names[name]
        question = self.questions[code]
        if question.kind is Kind.CALCULATED:
            return self._worked(question)
        value = self._values.get(code)
        return as_row(value, row) if row else as_operand(question, value)

    def _worked(self, question: Question) -> Operand:
        settled = self.read.settled[question.code]
        self._count(settled[1] if settled else 1)
        around = Surroundings(_DAY, self._answer)
        for text in self.read.texts(question):
            if not is_true(worked_out(parsed(text), around)):
                return ""
        return worked_out(parsed(question.calculation), around) if question.calculation else ""
