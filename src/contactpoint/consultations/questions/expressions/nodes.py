"""An expression as a tree. Chains are flat, so that a long one is no deep one."""

from collections.abc import Iterator
from dataclasses import dataclass

from contactpoint.consultations.questions.expressions.values import Operand


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or a text as it was written."""

    value: Operand


@dataclass(frozen=True, slots=True)
class Reference:
    """`${code}`: the answer to a question, or `${code.row}`: to one row of a matrix."""

    code: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Own:
    """`.`: the answer that is being checked."""


@dataclass(frozen=True, slots=True)
class Name:
    """A column of the sheet of choices, in a filter of choices."""

    name: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Negative:
    """`-x`"""

    of: "Node"


@dataclass(frozen=True, slots=True)
class Logic:
    """`a and b and c`, or the same with `or`."""

    all: bool
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """`first + second - third`: operators of one rank, worked out from the left."""

    first: "Node"
    rest: tuple[tuple[str, "Node"], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function and what it is given."""

    name: str
    given: tuple["Node", ...]


Node = Literal | Reference | Own | Name | Negative | Logic | Chain | Call


def parts(node: Node) -> tuple[Node, ...]:
    """What a node is made of."""
    match node:
        case Negative(of):
            return (of,)
        case Logic(_, inner):
            return inner
        case Chain(first, rest):
            return (first, *(one for _operator, one in rest))
        case Call(_, given):
            return given
    return ()


def walked(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(parts(current)))


def references(node: Node) -> Iterator[Reference]:
    """The questions that it refers to, each time that it does."""
    return (one for one in walked(node) if isinstance(one, Reference))
