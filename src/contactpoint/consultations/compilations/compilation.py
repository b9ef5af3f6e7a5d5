"""The answers of states to one round, side by side, as far as one circle may know them.

A compilation is made of what `reaching` gives and of nothing else. It holds no primary key and no
time of a response: the public one is the same, letter by letter, whether or not there are answers
that are not for the public.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from contactpoint.consultations.questions import Said
from contactpoint.consultations.reaching import Circle


@dataclass(frozen=True, slots=True)
class Option:
    """What could be chosen. `sign` and `pattern` (1 to 6) tell it without colour."""

    code: str
    label: Said
    sign: str
    pattern: int


@dataclass(frozen=True, slots=True)
class Column:
    """A closed question, or a row of one that is a matrix: what can be counted and coloured."""

    row: str
    number: str
    text: Said
    options: tuple[Option, ...]
    is_single: bool
    """Whether a state chooses one of them, or as many as it likes."""

    def option(self, code: str) -> Option | None:
        """The option of that code."""
        return next((one for one in self.options if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, with its number; an open question has no columns."""

    code: str
    number: str
    text: Said
    hint: Said
    section: Said
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """A state of which the circle knows an answer."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a state says that it has it from; no `url` where it gave none that is safe."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that a state attached to an answer."""

    name: str
    url: str
    size: int


@dataclass(frozen=True, slots=True)
class Given:
    """An answer in words. `chosen` are codes by the row of a column, of closed questions only.
    `language` is empty where the state didn't say in which it answers."""

    state: State
    question: str
    text: str
    language: str
    chosen: Mapping[str, tuple[str, ...]]
    remark: str
    remark_language: str
    sources: tuple[Source, ...]
    files: tuple[File, ...]
    answered_on: date
    confirmed_on: date | None
    valid_until: date
    is_past: bool
    is_wide: bool
    html: str = ""
    """Of a chapter its sanitised HTML; `text` is the same without its marks."""

    @property
    def said_on(self) -> date:
        """When the state last said so."""
        return max(self.answered_on, self.confirmed_on or self.answered_on)


@dataclass(frozen=True, slots=True)
class Compilation:
    """A round with its answers, in one language, for one circle."""

    circle: Circle
    language: str
    code: str
    kind: str
    reference: str
    title: Said
    background: Said
    summary: Said
    disclaimer: Said
    requested_by: str
    asked_on: date | None
    is_example: bool
    changed_on: date
    """The newest day of anything in it."""
    questions: tuple[Question, ...]
    states: tuple[State, ...]
    given: Mapping[tuple[str, str], Given]
    """By the codes of state and question."""

    @property
    def is_network(self) -> bool:
        """Whether it holds what may not leave the network."""
        return self.circle is Circle.NETWORK

    @property
    def made_at(self) -> datetime:
        """The same for the same content."""
        day = self.changed_on
        return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    def of_question(self, question: Question) -> list[Given]:
        """Its answers, in the order of states."""
        found = (self.given.get((state.code, question.code)) for state in self.states)
        return [one for one in found if one is not None]

    def of_state(self, state: State) -> list[tuple[Question, Given]]:
        """The answers of a state, in the order of questions."""
        found = ((one, self.given.get((state.code, one.code))) for one in self.questions)
        return [(question, given) for question, given in found if given is not None]

    def rows(self) -> Iterator[tuple[State, Question, Given]]:
        """State by state, all that there is."""
        for state in self.states:
            for question, given in self.of_state(state):
                yield state, question, given

    def fingerprint(self) -> str:
        """The same for the same words in it; nothing else goes in."""
        return hashlib.blake2b(repr(self).encode(), digest_size=16).hexdigest()
