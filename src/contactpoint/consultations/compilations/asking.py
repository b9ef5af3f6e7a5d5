"""The questions of an instrument as a compilation shows them: numbered, with signs for what can be
chosen. Both circles see all questions; what is public of a round is public as a whole."""

from collections.abc import Sequence
from string import ascii_uppercase
from typing import Final

from contactpoint.consultations.compilations.compilation import Column, Option, Question
from contactpoint.consultations.questions import Choice, Instrument, Kind, said
from contactpoint.consultations.questions import Question as Asked

PATTERNS: Final = 6
"""So many can be told apart; the sign tells the rest."""
SIGNS: Final = {"yes": "✓", "no": "✕"}
"""For what everybody reads at once; anything else gets a letter."""


def asked_questions(instrument: Instrument, language: str) -> tuple[Question, ...]:
    """All that were to be answered, in their order."""
    made = []
    number = 0
    for section in instrument.sections:
        title = said(section.titles, language)
        for question in section.questions:
            if not question.is_asked:
                continue
            number += 1
            made.append(
                Question(
                    code=question.code,
                    number=str(number),
                    text=said(question.labels, language),
                    hint=said(question.hints, language),
                    section=title,
                    columns=_columns(instrument, question, str(number), language),
                )
            )
    return tuple(made)


def _columns(
    instrument: Instrument, question: Asked, number: str, language: str
) -> tuple[Column, ...]:
    text = said(question.labels, language)
    options = _options(instrument.choices_of(question), language)
    if question.kind in (Kind.ONE, Kind.MANY):
        return (Column("", number, text, options, question.kind is Kind.ONE),)
    if question.kind is Kind.MATRIX:
        return tuple(
            Column(row.code, f"{number}.{at}", said(row.labels, language), options, True)
            for at, row in enumerate(question.rows, 1)
        )
    return ()


def _options(choices: Sequence[Choice], language: str) -> tuple[Option, ...]:
    letters = iter(_letters(len(choices)))
    made = []
    for at, choice in enumerate(choices):
        sign = SIGNS.get(choice.code) or next(letters)
        label = said(choice.labels, language)
        if not label.text:
            label = label._replace(text=choice.code)
        made.append(Option(choice.code, label, sign, at % PATTERNS + 1))
    return tuple(made)


def _letters(number: int) -> list[str]:
    """A, B, … Z, A1, B1, …"""
    return [ascii_uppercase[at % 26] + (str(at // 26) if at >= 26 else "") for at in range(number)]
