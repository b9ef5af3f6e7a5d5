"""The expressions of XLSForm, as far as a questionnaire without repeats needs them.

values.py      what a value is, and how it becomes a number, a text, a truth (XPath 1.0)
nodes.py       an expression as a tree, and what it refers to
functions.py   the functions, each with how many values it takes
reading.py     text → tree, with an error that names the place
working.py     tree + answers → value
"""

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
    references,
)
from contactpoint.consultations.questions.expressions.reading import (
    Expression,
    ExpressionError,
    parsed,
)
from contactpoint.consultations.questions.expressions.values import Operand, as_text, is_true
from contactpoint.consultations.questions.expressions.working import Surroundings, worked_out

__all__ = [
    "FUNCTIONS",
    "Call",
    "Chain",
    "Expression",
    "ExpressionError",
    "Literal",
    "Logic",
    "Name",
    "Negative",
    "Node",
    "Operand",
    "Own",
    "Reference",
    "Surroundings",
    "as_text",
    "is_true",
    "parsed",
    "references",
    "worked_out",
]
