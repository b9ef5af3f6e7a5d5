"""An instrument as JSON, as it is stored and handed over, and back with an error that names the
place and the mend."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from contactpoint.consultations.questions.definition import (
    CHOOSING,
    Choice,
    Instrument,
    Kind,
    Question,
    Section,
)

SHAPE: Final = 1
CODE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}", re.ASCII)
"""Of sections and questions: what XLSForm allows as a name, and fits a column."""
CHOICE_CODE: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}", re.ASCII)
MOST_QUESTIONS: Final = 1000
MOST_CHOICES: Final = 2000
LONGEST_TEXT: Final = 20_000
LONGEST_EXPRESSION: Final = 2_000
_TEXTS: Final = ("labels", "hints", "required_messages", "constraint_messages")
_EXPRESSIONS: Final = ("required", "relevant", "constraint", "calculation", "choice_filter")


class InstrumentError(ValueError):
    """An instrument can't be used; `place` says where, such as `section "work", question "hours"`
    or `survey!C12`, and the message ends with the mend."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.place, self.message = place, message


def carried(instrument: Instrument) -> dict[str, Any]:
    """As JSON; what is empty is left out, so that equal instruments are equal files."""
    return {"shape": SHAPE, **_bare({
        "code": instrument.code,
        "languages": list(instrument.languages),
        "titles": dict(instrument.titles),
        "introductions": dict(instrument.introductions),
        "sections": [_section(one) for one in instrument.sections],
        "choice_sets": {
            name: [_choice(one) for one in choices]
            for name, choices in instrument.choice_sets.items()
        },
    })}  # fmt: skip


def restored(data: Mapping[str, Any]) -> Instrument:
    """From JSON; an `InstrumentError` for what is no instrument."""
    if not isinstance(data, Mapping) or data.get("shape") != SHAPE:
        raise InstrumentError("", f'This is no instrument: "shape" should be {SHAPE}.')
    sets = {
        _code(name, "choice_sets"): tuple(
            _restored_choice(one, f'set of choices "{name}"') for one in _list(choices, name)
        )
        for name, choices in _map(data.get("choice_sets", {}), "choice_sets").items()
    }
    instrument = Instrument(
        code=_code(data.get("code"), "code"),
        languages=tuple(str(one) for one in _list(data.get("languages", []), "languages")),
        titles=_texts(data.get("titles", {}), "titles"),
        introductions=_texts(data.get("introductions", {}), "introductions"),
        sections=tuple(
            _restored_section(one) for one in _list(data.get("sections", []), "sections")
        ),
        choice_sets=sets,
    )
    ensure_sound(instrument)
    return instrument


def ensure_sound(instrument: Instrument) -> None:
    """An `InstrumentError` unless answers can be filed under its codes without doubt."""
    if not instrument.languages:
        raise InstrumentError("languages", "Name at least one language.")
    questions = list(instrument.questions())
    if len(questions) > MOST_QUESTIONS:
        raise InstrumentError("sections", f"More than {MOST_QUESTIONS} questions. Split it.")
    _ensure_once([one.code for one in instrument.sections], "section")
    _ensure_once([one.code for one in questions], "question")
    for name, choices in instrument.choice_sets.items():
        place = f'set of choices "{name}"'
        if len(choices) > MOST_CHOICES:
            raise InstrumentError(place, f"More than {MOST_CHOICES} choices. Split it.")
        _ensure_once([one.code for one in choices], f"{place}, choice")
    for question in questions:
        place = f'question "{question.code}"'
        if question.kind in CHOOSING and not instrument.choices_of(question):
            raise InstrumentError(
                place, f'There is no set of choices "{question.choices}". Add it, or name another.'
            )
        if question.kind is Kind.MATRIX and not question.rows:
            raise InstrumentError(place, "A matrix needs rows. Add them.")
        _ensure_once([one.code for one in question.rows], f"{place}, row")


def _ensure_once(codes: Sequence[str], what: str) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise InstrumentError(f'{what} "{code}"', "The code stands twice. Change one of them.")
        seen.add(code)


