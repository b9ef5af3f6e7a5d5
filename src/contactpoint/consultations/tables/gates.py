"""Which questions decide whether another one is asked: known from its conditions."""

import re
from collections.abc import Iterator
from typing import Final

from contactpoint.consultations.questions import Instrument, Question

_NAMED: Final = re.compile(r"\$\{\s*([A-Za-z_][\w.-]*)\s*\}", re.ASCII)


def named(expression: str) -> Iterator[str]:
    """The codes that an expression speaks of."""
    return (found.group(1) for found in _NAMED.finditer(expression))


def gates(instrument: Instrument) -> dict[str, frozenset[str]]:
    """Question → all whose answers its being asked hangs on, through calculations and through
    conditions of those."""
    questions = {one.code: one for one in instrument.questions()}
    conditions = {
        one.code: f"{section.relevant} {one.relevant}"
        for section in instrument.sections
        for one in section.questions
    }
    return {code: _behind(code, questions, conditions) for code in questions}


def _behind(
    code: str, questions: dict[str, Question], conditions: dict[str, str]
) -> frozenset[str]:
    found: set[str] = set()
    waiting = [one for one in named(conditions[code]) if one in questions]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        spoken = f"{questions[one].calculation} {conditions[one]}"
        waiting += [other for other in named(spoken) if other in questions]
    found.discard(code)
    return frozenset(one for one in found if questions[one].is_asked)
