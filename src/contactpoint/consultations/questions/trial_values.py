"""Which answers to a question are worth a try: those that conditions can tell from each other.

Of a choice each code that conditions name and one that they don't; of a number each that they name
and those beside it. What is compared with each other shares what it is compared with.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from contactpoint.consultations.questions.definition import Instrument, Kind, Question, Value
from contactpoint.consultations.questions.expressions import Call, Literal, Logic, Node, Own
from contactpoint.consultations.questions.expressions.nodes import Reference, walked
from contactpoint.consultations.questions.expressions.values import as_number

_FEW: Final = 8
_HUGE: Final = Decimal(10**15)
TRUTHS: Final = frozenset({"not", "boolean"})
"""Functions that ask only whether what they are given is true."""


class Domain(NamedTuple):
    """Answers to try, no answer not among them; whether they stand for all."""

    values: tuple[Value, ...]
    is_whole: bool


def atoms(node: Node) -> Iterator[Node]:
    """What a condition joins by `and`, `or` and `not`."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Logic):
            waiting.extend(one.parts)
        elif isinstance(one, Call) and one.name in TRUTHS:
            waiting.extend(one.given)
        else:
            yield one


class _Group:
    """Questions that are compared with each other, and what they are compared with."""

    def __init__(self) -> None:
        self.texts: set[str] = set()
        self.numbers: set[Decimal] = set()
        self.joins = self.counts = False

    def take(self, other: "_Group") -> None:
        self.texts |= other.texts
        self.numbers |= other.numbers
        self.joins |= other.joins
        self.counts |= other.counts


class TrialValues:
    """The answers to try of each question of an instrument."""

    def __init__(self, instrument: Instrument, names: Mapping[str, tuple[str, str]]) -> None:
        self.instrument, self.names = instrument, names
        self._above: dict[str, str] = {}
        self._groups: dict[str, _Group] = {}
        self._found: dict[str, Domain] = {}

    def look(self, node: Node, own: str = "", gives: str = "") -> None:
        """Note what an expression tells apart. `own` is the question that `.` means, `gives` the
        one whose answer the expression works out."""
        for atom in atoms(node):
            within = list(walked(atom))
            codes = {self.names[one.code][0] for one in within if isinstance(one, Reference)}
            if own and any(isinstance(one, Own) for one in within):
                codes.add(own)
            joins = len(codes) > 1
            if gives:
                codes.add(gives)
            if codes:
                self._note(sorted(codes), within, joins=joins)

    def _note(self, codes: list[str], within: Iterable[Node], *, joins: bool) -> None:
        first = self._top(codes[0])
        group = self._groups.setdefault(first, _Group())
        for code in codes[1:]:
            other = self._top(code)
            if other != first:
                self._above[other] = first
                group.take(self._groups.pop(other, _Group()))
        group.joins |= joins
        for one in within:
            if isinstance(one, Call):
                group.counts |= one.name == "count-selected"
            elif isinstance(one, Literal) and isinstance(one.value, str):
                group.texts |= {one.value, *one.value.split()}
            elif isinstance(one, Literal) and isinstance(one.value, Decimal):
                group.numbers |= {one.value, -one.value}

    def _top(self, code: str) -> str:
        while (above := self._above.get(code)) is not None:
            code = above
        return code

    def of(self, question: Question) -> Domain:
        """The answers to try of it."""
        if question.code not in self._found:
            group = self._groups.get(self._top(question.code)) or _Group()
            self._found[question.code] = self._domain(question, group)
        return self._found[question.code]

    def _domain(self, question: Question, group: _Group) -> Domain:
        if question.kind in {Kind.ONE, Kind.MANY}:
            codes = [one.code for one in self.instrument.choices_of(question)]
            if not (group.joins or group.counts or group.numbers):
                others = [code for code in codes if code not in group.texts]
                codes = [*(code for code in codes if code in group.texts), *others[:1]]
            if question.kind is Kind.ONE:
                return Domain(tuple(codes), is_whole=True)
            few = codes[:_FEW]
            sets = (itertools.combinations(few, size) for size in range(1, len(few) + 1))
            values: tuple[Value, ...] = tuple(list(one) for one in itertools.chain(*sets))
            return Domain(values, is_whole=len(few) == len(codes))
        if question.kind in {Kind.INTEGER, Kind.DECIMAL}:
            numbers = group.numbers | {as_number(one) for one in group.texts}
            return Domain(tuple(_beside(question.kind, numbers)), is_whole=not group.joins)
        if question.kind is Kind.COUNTRY:
            countries = sorted(one for one in group.texts if len(one) == 2)
            return Domain((*countries, "ZZ"), is_whole=not group.joins)
        return Domain((), is_whole=False)


def _beside(kind: Kind, numbers: Iterable[Decimal]) -> list[Value]:
    found: set[Decimal] = set()
    for number in {*numbers, Decimal(0)}:
        if not number.is_nan() and abs(number) < _HUGE:
            found |= {number, number - 1, number + 1}
    ends = sorted(found)
    between = {(one + other) / 2 for one, other in itertools.pairwise(ends)}
    if kind is Kind.INTEGER:
        return [int(one) for one in sorted({Decimal(int(one)) for one in found | between})]
    return [format(one, "f") for one in sorted(found | between)]
