"""Responses as columns: what each respondent said to each question that can be counted.

A question of several choices becomes a column for each choice, a matrix one for each row, a
ranking that of its first place, numbers and days one of classes. In each column stands a category,
`MISSING` for who was asked and gave no answer, or None for who was not asked.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from contactpoint.consultations.questions import Instrument, Kind, Question
from contactpoint.consultations.questions.definition import Value
from contactpoint.consultations.tables.numbers import Class, classes

MISSING: Final = ""
CHOSEN: Final = "chosen"
NOT_CHOSEN: Final = "not-chosen"
ANSWERED: Final = "answered"
NUMBERS: Final = frozenset({Kind.INTEGER, Kind.DECIMAL})
WORDS: Final = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.RICH_TEXT})
_NAMED: Final = frozenset({Kind.COUNTRY, Kind.CONCEPT})


@dataclass(frozen=True, slots=True)
class Respondent:
    """What one respondent said, and which questions were put to them at all."""

    values: Mapping[str, Value]
    asked: frozenset[str]
    concepts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Question → concepts found in the words."""


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that is counted. `part` is the row of a matrix, the choice of several, or a concept
    that words speak of. `is_open`: there are more categories than those that were met."""

    question: str
    kind: Kind
    categories: tuple[str, ...]
    values: tuple[str | None, ...]
    part: str = ""
    is_open: bool = False
    is_concept: bool = False

    @property
    def key(self) -> str:
        """Unique in a sheet."""
        return f"{self.question}/{self.part}" if self.part else self.question

    def counts(self, among: Sequence[int] | None = None) -> Counter[str | None]:
        """How often each was said, by all or by those at these places."""
        if among is None:
            return Counter(self.values)
        return Counter(self.values[place] for place in among)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All columns of a round."""

    instrument: Instrument
    respondents: tuple[Respondent, ...]
    columns: tuple[Column, ...]

    def of(self, question: str) -> tuple[Column, ...]:
        """The columns of one question."""
        return tuple(one for one in self.columns if one.question == question)


def sheet(instrument: Instrument, respondents: Sequence[Respondent]) -> Sheet:
    """What can be counted, in the order of asking."""
    columns: list[Column] = []
    for question in instrument.questions():
        columns += _columns(instrument, question, respondents)
    return Sheet(instrument, tuple(respondents), tuple(columns))


def numbers_of(question: Question, respondents: Sequence[Respondent]) -> list[Decimal]:
    """The numbers that were given; days count as that of the day."""
    asked = _asked(question, respondents)
    found = (number(question.kind, one.values.get(question.code)) for one in asked)
    return [one for one in found if one is not None]


def number(kind: Kind, value: Value) -> Decimal | None:
    """A number, or a day as its number; None for what is neither."""
    try:
        if kind is Kind.DATE:
            return Decimal(date.fromisoformat(str(value)).toordinal()) if value else None
        return Decimal(str(value)) if value is not None and value != "" else None
    except (InvalidOperation, ValueError):
        return None


def ranks(
    question: Question, choices: Sequence[str], respondents: Sequence[Respondent]
) -> dict[str, Decimal]:
    """The mean rank of each choice among whole rankings, 1 being the first place."""
    whole = [
        value
        for one in _asked(question, respondents)
        if isinstance(value := one.values.get(question.code), list) and len(value) == len(choices)
    ]
    if not whole:
        return {}
    sums = {
        code: sum(value.index(code) + 1 for value in whole if code in value) for code in choices
    }
    return {code: Decimal(total) / len(whole) for code, total in sums.items()}


def by_class(
    question: Question, found: Sequence[Class], respondents: Sequence[Respondent]
) -> Column:
    """A column of numbers by these classes."""

    def of(value: Value) -> str:
        said = number(question.kind, value)
        if said is None:
            return MISSING
        return next((one.code for one in found if one.holds(said)), MISSING)

    values = _each(question, respondents, of)
    return Column(question.code, question.kind, tuple(one.code for one in found), values)


def _columns(
    instrument: Instrument, question: Question, respondents: Sequence[Respondent]
) -> list[Column]:
    kind = question.kind
    choices = tuple(one.code for one in instrument.choices_of(question))
    if kind is Kind.MANY:
        return [_choice(question, one, respondents) for one in choices]
    if kind is Kind.MATRIX:
        return [_row(question, one.code, choices, respondents) for one in question.rows]
    if kind in WORDS or kind is Kind.FILE:
        return _words(question, respondents)
    return _one_column(question, choices, respondents)


def _one_column(
    question: Question, choices: tuple[str, ...], respondents: Sequence[Respondent]
) -> list[Column]:
    kind, code = question.kind, question.code
    if kind in (Kind.ONE, Kind.RANKING):
        values = _each(question, respondents, lambda value: _one_of(choices, _first(value)))
        return [Column(code, kind, choices, values)]
    if kind in _NAMED:
        values = _each(question, respondents, lambda value: str(value or MISSING))
        met = tuple(sorted({one for one in values if one}))
        return [Column(code, kind, met, values, is_open=True)]
    if kind in NUMBERS or kind is Kind.DATE:
        return [by_class(question, classes(numbers_of(question, respondents)), respondents)]
    return []


def _choice(question: Question, choice: str, respondents: Sequence[Respondent]) -> Column:
    """Who gave no answer has not chosen it: of those asked, so many did."""

    def of(value: Value) -> str:
        return CHOSEN if isinstance(value, list) and choice in value else NOT_CHOSEN

    values = _each(question, respondents, of)
    return Column(question.code, question.kind, (CHOSEN, NOT_CHOSEN), values, part=choice)


def _row(
    question: Question, row: str, choices: Sequence[str], respondents: Sequence[Respondent]
) -> Column:
    def of(value: Value) -> str:
        return _one_of(choices, value.get(row)) if isinstance(value, dict) else MISSING

    values = _each(question, respondents, of)
    return Column(question.code, question.kind, tuple(choices), values, part=row)


def _words(question: Question, respondents: Sequence[Respondent]) -> list[Column]:
    """Whether anything was said, and each concept that was found in it."""
    code, kind = question.code, question.kind
    values = _each(question, respondents, lambda value: ANSWERED if value else MISSING)
    found = [Column(code, kind, (ANSWERED,), values)]
    met = sorted({slug for one in respondents for slug in one.concepts.get(code, ())})
    for slug in met:
        spoken = tuple(
            None
            if code not in one.asked
            else CHOSEN
            if slug in one.concepts.get(code, ())
            else NOT_CHOSEN
            for one in respondents
        )
        found.append(Column(code, kind, (CHOSEN, NOT_CHOSEN), spoken, part=slug, is_concept=True))
    return found


def _asked(question: Question, respondents: Sequence[Respondent]) -> list[Respondent]:
    return [one for one in respondents if question.code in one.asked]


def _each(
    question: Question, respondents: Sequence[Respondent], of: Callable[[Value], str]
) -> tuple[str | None, ...]:
    """What stands in a column, None for who was not asked."""
    code = question.code
    return tuple(of(one.values.get(code)) if code in one.asked else None for one in respondents)


def _one_of(choices: Sequence[str], value: Value) -> str:
    return value if isinstance(value, str) and value in choices else MISSING


def _first(value: Value) -> Value:
    """Of a ranking what stands first; one choice as it is."""
    return next(iter(value), None) if isinstance(value, list) else value
