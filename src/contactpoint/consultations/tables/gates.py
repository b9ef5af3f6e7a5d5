"""Which questions decide whether another one is asked: known from its conditions."""

import re
from collections.abc import Iterator, Mapping
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
    rows = {f"{one.code}.{row.code}": one for one in instrument.questions() for row in one.rows}
    questions = rows | questions
    conditions = {
        one.code: f"{section.relevant} {one.relevant}"
        for section in instrument.sections
        for one in section.questions
    }
    return {code: _behind(code, questions, conditions) for code in conditions}


def _behind(
    code: str, questions: Mapping[str, Question], conditions: Mapping[str, str]
) -> frozenset[str]:
    found: set[str] = set()
    waiting = [conditions[code]]
    while waiting:
        for name in named(waiting.pop()):
            one = questions.get(name)
            if one is not None and one.code not in found:
                found.add(one.code)
                waiting.append(f"{one.calculation} {conditions[one.code]}")
    found.discard(code)
    return frozenset(one for one in found if questions[one].is_asked)
