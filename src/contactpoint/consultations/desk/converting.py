"""An instrument as the values of the form (`blocks`), and back.

The form shows what an editor writes. What it doesn't show (other languages, columns of choices)
is taken from the version that was opened, by codes: saving a form never loses it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import uuid4

from contactpoint.consultations.questions import (
    Choice,
    Instrument,
    Kind,
    Question,
    Section,
    Texts,
)

_TEXTS: Final = ("hints", "required_messages", "constraint_messages")
_EXPRESSIONS: Final = ("relevant", "constraint", "choice_filter")
TRUE: Final = "true()"


def sections_value(instrument: Instrument) -> list[dict[str, Any]]:
    """What `sections_block(...).to_python` reads."""
    return [_block("section", _section(one)) for one in instrument.sections]


def sets_value(instrument: Instrument) -> list[dict[str, Any]]:
    """What `sets_block(...).to_python` reads."""
    return [
        _block("set", {"name": name, "choices": [_choice(one) for one in choices]})
        for name, choices in instrument.choice_sets.items()
    ]


def _block(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    """With an id: Wagtail's script tells panels apart by it."""
    return {"type": kind, "value": value, "id": str(uuid4())}


def _section(one: Section) -> dict[str, Any]:
    return {
        "code": one.code,
        "titles": dict(one.titles),
        "introductions": dict(one.introductions),
        "relevant": one.relevant,
        "questions": [_block(each.kind.value, _question(each)) for each in one.questions],
    }


def _question(one: Question) -> dict[str, Any]:
    required = "" if one.required == TRUE else one.required
    return {
        "code": one.code,
        "labels": dict(one.labels),
        "choices": one.choices,
        "rows": [_choice(row) for row in one.rows],
        "calculation": one.calculation,
        "is_required": bool(one.required),
        "more": {
            **{name: dict(getattr(one, name)) for name in _TEXTS},
            **{name: getattr(one, name) for name in _EXPRESSIONS},
            "required": required,
            "longest": one.longest or None,
        },
    }


def _choice(one: Choice) -> dict[str, Any]:
    return {"code": one.code, "labels": dict(one.labels)}


def as_instrument(data: Mapping[str, Any], before: Instrument) -> Instrument:
    """What was written in the form, over what was there before."""
    return _Reader(before).instrument(data)


class _Reader:
    def __init__(self, before: Instrument) -> None:
        self.before = before
        self.sections = {one.code: one for one in before.sections}
        self.questions = {one.code: one for one in before.questions()}

    def instrument(self, data: Mapping[str, Any]) -> Instrument:
        sets = [one.value for one in data["choice_sets"]]
        return replace(
            self.before,
            languages=data["languages"],
            titles=_texts(data["titles"], self.before.titles),
            introductions=_texts(data["introductions"], self.before.introductions),
            sections=tuple(self._section(one.value) for one in data["sections"]),
            choice_sets={
                one["name"]: self._choices(
                    one["choices"], self.before.choice_sets.get(one["name"], ())
                )
                for one in sets
            },
        )

    def _section(self, value: Mapping[str, Any]) -> Section:
        old = self.sections.get(value["code"], Section(value["code"]))
        return Section(
            code=value["code"],
            titles=_texts(value["titles"], old.titles),
            introductions=_texts(value["introductions"], old.introductions),
            relevant=_text(value["relevant"]),
            questions=tuple(
                self._question(Kind(one.block_type), one.value) for one in value["questions"]
            ),
        )

    def _question(self, kind: Kind, value: Mapping[str, Any]) -> Question:
        old = self.questions.get(value["code"], Question(value["code"], kind))
        more = value["more"]
        only_if = _text(more.get("required"))
        return Question(
            code=value["code"],
            kind=kind,
            labels=_texts(value.get("labels"), old.labels),
            hints=_texts(more.get("hints"), old.hints),
            required=only_if or (TRUE if value.get("is_required") else ""),
            required_messages=_texts(more.get("required_messages"), old.required_messages),
            relevant=_text(more.get("relevant")),
            constraint=_text(more.get("constraint")),
            constraint_messages=_texts(more.get("constraint_messages"), old.constraint_messages),
            calculation=_text(value.get("calculation")),
            choices=_text(value.get("choices")),
            choice_filter=_text(more.get("choice_filter")),
            rows=self._choices(value.get("rows") or (), old.rows),
            longest=more.get("longest") or 0,
        )

    @staticmethod
    def _choices(
        values: Sequence[Mapping[str, Any]], before: Sequence[Choice]
    ) -> tuple[Choice, ...]:
        known = {one.code: one for one in before}
        found = []
        for value in values:
            old = known.get(value["code"], Choice(value["code"]))
            found.append(Choice(value["code"], _texts(value["labels"], old.labels), old.columns))
        return tuple(found)


def _text(value: Any) -> str:
    return str(value or "").strip()


def _texts(value: Mapping[str, Any] | None, before: Texts) -> dict[str, str]:
    """What the form shows, and the languages that it doesn't."""
    if value is None:
        return dict(before)
    written = {code: _text(text) for code, text in value.items()}
    others = {code: text for code, text in before.items() if code not in written}
    return {code: text for code, text in {**written, **others}.items() if text}
