"""Tells questions that look like personal data: those are neither counted nor kept.

It errs on the side of counting less. Laws, cases and years are what people look for here, so
`2024/1347`, `C-411/10` and `2019-2021` are no telephone numbers.
"""

import re
from functools import cache
from typing import Final

from babel import Locale

LONGEST: Final = 80
MOST_WORDS: Final = 8
MOST_DIGITS: Final = 5
# As in 2024/1347, 604/2013 or 85/12: a number of a law or a case, and years.
_REFERENCE: Final = r"(?:(?:19|20)\d\d/\d{1,4}|\d{1,4}/(?:19|20)\d\d|\d{1,4}/\d\d|(?:19|20)\d\d)"
_REFERENCES: Final = re.compile(rf"{_REFERENCE}(?:[\s\-–.,]+{_REFERENCE})*")
_NUMBER: Final = re.compile(r"\d(?:[\s.,/()+\-–]*\d)*")
_FILE: Final = re.compile(r"\b[^\W\d_]+\d{4,}\b")
"""Letters before a long number, as one word: the number of somebody's file, `zzk12345`."""
_NAMED: Final = re.compile(r"(?<!\S)@\w|\b[^\W\d_]{4,}\d{2,}\b")
"""What people call themselves: `@janpeeters`, `peeters123`."""
_DISEASE: Final = re.compile(r"covid\d+", re.IGNORECASE)
_DAY: Final = re.compile(
    r"""\b(?: \d{1,2} (?:st|nd|rd|th|er|e|\.)? (?:\s+(?:of|de))? \s+ ([^\W\d_]{3,})
          | ([^\W\d_]{3,})\.? \s+ \d{1,2} (?:st|nd|rd|th)? ) [.,]? \s+ (?:19|20)\d\d\b""",
    re.VERBOSE,
)
_SPOKEN: Final = "en fr nl de ar fa ps ti so ru uk es sq tr"
"""Languages of those who ask."""
_MAIL: Final = re.compile(r"\S@\S|\S\s?[(\[]at[)\]]\s?\S", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?:|www\.", re.IGNORECASE)


def is_private(question: str) -> bool:
    """Whether the question may hold a person's data, or says too much for a search term."""
    text = " ".join(question.split())
    if len(text) > LONGEST or len(text.split()) > MOST_WORDS:
        return True
    if _FILE.search(text) or _MAIL.search(text) or _ADDRESS.search(text):
        return True
    if any(not _DISEASE.fullmatch(found[0]) for found in _NAMED.finditer(text)):
        return True
    # A day may be that of a birth.
    if any((found[1] or found[2]).casefold() in _months() for found in _DAY.finditer(text)):
        return True
    return any(_is_personal(number[0]) for number in _NUMBER.finditer(text))


@cache
def _months() -> frozenset[str]:
    """Names of months, long and short."""
    return frozenset(
        name.strip(".").casefold()
        for code in _SPOKEN.split()
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for name in Locale.parse(code).months[context][width].values()
    )


def _is_personal(number: str) -> bool:
    digits = sum(sign.isdigit() for sign in number)
    return digits > MOST_DIGITS and not _REFERENCES.fullmatch(number)
