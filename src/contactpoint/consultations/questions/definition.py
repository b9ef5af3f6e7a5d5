"""An instrument: what is asked, in which order, under which condition, in any language.

Codes stay over versions and are what answers are filed under. Expressions are those of XLSForm
(`${code} = 'yes'`, `. > 0`); an empty one is always true, and never demands anything.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

Texts = Mapping[str, str]
"""Language code → text."""

Value = str | int | list[str] | dict[str, str] | None
"""An answer, by the kind of its question; see `Kind`."""


class Kind(StrEnum):
    """What an answer may be, and how it is kept."""

    TEXT = "text"
    """str, on one line."""
    LONG_TEXT = "long-text"
    """str, with paragraphs."""
    RICH_TEXT = "rich-text"
    """str of sanitised HTML: a chapter of a national report, with footnotes, tables, pictures."""
    INTEGER = "integer"
    """int"""
    DECIMAL = "decimal"
    """str that `decimal.Decimal` reads, such as "12.5": nothing is rounded on the way."""
    DATE = "date"
    """str, such as "2019-05-31"."""
    ONE = "one"
    """str: the code of a choice."""
    MANY = "many"
    """list of codes, in the order of the set; [] says that none was chosen."""
    RANKING = "ranking"
    """list of codes, the first before all others."""
    MATRIX = "matrix"
    """dict: code of a row → code of a choice; rows may be missing."""
    FILE = "file"
    """list of references of attachments."""
    COUNTRY = "country"
    """str: ISO 3166-1 alpha-2."""
    CONCEPT = "concept"
    """str: identifier of a concept of the glossary."""
    NOTE = "note"
    """Nothing is asked: words between questions."""
    CALCULATED = "calculated"
    """str: worked out by `calculation`, never shown to be filled in."""


CHOOSING: Final = frozenset({Kind.ONE, Kind.MANY, Kind.RANKING, Kind.MATRIX})
"""Kinds that need a set of choices; they can be counted, and compared between states."""
ASKED: Final = frozenset(Kind) - {Kind.NOTE, Kind.CALCULATED}
"""Kinds that somebody answers."""


class Said(NamedTuple):
    """A text, and the language that it is in."""

    text: str
    language: str


def said(texts: Texts, language: str, fallback: str = "en") -> Said:
    """The text in `language`, else in `fallback`, else in any; `("", language)` where none is."""
    for code in (language, fallback):
        if texts.get(code):
            return Said(texts[code], code)
    return next((Said(text, code) for code, text in texts.items() if text), Said("", language))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a set, or a row of a matrix. `columns` are what a filter of choices may look at."""

    code: str
    labels: Texts = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A question by its code. `choices` names a set of the instrument; `rows` are those of a
    matrix. `longest` counts characters, 0 for no limit but the portal's own."""

    code: str
    kind: Kind
    labels: Texts = field(default_factory=dict)
    hints: Texts = field(default_factory=dict)
    required: str = ""
    required_messages: Texts = field(default_factory=dict)
    relevant: str = ""
    constraint: str = ""
    constraint_messages: Texts = field(default_factory=dict)
    calculation: str = ""
    choices: str = ""
    choice_filter: str = ""
    rows: tuple[Choice, ...] = ()
    longest: int = 0

    @property
    def is_asked(self) -> bool:
        """Whether somebody answers it."""
        return self.kind in ASKED


@dataclass(frozen=True, slots=True)
class Section:
    """A page of questions."""

    code: str
    titles: Texts = field(default_factory=dict)
    introductions: Texts = field(default_factory=dict)
    relevant: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Instrument:
    """All that is asked. `languages` are those that it is meant to be complete in, the first
    being the one that it was written in."""

    code: str
    languages: tuple[str, ...]
    titles: Texts = field(default_factory=dict)
    introductions: Texts = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    choice_sets: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The one that it was written in."""
        return self.languages[0] if self.languages else "en"

    def questions(self) -> Iterator[Question]:
        """All of them, in the order of asking."""
        for section in self.sections:
            yield from section.questions

    def question(self, code: str) -> Question | None:
        """The question of that code."""
        return next((one for one in self.questions() if one.code == code), None)

    def numbers(self) -> dict[str, int]:
        """By code the number of each question that somebody answers: its place among all of them,
        so that it is the same for whoever is asked only some."""
        asked = (one.code for one in self.questions() if one.is_asked)
        return {code: number for number, code in enumerate(asked, start=1)}

    def section(self, code: str) -> Section | None:
        """The section of that code."""
        return next((one for one in self.sections if one.code == code), None)

    def choices_of(self, question: Question) -> tuple[Choice, ...]:
        """The set that a question names; empty where it names none."""
        return self.choice_sets.get(question.choices, ())
