"""Values and their conversions, after XPath 1.0 and the OpenRosa specification of XForms.

What was not answered is the empty text: it is no number (so that each comparison of size with it is
false), it is not true, and it equals only the empty text. Numbers are decimals of 28 digits, not
doubles, so that shares such as 33.3 + 33.3 + 33.4 are 100. A date counts as the days since
1970-01-01 where a number is wanted.
"""

import datetime
import re
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Final

Operand = bool | Decimal | str | datetime.date

ARITHMETIC: Final = Context(prec=28, Emin=-999, Emax=999, traps=[])
"""Nothing is raised: what can't be worked out is NaN or infinite, as in XPath."""
NAN: Final = Decimal("NaN")
EPOCH: Final = datetime.date(1970, 1, 1)
FARTHEST: Final = 4_000_000
"""Days from then to the end of what a date can be."""
_NUMBER: Final = re.compile(r"\s*-?(?:[0-9]{1,60}(?:\.[0-9]{0,60})?|\.[0-9]{1,60})\s*", re.ASCII)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def as_date(value: Operand) -> datetime.date | None:
    """A date, a text such as "2019-05-31", or days since 1970-01-01."""
    if isinstance(value, datetime.date):
        return value
    try:
        if isinstance(value, str):
            return datetime.date.fromisoformat(value[:10]) if _DATE.match(value) else None
        if isinstance(value, bool) or not value.is_finite() or abs(value) > FARTHEST:
            return None
        return EPOCH + datetime.timedelta(days=int(value.to_integral_value(ROUND_FLOOR)))
    except (ValueError, OverflowError):
        return None


def as_number(value: Operand) -> Decimal:
    """NaN for what is none."""
    if isinstance(value, bool):
        return Decimal(int(value))
    if isinstance(value, Decimal):
        return value
    if isinstance(value, datetime.date):
        return Decimal((value - EPOCH).days)
    return ARITHMETIC.create_decimal(value.strip()) if _NUMBER.fullmatch(value) else NAN


def as_text(value: Operand) -> str:
    """Whole numbers without a point, dates as "2019-05-31"."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if not value.is_finite():
        return "NaN" if value.is_nan() else ("Infinity" if value > 0 else "-Infinity")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def is_true(value: Operand) -> bool:
    """A text that isn't empty, a number that isn't 0, any date."""
    if isinstance(value, Decimal):
        return not value.is_nan() and value != 0
    return bool(value)


def are_equal(one: Operand, other: Operand) -> bool:
    """As truths if one is a truth, else as numbers if one is a number, else as texts."""
    if isinstance(one, bool) or isinstance(other, bool):
        return is_true(one) == is_true(other)
    if isinstance(one, Decimal) or isinstance(other, Decimal):
        left, right = as_number(one), as_number(other)
        return not left.is_nan() and not right.is_nan() and left == right
    return as_text(one) == as_text(other)


def ordered(one: Operand, other: Operand) -> int | None:
    """-1, 0 or 1; None where one of them is no number and they aren't both dates."""
    if isinstance(one, datetime.date) or isinstance(other, datetime.date):
        first, second = _dated(one), _dated(other)
    else:
        first, second = as_number(one), as_number(other)
    if first.is_nan() or second.is_nan():
        return None
    return (first > second) - (first < second)


def _dated(value: Operand) -> Decimal:
    """Beside a date a text may be one."""
    if isinstance(value, str) and (date := as_date(value)):
        return as_number(date)
    return as_number(value)


def rounded(value: Decimal, places: int = 0) -> Decimal:
    """Halves go up, as people expect."""
    if not value.is_finite():
        return value
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, ARITHMETIC)
