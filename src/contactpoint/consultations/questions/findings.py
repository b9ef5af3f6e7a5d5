"""What is wrong with an instrument, or looks so, before anybody answers it.

`REFUSES` keeps a round from being opened, `WARNS` is shown to the editor who opens it. Conditions
are tried, not guessed at (`reachable.py`): a question is called unreachable only where every answer
that could matter was tried and none leads to it. What would take too long to try is named as such.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from contactpoint.consultations.questions.answering import referred
from contactpoint.consultations.questions.carrying import InstrumentError
from contactpoint.consultations.questions.definition import (
    CHOOSING,
    Instrument,
    Kind,
    Question,
    Texts,
)
from contactpoint.consultations.questions.expressions import (
    Call,
    Chain,
    Expression,
    ExpressionError,
    Literal,
    Name,
    Node,
    Reference,
    parsed,
    references,
)
from contactpoint.consultations.questions.expressions.nodes import walked
from contactpoint.consultations.questions.reachable import Outcome, Trying
from contactpoint.consultations.questions.walking import order


class Problem(StrEnum):
    """What was found."""

    NO_QUESTIONS = "no-questions"
    EMPTY_SECTION = "empty-section"
    UNREADABLE = "unreadable"
    UNKNOWN_REFERENCE = "unknown-reference"
    LATER_REFERENCE = "later-reference"
    UNKNOWN_CHOICE = "unknown-choice"
    UNKNOWN_COLUMN = "unknown-column"
    CIRCLE = "circle"
    UNREACHABLE = "unreachable"
    NEVER_FITS = "never-fits"
    TOO_MANY = "too-many"
    NO_CALCULATION = "no-calculation"
    NO_TEXT = "no-text"
    NO_LABEL = "no-label"
    NOT_TRANSLATED = "not-translated"


class Weight(StrEnum):
    """Whether a round can be opened all the same."""

    REFUSES = "refuses"
    WARNS = "warns"


_REFUSES: Final = frozenset({
    Problem.NO_QUESTIONS, Problem.UNREADABLE, Problem.UNKNOWN_REFERENCE, Problem.CIRCLE,
    Problem.NEVER_FITS, Problem.NO_TEXT, Problem.NO_CALCULATION,
})  # fmt: skip


NAMED: Final = 12
"""Questions that one finding names."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing, by the code of a question (or of a section, with `is_section`). `details` are
    words for the message: an expression, a language, a choice."""

    problem: Problem
    code: str = ""
    is_section: bool = False
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def weight(self) -> Weight:
        """Whether it keeps a round from being opened."""
        return Weight.REFUSES if self.problem in _REFUSES else Weight.WARNS


def findings(instrument: Instrument) -> list[Finding]:
    """All that was found, what refuses first, then in the order of asking."""
    found = [*_structure(instrument), *_Conditions(instrument).found(), *_texts(instrument)]
    if not any(one.weight is Weight.REFUSES for one in found):
        found += _tried(instrument)
    return sorted(found, key=lambda one: one.weight is Weight.WARNS)


def _structure(instrument: Instrument) -> Iterator[Finding]:
    if not any(one.is_asked for one in instrument.questions()):
        yield Finding(Problem.NO_QUESTIONS)
    for section in instrument.sections:
        if not section.questions:
            yield Finding(Problem.EMPTY_SECTION, section.code, is_section=True)
    for question in instrument.questions():
        if question.kind is Kind.CALCULATED and not question.calculation:
            yield Finding(Problem.NO_CALCULATION, question.code)


class _Conditions:
    """Looks at each expression where it stands."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.names = referred(instrument)
        self.questions = {one.code: one for one in instrument.questions()}
        self.place = {one.code: at for at, one in enumerate(instrument.questions())}

    def found(self) -> Iterator[Finding]:
        is_readable = True
        for one in self._all():
            is_readable = is_readable and one.problem is not Problem.UNREADABLE
            yield one
        if is_readable:
            try:
                order(self.instrument)
            except InstrumentError as error:
                code = error.place.partition('"')[2].rstrip('"')
                yield Finding(Problem.CIRCLE, code, details={"message": error.message})

    def _all(self) -> Iterator[Finding]:
        first = 0
        for section in self.instrument.sections:
            yield from self._one(section.code, section.relevant, first, is_section=True)
            for question in section.questions:
                at = self.place[question.code]
                yield from self._one(question.code, question.relevant, at)
                yield from self._one(question.code, question.choice_filter, at, names=True)
                for text in (question.required, question.constraint):
                    yield from self._one(question.code, text, at + 1)
                yield from self._one(question.code, question.calculation, len(self.place))
            first += len(section.questions)

    def _one(
        self, code: str, text: str, before: int, *, is_section: bool = False, names: bool = False
    ) -> Iterator[Finding]:
        if not text:
            return
        try:
            expression = parsed(text, names=names)
        except ExpressionError as error:
            details = {"expression": text, "message": str(error)}
            yield Finding(Problem.UNREADABLE, code, is_section, details)
            return
        for problem, what in self._within(expression, code, before):
            yield Finding(problem, code, is_section, {"expression": text, "what": what})

    def _within(
        self, expression: Expression, code: str, before: int
    ) -> Iterator[tuple[Problem, str]]:
        for name in dict.fromkeys(one.code for one in references(expression.node)):
            if name not in self.names:
                yield Problem.UNKNOWN_REFERENCE, name
                continue
            question = self.questions.get(self.names[name][0])
            is_worked_out = question is not None and question.kind is Kind.CALCULATED
            if self.place[self.names[name][0]] >= before and not is_worked_out:
                yield Problem.LATER_REFERENCE, name
        for reference, choice in compared(expression.node):
            question = self._chosen(code if reference is None else reference.code)
            codes = {one.code for one in self.instrument.choices_of(question)} if question else None
            if codes and choice not in codes:
                yield Problem.UNKNOWN_CHOICE, choice
        yield from self._columns(expression, code)

    def _columns(self, expression: Expression, code: str) -> Iterator[tuple[Problem, str]]:
        question = self.questions.get(code)
        if question is None:
            return
        known = {"name"} | {
            column for one in self.instrument.choices_of(question) for column in one.columns
        }
        for node in walked(expression.node):
            if isinstance(node, Name) and node.name not in known:
                yield Problem.UNKNOWN_COLUMN, node.name

    def _chosen(self, name: str) -> Question | None:
        question = self.questions.get(self.names.get(name, ("", ""))[0])
        return question if question and question.kind in CHOOSING else None


