"""Text as an old site left it to text as it was meant: one kind of space, nothing invisible."""

import re
from typing import Final

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SPACES: Final = re.compile(r"\s+")


def clean(text: str) -> str:
    """Idempotent. Offsets that other modules give count in the cleaned text."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