def _section(one: Section) -> dict[str, Any]:
    return _bare({
        "code": one.code,
        "titles": dict(one.titles),
        "introductions": dict(one.introductions),
        "relevant": one.relevant,
        "questions": [_question(each) for each in one.questions],
    })  # fmt: skip


def _question(one: Question) -> dict[str, Any]:
    return _bare({
        "code": one.code,
        "kind": one.kind.value,
        **{name: dict(getattr(one, name)) for name in _TEXTS},
        **{name: getattr(one, name) for name in _EXPRESSIONS},
        "choices": one.choices,
        "rows": [_choice(each) for each in one.rows],
        "longest": one.longest,
    })  # fmt: skip


def _choice(one: Choice) -> dict[str, Any]:
    return _bare({"code": one.code, "labels": dict(one.labels), "columns": dict(one.columns)})


def _bare(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value}


def _restored_section(data: Any) -> Section:
    code = _code(_map(data, "section").get("code"), "section")
    place = f'section "{code}"'
    return Section(
        code=code,
        titles=_texts(data.get("titles", {}), place),
        introductions=_texts(data.get("introductions", {}), place),
        relevant=_expression(data.get("relevant", ""), place),
        questions=tuple(
            _restored_question(one, place) for one in _list(data.get("questions", []), place)
        ),
    )


def _restored_question(data: Any, within: str) -> Question:
    code = _code(_map(data, within).get("code"), f"{within}, question")
    place = f'{within}, question "{code}"'
    kind = data.get("kind")
    if kind not in set(Kind):
        raise InstrumentError(place, f'"{kind}" is no kind of question. Use one of {_kinds()}.')
    longest = data.get("longest", 0)
    if not isinstance(longest, int) or isinstance(longest, bool) or longest < 0:
        raise InstrumentError(place, '"longest" is a number of characters.')
    texts = {name: _texts(data.get(name, {}), place) for name in _TEXTS}
    expressions = {name: _expression(data.get(name, ""), place) for name in _EXPRESSIONS}
    return Question(
        code=code,
        kind=Kind(kind),
        labels=texts["labels"],
        hints=texts["hints"],
        required=expressions["required"],
        required_messages=texts["required_messages"],
        relevant=expressions["relevant"],
        constraint=expressions["constraint"],
        constraint_messages=texts["constraint_messages"],
        calculation=expressions["calculation"],
        choice_filter=expressions["choice_filter"],
        choices=str(data.get("choices", "")),
        rows=tuple(_restored_choice(one, place) for one in _list(data.get("rows", []), place)),
        longest=longest,
    )


def _restored_choice(data: Any, place: str) -> Choice:
    code = _map(data, place).get("code")
    if not isinstance(code, str) or not CHOICE_CODE.fullmatch(code):
        raise InstrumentError(
            place, f'"{code}" is no code of a choice. Use letters, digits, ".", "-" and "_".'
        )
    place = f'{place}, choice "{code}"'
    return Choice(
        code, _texts(data.get("labels", {}), place), _texts(data.get("columns", {}), place)
    )


def _code(code: Any, place: str) -> str:
    if not isinstance(code, str) or not CODE.fullmatch(code):
        raise InstrumentError(
            place,
            f'"{code}" is no code. Begin with a letter, then use letters, digits, ".", "-", "_".',
        )
    return code


def _texts(data: Any, place: str) -> dict[str, str]:
    for language, text in _map(data, place).items():
        if not isinstance(text, str) or len(text) > LONGEST_TEXT:
            raise InstrumentError(
                place, f'The text in "{language}" is no text of at most {LONGEST_TEXT} characters.'
            )
    return {str(language): text for language, text in data.items() if text}


def _expression(data: Any, place: str) -> str:
    if not isinstance(data, str) or len(data) > LONGEST_EXPRESSION:
        raise InstrumentError(
            place, f"An expression is a text of at most {LONGEST_EXPRESSION} characters."
        )
    return data.strip()


def _map(data: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise InstrumentError(place, "Here should be names with values.")
    return data


def _list(data: Any, place: str) -> Sequence[Any]:
    if not isinstance(data, list | tuple):
        raise InstrumentError(place, "Here should be a list.")
    return data


def _kinds() -> str:
    return ", ".join(f'"{kind.value}"' for kind in Kind)
