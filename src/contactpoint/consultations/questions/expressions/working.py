"""Tree + answers → value, within a bounded cost: each node is worked out at most once, and no text
grows beyond `LONGEST_TEXT` (it is cut), so that texts of texts don't fill a machine."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from contactpoint.consultations.questions.expressions.functions import FUNCTIONS
from contactpoint.consultations.questions.expressions.nodes import (
    Call,
    Chain,
    Literal,
    Logic,
    Name,
    Negative,
    Node,
    Own,
    Reference,
)
from contactpoint.consultations.questions.expressions.reading import Expression
from contactpoint.consultations.questions.expressions.values import (
    ARITHMETIC,
    Operand,
    are_equal,
    as_number,
    as_text,
    is_true,
    ordered,
)

LONGEST_TEXT: Final = 20_000
_REFERENCE: Final = re.compile(r"\$\{\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*\}", re.ASCII)
_SIZES: Final[dict[str, tuple[int, ...]]] = {
    "<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (1, 0),
}  # fmt: skip
_SUMS: Final[dict[str, Callable[[Decimal, Decimal], Decimal]]] = {
    "+": ARITHMETIC.add,
    "-": ARITHMETIC.subtract,
    "*": ARITHMETIC.multiply,
    "div": ARITHMETIC.divide,
    "mod": ARITHMETIC.remainder,
}


def _nothing(_code: str) -> Operand:
    return ""


def _no_name(_code: str, value: str) -> str:
    return value


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an expression may look at. `own` is the answer itself (`.`), `before` what it was at the
    last visit (for `once`), `names` the columns of a choice. `now()` tells the day only, so that no
    round keeps an exact time in an answer."""

    today: datetime.date
    answer: Callable[[str], Operand] = _nothing
    own: Operand = ""
    before: Operand = ""
    names: Mapping[str, str] = field(default_factory=dict)
    choice_name: Callable[[str, str], str] = _no_name


def worked_out(expression: Expression, around: Surroundings) -> Operand:
    """Its value. This never fails: what is wrong with an expression was found when it was read."""
    return _value(expression.node, around)


def _value(node: Node, around: Surroundings) -> Operand:  # noqa: PLR0911 - one for each node
    match node:
        case Literal(value):
            return value
        case Reference(code, _):
            return around.answer(code)
        case Own():
            return around.own
        case Name(name, _):
            return around.names.get(name, "")
        case Negative(of):
            return ARITHMETIC.minus(as_number(_value(of, around)))
        case Logic(is_all, parts):
            truths = (is_true(_value(one, around)) for one in parts)
            return all(truths) if is_all else any(truths)
        case Chain(first, rest):
            value = _value(first, around)
            for operator, other in rest:
                value = _combined(operator, value, _value(other, around))
            return value
        case Call(name, given):
            return _called(name, given, around)
    raise AssertionError(node)  # pragma: no cover


def _combined(operator: str, one: Operand, other: Operand) -> Operand:
    if operator == "=":
        return are_equal(one, other)
    if operator == "!=":
        return not are_equal(one, other)
    if operator in _SIZES:
        return ordered(one, other) in _SIZES[operator]
    return _SUMS[operator](as_number(one), as_number(other))


def _called(name: str, given: tuple[Node, ...], around: Surroundings) -> Operand:
    function = FUNCTIONS[name]
    if function.work is not None:
        return function.work([_value(one, around) for one in given])
    return _LOOKING[name](given, around)


def _if(given: tuple[Node, ...], around: Surroundings) -> Operand:
    condition, then, otherwise = given
    return _value(then if is_true(_value(condition, around)) else otherwise, around)


def _coalesce(given: tuple[Node, ...], around: Surroundings) -> Operand:
    values = (_value(one, around) for one in given)
    return next((one for one in values if one != ""), "")


def _once(given: tuple[Node, ...], around: Surroundings) -> Operand:
    return around.before if around.before != "" else _value(given[0], around)


def _concat(given: tuple[Node, ...], around: Surroundings) -> Operand:
    return "".join(as_text(_value(one, around)) for one in given)[:LONGEST_TEXT]


def _join(given: tuple[Node, ...], around: Surroundings) -> Operand:
    between, *texts = [as_text(_value(one, around)) for one in given]
    return between.join(texts)[:LONGEST_TEXT]


def _choice_name(given: tuple[Node, ...], around: Surroundings) -> str:
    """XLSForm quotes the reference: `jr:choice-name(${a}, '${a}')`."""
    value, question = given
    if isinstance(question, Reference):
        code = question.code
    else:
        match = _REFERENCE.fullmatch(as_text(_value(question, around)).strip())
        code = match[1] if match else ""
    return around.choice_name(code, as_text(_value(value, around)))


def _today(_given: tuple[Node, ...], around: Surroundings) -> Operand:
    return around.today


_LOOKING: Final[dict[str, Callable[[tuple[Node, ...], Surroundings], Operand]]] = {
    "coalesce": _coalesce,
    "concat": _concat,
    "if": _if,
    "join": _join,
    "jr:choice-name": _choice_name,
    "now": _today,
    "once": _once,
    "today": _today,
}
