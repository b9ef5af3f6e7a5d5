"""Conditions, read once and in a shape that can be tried with answers that are not all given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from contactpoint.consultations.questions.definition import Instrument, Kind, Question
from contactpoint.consultations.questions.expressions import (
    Call,
    Chain,
    Expression,
    Literal,
    Logic,
    Negative,
    Node,
    Own,
    Reference,
    parsed,
)
from contactpoint.consultations.questions.expressions.nodes import walked
from contactpoint.consultations.questions.trial_values import TRUTHS

_LARGEST: Final = 250
"""Parts of a calculation and of those that it looks at: what bounds the stack."""
_PLAIN: Final = frozenset({"selected", "not", "true", "false", "boolean", "count-selected"})
_COMPARES: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """A comparison, and the questions whose answers settle it; None where answers can't."""

    expression: Expression
    asked: tuple[str, ...] | None
    size: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """`and`, `or`."""

    all: bool
    parts: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True, eq=False)
class Not:
    """`not(…)`"""

    of: "Part"


Part = Atom | Joined | Not


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """A condition, and all questions whose answers it hangs on in the end."""

    part: Part
    asked: frozenset[str]


class Conditions:
    """Reads the conditions of one instrument."""

    def __init__(self, instrument: Instrument, names: Mapping[str, tuple[str, str]]) -> None:
        self.names = names
        self.questions = {one.code: one for one in instrument.questions()}
        self.section = {q.code: one for one in instrument.sections for q in one.questions}
        self.settled: dict[str, tuple[frozenset[str], int] | None] = {}
        """Code of a calculation → the questions that settle it, and of how many parts it is."""
        self._conditions: dict[str, Condition] = {}

    def texts(self, question: Question) -> list[str]:
        """The conditions of a question: its own, and its section's."""
        texts = (question.relevant, self.section[question.code].relevant)
        return [text for text in texts if text]

    def condition(self, text: str) -> Condition:
        """The condition of that text."""
        if text not in self._conditions:
            part = self.compiled(parsed(text).node)
            self._conditions[text] = Condition(part, frozenset(asked_in(part)))
        return self._conditions[text]

    def compiled(self, node: Node, own: str = "") -> Part:
        """An expression, ready to be tried; `own` is the question that `.` means."""
        if isinstance(node, Logic):
            return Joined(node.all, tuple(self.compiled(one, own) for one in node.parts))
        if isinstance(node, Call) and node.name in TRUTHS:
            inner = self.compiled(node.given[0], own)
            return Not(inner) if node.name == "not" else inner
        settled = self._settled_by(node, own)
        asked = None if settled is None else tuple(sorted(settled[0]))
        return Atom(Expression("", node), asked, sum(1 for _one in walked(node)))

    def _settled_by(self, node: Node, own: str = "") -> tuple[frozenset[str], int] | None:
        """The questions whose answers settle an expression; None where it isn't plain."""
        asked: set[str] = set()
        size = deepest = 0
        for size, one in enumerate(walked(node), 1):  # noqa: B007 - it is how many there were
            if isinstance(one, Own) and own:
                asked.add(own)
            elif isinstance(one, Reference):
                code = self.names[one.code][0]
                if self.questions[code].kind is not Kind.CALCULATED:
                    asked.add(code)
                    continue
                inner = self.settled.get(code)
                if inner is None or inner[1] > _LARGEST:
                    return None
                asked |= inner[0]
                deepest = max(deepest, inner[1])
            elif not _is_plain(one):
                return None
        return frozenset(asked), size + deepest

    def settle(self, question: Question) -> None:
        """Note which questions settle a calculation. Those that it looks at come before."""
        self.settled[question.code] = self._settling(question)

    def _settling(self, question: Question) -> tuple[frozenset[str], int] | None:
        asked: frozenset[str] = frozenset()
        size = 0
        for text in (*self.texts(question), question.calculation):
            found = self._settled_by(parsed(text).node) if text else (asked, 0)
            if found is None:
                return None
            asked, size = asked | found[0], max(size, found[1])
        return asked, size


def asked_in(part: Part) -> Iterator[str]:
    """The questions that can settle a part."""
    if isinstance(part, Atom):
        yield from part.asked or ()
    elif isinstance(part, Not):
        yield from asked_in(part.of)
    else:
        for one in part.parts:
            yield from asked_in(one)


def _is_plain(node: Node) -> bool:
    """Comparisons of answers with what is written, and what joins them."""
    if isinstance(node, Call):
        return node.name in _PLAIN
    if isinstance(node, Chain):
        return all(operator in _COMPARES for operator, _side in node.rest)
    return isinstance(node, Logic | Literal | Reference | Negative)
