"""The functions of XLSForm that a questionnaire needs. Those that look at the questionnaire itself
(`if`, `coalesce`, `once`, `today`, `jr:choice-name` …) are worked out in `working`."""

from collections.abc import Callable, Sequence
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple

import re2

from contactpoint.consultations.questions.expressions.values import (
    ARITHMETIC,
    NAN,
    Operand,
    as_date,
    as_number,
    as_text,
    is_true,
    rounded,
)

MANY: Final = 100


class Function(NamedTuple):
    """How many values it takes, and what it makes of them; None is worked out in `working`."""

    least: int
    most: int
    work: Callable[[Sequence[Operand]], Operand] | None = None


@lru_cache(maxsize=512)
def pattern(text: str) -> Any:
    """A pattern of RE2, which takes a time in proportion to the text; None where it is none."""
    options = re2.Options()
    options.max_mem = 1 << 20
    options.log_errors = False
    try:
        return re2.compile(text, options)
    except re2.error:
        return None


def _regex(given: Sequence[Operand]) -> Operand:
    found = pattern(as_text(given[1]))
    return found is not None and found.fullmatch(as_text(given[0])) is not None


def _selected_at(given: Sequence[Operand]) -> Operand:
    chosen, at = as_text(given[0]).split(), _whole(given[1])
    return chosen[at] if at is not None and 0 <= at < len(chosen) else ""


def _whole(value: Operand) -> int | None:
    number = as_number(value)
    return int(number) if number.is_finite() and abs(number) < 1_000_000 else None


def _substr(given: Sequence[Operand]) -> Operand:
    """From a place that counts from 0, up to another one that is left out."""
    text = as_text(given[0])
    start = _whole(given[1])
    end = _whole(given[2]) if len(given) > 2 else len(text)
    return "" if start is None or end is None else text[max(start, 0) : max(end, 0)]


def _before(given: Sequence[Operand]) -> Operand:
    before, found, _after = _parted(given)
    return before if found else ""


def _after(given: Sequence[Operand]) -> Operand:
    return _parted(given)[2]


def _parted(given: Sequence[Operand]) -> tuple[str, str, str]:
    text, mark = as_text(given[0]), as_text(given[1])
    return text.partition(mark) if mark else ("", "", text)


def _date(given: Sequence[Operand]) -> Operand:
    return as_date(given[0]) or ""


def _format_date(given: Sequence[Operand]) -> Operand:
    date = as_date(given[0])
    if date is None:
        return ""
    written = {
        "Y": f"{date.year:04}", "y": f"{date.year % 100:02}", "m": f"{date.month:02}",
        "n": str(date.month), "d": f"{date.day:02}", "e": str(date.day),
        "j": f"{date.timetuple().tm_yday:03}", "%": "%",
    }  # fmt: skip
    pieces, text, at = [], as_text(given[1]), 0
    while at < len(text):
        if text[at] == "%" and text[at + 1 : at + 2] in written:
            pieces.append(written[text[at + 1]])
            at += 2
        else:
            pieces.append(text[at])
            at += 1
    return "".join(pieces)


def _integer(given: Sequence[Operand]) -> Operand:
    number = as_number(given[0])
    return number.to_integral_value(ROUND_DOWN) if number.is_finite() else number


def _round(given: Sequence[Operand]) -> Operand:
    places = _whole(given[1]) if len(given) > 1 else 0
    return NAN if places is None or abs(places) > 20 else rounded(as_number(given[0]), places)


def _power(given: Sequence[Operand]) -> Operand:
    return ARITHMETIC.power(as_number(given[0]), as_number(given[1]))


def _answered(given: Sequence[Operand]) -> list[Operand]:
    return [one for one in given if one != ""]


def _sum(given: Sequence[Operand]) -> Operand:
    total = Decimal(0)
    for one in _answered(given):
        total = ARITHMETIC.add(total, as_number(one))
    return total


def _least(given: Sequence[Operand]) -> Operand:
    numbers = [as_number(one) for one in _answered(given)]
    return NAN if not numbers or any(one.is_nan() for one in numbers) else min(numbers)


def _most(given: Sequence[Operand]) -> Operand:
    numbers = [as_number(one) for one in _answered(given)]
    return NAN if not numbers or any(one.is_nan() for one in numbers) else max(numbers)


def _to_whole(value: Operand, way: str) -> Operand:
    number = as_number(value)
    return number.to_integral_value(way) if number.is_finite() else number


def _texts(given: Sequence[Operand]) -> list[str]:
    return [as_text(one) for one in given]


FUNCTIONS: Final[dict[str, Function]] = {
    "abs": Function(1, 1, lambda given: ARITHMETIC.abs(as_number(given[0]))),
    "boolean": Function(1, 1, lambda given: is_true(given[0])),
    "boolean-from-string": Function(1, 1, lambda given: as_text(given[0]) in {"true", "1"}),
    "ceiling": Function(1, 1, lambda given: _to_whole(given[0], ROUND_CEILING)),
    "coalesce": Function(2, MANY),
    "concat": Function(1, MANY),
    "contains": Function(2, 2, lambda given: as_text(given[1]) in as_text(given[0])),
    "count": Function(1, MANY, lambda given: Decimal(len(_answered(given)))),
    "count-non-empty": Function(1, MANY, lambda given: Decimal(len(_answered(given)))),
    "count-selected": Function(1, 1, lambda given: Decimal(len(as_text(given[0]).split()))),
    "date": Function(1, 1, _date),
    "date-time": Function(1, 1, _date),
    "decimal-date-time": Function(1, 1, lambda given: as_number(as_date(given[0]) or "")),
    "ends-with": Function(2, 2, lambda given: as_text(given[0]).endswith(as_text(given[1]))),
    "false": Function(0, 0, lambda given: False),
    "floor": Function(1, 1, lambda given: _to_whole(given[0], ROUND_FLOOR)),
    "format-date": Function(2, 2, _format_date),
    "format-date-time": Function(2, 2, _format_date),
    "if": Function(3, 3),
    "int": Function(1, 1, _integer),
    "join": Function(2, MANY),
    "jr:choice-name": Function(2, 2),
    "max": Function(1, MANY, _most),
    "min": Function(1, MANY, _least),
    "normalize-space": Function(1, 1, lambda given: " ".join(as_text(given[0]).split())),
    "not": Function(1, 1, lambda given: not is_true(given[0])),
    "now": Function(0, 0),
    "number": Function(1, 1, lambda given: as_number(given[0])),
    "once": Function(1, 1),
    "pow": Function(2, 2, _power),
    "regex": Function(2, 2, _regex),
    "round": Function(1, 2, _round),
    "selected": Function(2, 2, lambda given: as_text(given[1]) in as_text(given[0]).split()),
    "selected-at": Function(2, 2, _selected_at),
    "sqrt": Function(1, 1, lambda given: ARITHMETIC.sqrt(as_number(given[0]))),
    "starts-with": Function(2, 2, lambda given: as_text(given[0]).startswith(as_text(given[1]))),
    "string": Function(1, 1, lambda given: as_text(given[0])),
    "string-length": Function(1, 1, lambda given: Decimal(len(as_text(given[0])))),
    "substr": Function(2, 3, _substr),
    "substring-after": Function(2, 2, _after),
    "substring-before": Function(2, 2, _before),
    "sum": Function(1, MANY, _sum),
    "today": Function(0, 0),
    "true": Function(0, 0, lambda given: True),
}  # fmt: skip
