"""Tries every answer that could matter to a condition, where these are few enough to be tried.

Of a choice that is each code that conditions name and one that they don't; of a number each that
they name and those beside it; and no answer. Conditions that look at anything else (texts, dates,
arithmetic) are not decided: a question is called unreachable only where that is certain.
"""

import datetime
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from contactpoint.consultations.questions.answering import Answers, as_operand, referred
from contactpoint.consultations.questions.definition import Instrument, Kind, Question, Value
from contactpoint.consultations.questions.expressions import (
    Call,
    Chain,
    Literal,
    Logic,
    Negative,
    Node,
    Own,
    Reference,
    Surroundings,
    is_true,
    parsed,
    references,
    worked_out,
)
from contactpoint.consultations.questions.expressions.nodes import walked
from contactpoint.consultations.questions.walking import course

MOST_TRIED: Final = 4_000
"""For one question."""
MOST_IN_ALL: Final = 20_000
_FEW: Final = 8
_PLAIN: Final = frozenset({"selected", "not", "true", "false", "boolean", "count-selected"})
_COMPARES: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})
_DAY: Final = datetime.date(2019, 5, 20)
"""No condition that is tried looks at the day."""


class _UndecidedError(Exception):
    """Something is looked at whose answers can't all be tried."""


class Trying:
    """Tries the conditions of one instrument, within a bound for all of it."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.names = referred(instrument)
        self.questions = {one.code: one for one in instrument.questions()}
        self.section = {q.code: one for one in instrument.sections for q in one.questions}
        self.left = MOST_IN_ALL

    def is_unreachable(self, question: Question) -> bool:
        """Whether no answers at all lead to it."""
        try:
            ancestors = self._ancestors([question.code])
            conditions = list(self._conditions({*ancestors, question.code}))
            asked = [self.questions[code] for code in ancestors if self.questions[code].is_asked]
            reduced = self._reduced({*ancestors, question.code})
            for answers in self._combinations(asked, conditions):
                found = course(reduced, answers, today=_DAY)
                if question.kind is Kind.CALCULATED:
                    if question.code in found.values:
                        return False
                elif any(one.code == question.code for one in found.questions()):
                    return False
        except _UndecidedError:
            return False
        return True

    def never_fits(self, question: Question) -> bool:
        """Whether its constraint refuses every answer."""
        try:
            condition = parsed(question.constraint)
            _ensure_plain(condition.node)
            others = {self.names[one.code][0] for one in references(condition.node)}
            asked = [self.questions[code] for code in sorted({*others, question.code})]
            for answers in self._combinations(asked, [condition.node], own=question.code):
                value = answers.get(question.code)
                own = as_operand(question, value)
                known = Answers(self.instrument, answers, _DAY)
                if own != "" and is_true(worked_out(condition, Surroundings(_DAY, known, own))):
                    return False
        except _UndecidedError:
            return False
        return True

    def _ancestors(self, codes: Iterable[str]) -> list[str]:
        """All that decides about them, whatever its distance."""
        found: dict[str, None] = {}
        waiting = list(codes)
        while waiting:
            for text in self._texts(waiting.pop()):
                for one in references(parsed(text).node):
                    code = self.names[one.code][0]
                    if code not in found:
                        found[code] = None
                        waiting.append(code)
        return list(found)

    def _texts(self, code: str) -> list[str]:
        question = self.questions[code]
        calculation = question.calculation if question.kind is Kind.CALCULATED else ""
        texts = (question.relevant, self.section[code].relevant, calculation)
        return [text for text in texts if text]

    def _conditions(self, codes: set[str]) -> Iterator[Node]:
        for text in {text for code in codes for text in self._texts(code)}:
            node = parsed(text).node
            _ensure_plain(node)
            yield node

    def _reduced(self, codes: set[str]) -> Instrument:
        sections = (
            replace(one, questions=tuple(q for q in one.questions if q.code in codes))
            for one in self.instrument.sections
        )
        return replace(self.instrument, sections=tuple(one for one in sections if one.questions))

    def _combinations(
        self, asked: list[Question], conditions: list[Node], own: str = ""
    ) -> Iterator[dict[str, Value]]:
        literals = {
            node.value
            for condition in conditions
            for node in walked(condition)
            if isinstance(node, Literal)
        }
        texts = {one for one in literals if isinstance(one, str)}
        positive = {one for one in literals if isinstance(one, Decimal)}
        numbers = positive | {-one for one in positive}
        joins = any(_joins(condition) for condition in conditions)
        counts = any(
            isinstance(node, Call) and node.name == "count-selected"
            for condition in conditions
            for node in walked(condition)
        )
        domains = [self._domain(one, texts, numbers, is_whole=joins or counts) for one in asked]
        size = 1
        for domain in domains:
            size *= len(domain)
        if size > MOST_TRIED or size > self.left:
            raise _UndecidedError
        self.left -= size
        codes = [one.code for one in asked]
        return (dict(zip(codes, values, strict=True)) for values in itertools.product(*domains))

    def _domain(
        self, question: Question, texts: set[str], numbers: set[Decimal], *, is_whole: bool
    ) -> list[Value]:
        codes = [one.code for one in self.instrument.choices_of(question)]
        if question.kind is Kind.ONE:
            return [None, *self._named(codes, texts, is_whole=is_whole)]
        if question.kind is Kind.MANY:
            named = self._named(codes, texts, is_whole=is_whole)
            if len(named) > _FEW:
                raise _UndecidedError
            return [
                list(one)
                for size in range(len(named) + 1)
                for one in itertools.combinations(named, size)
            ]
        if question.kind in {Kind.INTEGER, Kind.DECIMAL}:
            return [None, *_beside(question.kind, numbers | _as_numbers(texts))]
        if question.kind is Kind.COUNTRY:
            return [None, *sorted(one for one in texts if len(one) == 2), "ZZ"]
        raise _UndecidedError

    @staticmethod
    def _named(codes: list[str], texts: set[str], *, is_whole: bool) -> list[str]:
        """The codes that conditions name, and one that stands for all others."""
        if is_whole:
            return codes
        named = [code for code in codes if code in texts]
        return [*named, *[code for code in codes if code not in texts][:1]]


def _beside(kind: Kind, numbers: set[Decimal]) -> list[Value]:
    found: set[Decimal] = set()
    for number in numbers | {Decimal(0)}:
        if abs(number) < 10**15:
            found |= {number, number - 1, number + 1}
    ends = sorted(found)
    between = {(one + other) / 2 for one, other in itertools.pairwise(ends)}
    whole = {Decimal(int(one)) for one in found | between}
    if kind is Kind.INTEGER:
        return [int(one) for one in sorted(whole)]
    return [format(one, "f") for one in sorted(found | between)]


def _as_numbers(texts: set[str]) -> set[Decimal]:
    """A text that is a number counts as one beside numbers."""
    return {Decimal(one) for one in texts if one.isascii() and one.isdigit() and len(one) < 15}


def _joins(node: Node) -> bool:
    """Whether answers are compared with each other, not only with what is written."""
    return any(
        isinstance(one, Chain)
        and sum(isinstance(side, Reference | Own) for side in _sides(one)) > 1
        for one in walked(node)
    )


def _sides(chain: Chain) -> list[Node]:
    return [chain.first, *(side for _operator, side in chain.rest)]


def _ensure_plain(node: Node) -> None:
    """Only comparisons of answers with what is written, and what joins them."""
    for one in walked(node):
        if isinstance(one, Logic | Literal | Reference | Own | Negative):
            continue
        if isinstance(one, Call) and one.name in _PLAIN:
            continue
        if isinstance(one, Chain) and all(operator in _COMPARES for operator, _ in one.rest):
            continue
        raise _UndecidedError
