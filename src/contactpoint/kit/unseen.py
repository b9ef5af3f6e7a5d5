"""Characters that nobody sees, and that XML 1.0 (2.2) and iCalendar (RFC 5545, 3.1) refuse.

They come with what is pasted: a break within a line of a slide is a vertical tab (U+000B).
"""

import re
from typing import Final

_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def without_unseen(text: str) -> str:
    """The text with a space in the place of each; tabs and ends of lines stay."""
    return _UNSEEN.sub(" ", text)
