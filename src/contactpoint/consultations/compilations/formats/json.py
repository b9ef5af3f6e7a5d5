"""JSON for programs. `docs/developers/compilations.md` has its shape; it stays."""

import json
from typing import Any, ClassVar, Final

from django.conf import settings

from contactpoint.consultations.compilations.addresses import anchor, network_url, round_url
from contactpoint.consultations.compilations.compilation import (
    Column,
    Compilation,
    Given,
    Question,
)
from contactpoint.consultations.compilations.counting import tallies
from contactpoint.consultations.compilations.formats.formats import Format

SHAPE: Final = 1


class Json(Format):
    """All there is, with codes and counts."""

    name: ClassVar[str] = "json"
    title: ClassVar[str] = "JSON"
    media_type: ClassVar[str] = "application/json"
    is_shown: ClassVar[bool] = True

    def write(self, compilation: Compilation) -> bytes:
        """One object."""
        return json.dumps(carried(compilation), ensure_ascii=False, indent=1).encode()


def carried(compilation: Compilation) -> dict[str, Any]:
    """A compilation as JSON has it."""
    language = compilation.language
    where = network_url if compilation.is_network else round_url
    page = settings.BASE_URL + where(compilation.code, language)
    return {
        "shape": SHAPE,
        "code": compilation.code,
        "kind": compilation.kind,
        "reference": compilation.reference,
        "url": page,
        "version": compilation.circle.value,
        "language": language,
        "title": compilation.title.text,
        "requested_by": compilation.requested_by,
        "asked_on": compilation.asked_on.isoformat() if compilation.asked_on else None,
        "changed_on": compilation.changed_on.isoformat(),
        "is_example": compilation.is_example,
        "summary": compilation.summary.text,
        "disclaimer": compilation.disclaimer.text,
        "background": compilation.background.text,
        "states": [{"code": one.code, "name": one.name} for one in compilation.states],
        "questions": [_question(compilation, one) for one in compilation.questions],
        "answers": [_answer(compilation, given, page) for _s, _q, given in compilation.rows()],
    }


def _question(compilation: Compilation, one: Question) -> dict[str, Any]:
    return {
        "code": one.code,
        "number": one.number,
        "text": one.text.text,
        "language": one.text.language,
        "section": one.section.text,
        "counts": [_counts(compilation, one, column) for column in one.columns],
    }


def _counts(compilation: Compilation, question: Question, column: Column) -> dict[str, Any]:
    counted = tallies(compilation, question, column)
    return {
        "row": column.row,
        "text": column.text.text,
        "of": counted[0].of if counted else 0,
        "choices": [
            {
                "code": one.option.code,
                "label": one.option.label.text,
                "number": one.number,
                "states": [state.code for state in one.states],
            }
            for one in counted
        ],
    }


def _answer(compilation: Compilation, given: Given, page: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "state": given.state.code,
        "question": given.question,
        "url": f"{page}#{anchor(given.state.code, given.question)}",
        "answer": given.text,
        "language": given.language,
        "choices": {row: list(codes) for row, codes in given.chosen.items()},
        "remark": given.remark,
        "remark_language": given.remark_language if given.remark else "",
        "sources": [{"title": one.title, "url": one.url} for one in given.sources],
        "files": [
            {"name": one.name, "url": settings.BASE_URL + one.url, "size": one.size}
            for one in given.files
        ],
        "answered_on": given.answered_on.isoformat(),
        "confirmed_on": given.confirmed_on.isoformat() if given.confirmed_on else None,
        "valid_until": given.valid_until.isoformat(),
        "is_past": given.is_past,
    }
    if compilation.is_network:
        made["wider_dissemination"] = given.is_wide
    return made
