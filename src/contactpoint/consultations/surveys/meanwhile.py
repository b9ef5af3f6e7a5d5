"""What was saved elsewhere while a page stood open, such as in another tab of the same respondent.

A page carries for each question a print of the answer that it showed (`seen`). Where that is not
the stored one any more, what is sent from the page is not written over it: what the page left as it
was stays as it is stored now, and of what both changed both are shown, to be chosen from (`take`).
A form that comes twice, or from an old page, finds its own answers and changes nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.http import QueryDict

from contactpoint.consultations.questions import Kind, Question, Value

SEEN: Final = "seen"
TAKE: Final = "take"
_NOTHING: Final = "-"
_LENGTH: Final = 12


def seen_now(questions: Iterable[Question], stored: Mapping[str, Value]) -> str:
    """What a page carries, in the order of what it asks."""
    return " ".join(_print(one, stored.get(one.code)) for one in questions)


def seen_then(data: QueryDict) -> dict[str, str]:
    """By question what the page showed; nothing where it doesn't say so."""
    asked, seen = data.get("asked", "").split(), data.get(SEEN, "").split()
    return dict(zip(asked, seen, strict=True)) if len(asked) == len(seen) else {}


def others(
    questions: Iterable[Question], seen: Mapping[str, str], stored: Mapping[str, Value]
) -> set[str]:
    """Codes of those whose stored answer is another than the one that the page showed."""
    return {
        one.code
        for one in questions
        if one.code in seen and is_other(one, seen[one.code], stored.get(one.code))
    }


def is_other(question: Question, seen: str, stored: Value) -> bool:
    """Whether the stored answer is another than the one that a page showed."""
    return _print(question, stored) != seen


def kept_files(seen: str, sent: Value, stored: Value) -> list[str]:
    """Which of the stored files stay: those that the page kept, and those that it didn't know."""
    known = set() if seen == _NOTHING else set(seen.split(","))
    wanted = [*_several(sent), *(one for one in _several(stored) if one not in known)]
    return list(dict.fromkeys(wanted))


def _print(question: Question, value: Value) -> str:
    """Of files their references, since it may have to be told which of them a page knew."""
    if value is None or value in ("", [], {}):
        return _NOTHING
    if question.kind is Kind.FILE:
        return ",".join(_several(value))
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def _several(value: Value) -> Sequence[str]:
    return value if isinstance(value, list) else []
