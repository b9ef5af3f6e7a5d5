"""Which questions decide whether another one is asked: known from its conditions."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from contactpoint.consultations.questions import Instrument

_NAMED: Final = re.compile(r"\$\{\s*([A-Za-z_][\w.-]*)\s*\}", re.ASCII)


@lru_cache(maxsize=4096)
def named(expression: str) -> tuple[str, ...]:
    """The codes that an expression speaks of."""
    return tuple(found.group(1) for found in _NAMED.finditer(expression))


def gates(instrument: Instrument) -> dict[str, frozenset[str]]:
    """Question → all whose answers its being asked hangs on, through calculations and through
    conditions of those."""
    conditions = _conditions(instrument)
    behind = _Behind(instrument, conditions)
    return {code: behind(code, conditions[code]) for code in conditions}


def looked_at(instrument: Instrument) -> Callable[[str, str], frozenset[str]]:
    """For a question and an expression of its: the others whose answers that hangs on, whether
    they were asked included."""
    return _Behind(instrument, _conditions(instrument))


def _conditions(instrument: Instrument) -> dict[str, str]:
    return {
        one.code: f"{section.relevant} {one.relevant}"
        for section in instrument.sections
        for one in section.questions
    }


class _Behind:
    """Follows expressions to the questions behind them."""

    def __init__(self, instrument: Instrument, conditions: Mapping[str, str]) -> None:
        asked = list(instrument.questions())
        rows = {f"{one.code}.{row.code}": one for one in asked for row in one.rows}
        self.questions = rows | {one.code: one for one in asked}
        self.next = {
            one.code: self._named(f"{one.calculation} {conditions[one.code]}") for one in asked
        }

    def __call__(self, code: str, expression: str) -> frozenset[str]:
        waiting = list(self._named(expression))
        found: set[str] = set()
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self.next[one]
        return frozenset(key for key in found if self.questions[key].is_asked and key != code)

    def _named(self, expression: str) -> list[str]:
        found = (self.questions.get(name) for name in named(expression))
        return list(dict.fromkeys(one.code for one in found if one is not None))
