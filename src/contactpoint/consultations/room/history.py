"""What was done to the answer of a state, for its people: by whom, to which questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from contactpoint.consultations.models import Answer, Response, Step
from contactpoint.consultations.room.showing import Known, language
from contactpoint.consultations.subjects.replies import in_full


@dataclass(frozen=True, slots=True)
class Before:
    """An answer as it stood."""

    text: str
    remark: str
    is_wide: bool


@dataclass(frozen=True, slots=True)
class Done:
    """A step, with the questions that it was about, and what stood there where that is gone."""

    step: Step
    numbers: list[int]
    before: list[Before]


_ABOUT: Final = frozenset({
    *(Step.Kind.MARKED, Step.Kind.VALID, Step.Kind.PROPOSED, Step.Kind.DECLINED),
    *(Step.Kind.CHANGED, Step.Kind.WITHDREW),
})  # fmt: skip
_GONE: Final = frozenset({Step.Kind.CHANGED, Step.Kind.WITHDREW})


def done(response: Response, all_known: Known) -> list[Done]:
    """What was done, the first first. One query."""
    found = []
    for step in response.steps.select_related("user"):
        rows = step.kept or [] if step.kind in _ABOUT else []
        numbers = sorted(all_known.numbers.get(row["question"], 0) for row in rows)
        before = [_before(all_known, row) for row in rows] if step.kind in _GONE else []
        found.append(Done(step, numbers, before))
    return found


def _before(all_known: Known, row: Mapping[str, Any]) -> Before:
    question = all_known.asked.question(row["question"])
    text = in_full(all_known.asked, question, row["value"], language()) if question else ""
    return Before(text, row["remark"], row["mark"] == Answer.Dissemination.WIDE)