def compared(node: Node) -> Iterator[tuple[Reference | None, str]]:
    """Each `${q} = 'x'` and `selected(${q}, 'x')`: the question (None for `.`) and the text."""
    for one in walked(node):
        if isinstance(one, Chain) and len(one.rest) == 1 and one.rest[0][0] in {"=", "!="}:
            sides = [one.first, one.rest[0][1]]
        elif isinstance(one, Call) and one.name == "selected":
            sides = list(one.given)
        else:
            continue
        texts = [each.value for each in sides if isinstance(each, Literal)]
        places = [each for each in sides if isinstance(each, Reference)]
        if len(texts) == 1 and isinstance(texts[0], str) and texts[0] and places:
            yield places[0], texts[0]


def _texts(instrument: Instrument) -> Iterator[Finding]:
    """Each text in each language that the instrument is meant to be complete in."""
    yield from _lacking(instrument, "", "title", instrument.titles)
    for section in instrument.sections:
        yield from _lacking(instrument, section.code, "title", section.titles, is_section=True)
    for question in instrument.questions():
        if question.kind is Kind.CALCULATED:
            continue
        if not any(question.labels.values()):
            yield Finding(Problem.NO_TEXT, question.code)
            continue
        yield from _lacking(instrument, question.code, "label", question.labels)
        for name, texts in (
            ("hint", question.hints),
            ("message", question.constraint_messages),
            ("message", question.required_messages),
        ):
            yield from _lacking(instrument, question.code, name, texts)
        for row in question.rows:
            if not any(row.labels.values()):
                yield Finding(Problem.NO_LABEL, question.code, details={"what": row.code})
            yield from _lacking(instrument, question.code, row.code, row.labels)
    used = {one.choices: one.code for one in reversed(list(instrument.questions())) if one.choices}
    for name, choices in instrument.choice_sets.items():
        if name in used:
            for choice in choices:
                if not any(choice.labels.values()):
                    yield Finding(Problem.NO_LABEL, used[name], details={"what": choice.code})
                yield from _lacking(instrument, used[name], choice.code, choice.labels)


def _lacking(
    instrument: Instrument, code: str, text: str, texts: Texts, *, is_section: bool = False
) -> Iterator[Finding]:
    if not any(texts.values()):
        return
    for language in instrument.languages:
        if not texts.get(language):
            details = {"language": language, "text": text}
            yield Finding(Problem.NOT_TRANSLATED, code, is_section, details)


def _tried(instrument: Instrument) -> Iterator[Finding]:
    trying = Trying(instrument)
    reached = {code: trying.reach(trying.questions[code]) for code in order(instrument)}
    left_out: list[str] = []
    for question in instrument.questions():
        outcome = reached[question.code]
        if outcome is Outcome.NEVER:
            yield Finding(Problem.UNREACHABLE, question.code)
            continue
        fits = trying.fit(question) if question.constraint else Outcome.REACHED
        if fits is Outcome.NEVER:
            details = {"expression": question.constraint}
            yield Finding(Problem.NEVER_FITS, question.code, details=details)
        elif Outcome.TOO_MANY in {outcome, fits}:
            left_out.append(question.code)
    if left_out:
        codes = ", ".join(left_out[:NAMED]) + (", …" if len(left_out) > NAMED else "")
        details = {"number": str(len(left_out)), "codes": codes}
        yield Finding(Problem.TOO_MANY, left_out[0], details=details)
