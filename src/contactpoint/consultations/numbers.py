"""Numbers that a form or an address sent, as hostile as anything that is sent."""

from typing import Final

LONGEST: Final = 9
"""Digits: no key, revision or place here needs more, and a database takes no more."""


def sent_number(text: str) -> int:
    """The number, or -1 where it is none that could be meant."""
    return int(text) if len(text) <= LONGEST and text.isascii() and text.isdecimal() else -1
