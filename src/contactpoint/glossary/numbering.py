"""The numbers of versions: which is higher, and which comes next."""

import re
from typing import Final

NUMBER: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,19}")


def next_number(number: str) -> str:
    """The number after `number`: its last part counted on, "0.1" after none.

    >>> next_number("1.9")
    '1.10'
    """
    digits = re.search(r"\d+$", number)
    if digits is None:
        return f"{number}.1" if number else "0.1"
    return f"{number[: digits.start()]}{int(digits.group()) + 1}"


def is_newer(number: str, than: str) -> bool:
    """Whether a version's number is higher: parts of digits compare as numbers."""
    return _order(number) > _order(than)


def _order(number: str) -> list[tuple[int, int, str]]:
    parts = re.findall(r"\d+|[A-Za-z]+", number)
    return [(1, int(part), "") if part.isdecimal() else (0, 0, part.lower()) for part in parts]
