"""Tells questions that look like personal data: those are neither counted nor kept.

It errs on the side of counting less. Laws, cases and years are what people look for here, so
`2024/1347`, `C-411/10` and `2019-2021` are no telephone numbers.
"""

import re
from typing import Final

LONGEST: Final = 80
MOST_WORDS: Final = 8
MOST_DIGITS: Final = 5
# As in 2024/1347, 604/2013 or 85/12: a number of a law or a case, and years.
_REFERENCE: Final = r"(?:(?:19|20)\d\d/\d{1,4}|\d{1,4}/(?:19|20)\d\d|\d{1,4}/\d\d|(?:19|20)\d\d)"
_REFERENCES: Final = re.compile(rf"{_REFERENCE}(?:[\s\-–.,]+{_REFERENCE})*")
_NUMBER: Final = re.compile(r"\d(?:[\s.,/()+\-–]*\d)*")
_FILE: Final = re.compile(r"\b[^\W\d_]+\d{4,}\b")
"""Letters before a long number, as one word: the number of somebody's file, `zzk12345`."""
_MAIL: Final = re.compile(r"\S@\S|\S\s?[(\[]at[)\]]\s?\S", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?:|www\.", re.IGNORECASE)


def is_private(question: str) -> bool:
    """Whether the question may hold a person's data, or says too much for a search term."""
    text = " ".join(question.split())
    if len(text) > LONGEST or len(text.split()) > MOST_WORDS:
        return True
    if _FILE.search(text) or _MAIL.search(text) or _ADDRESS.search(text):
        return True
    return any(_is_personal(number[0]) for number in _NUMBER.finditer(text))


def _is_personal(number: str) -> bool:
    digits = sum(sign.isdigit() for sign in number)
    return digits > MOST_DIGITS and not _REFERENCES.fullmatch(number)
