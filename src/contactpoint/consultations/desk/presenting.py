"""Sections and questions as the templates of preview, print sheet and test run take them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from django.utils import timezone
from django.utils.translation import get_language_info

from contactpoint.consultations.forms.fields import shown
from contactpoint.consultations.questions import Instrument, Kind, Question, Section, Texts, said
from contactpoint.consultations.questions.checking_answers import offered
from contactpoint.consultations.questions.definition import Value
from contactpoint.consultations.questions.expressions import ExpressionError, parsed
from contactpoint.consultations.questions.findings import compared
from contactpoint.consultations.questions.xlsform.columns import LANGUAGES
from contactpoint.kit.templatetags.kit import direction

_REFERENCE: Final = re.compile(r"\$\{([^}]*)\}")
FROM_HERE: Final = "\u2068"
TO_HERE: Final = "\u2069"
"""Between them a text runs its own way, and turns nothing around that stands beside it."""


class Words(NamedTuple):
    """A text; `lang` where it is in another language than was asked for."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Presenter:
    """An instrument in one language. `known` are the answers that choices hang on; without them
    all choices are shown."""

    asked: Instrument
    language: str
    values: Mapping[str, Value] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Value] | None = None

    def words(self, texts: Texts) -> Words:
        """A text in the language, or marked with the one that it is in."""
        found = said(texts, self.language, self.asked.language)
        return Words(found.text, "" if found.language == self.language else found.language)

    def sections(self) -> Iterator[dict[str, Any]]:
        """All of them; what somebody answers is counted through, and conditions name it so."""
        asked = (one.code for one in self.asked.questions() if one.is_asked)
        numbers = {code: number for number, code in enumerate(asked, 1)}
        for place, one in enumerate(self.asked.sections, 1):
            section = self.section(one, one.questions)
            section["number"] = place
            section["condition"] = self._condition(one.relevant, numbers)
            for each in section["questions"]:
                question = each["question"]
                each["number"] = numbers.get(question.code)
                each["condition"] = self._condition(question.relevant, numbers)
            yield section

    def _condition(self, condition: str, numbers: Mapping[str, int]) -> str:
        """With the numbers of questions and the words of choices: on paper nobody knows codes."""
        try:
            node = parsed(condition).node if condition else None
        except ExpressionError:
            node = None
        for reference, code in compared(node) if node else ():
            asked = self.asked.question(reference.code.partition(".")[0]) if reference else None
            for choice in self.asked.choices_of(asked) if asked else ():
                if choice.code == code and (words := self.words(choice.labels).text):
                    if direction(self.language) == "rtl":
                        words = f"{FROM_HERE}{words}{TO_HERE}"
                    for mark in ("'", '"'):
                        condition = condition.replace(f"{mark}{code}{mark}", f"“{words}”")
        return _numbered(condition, numbers)

    def section(self, one: Section, questions: Iterable[Question]) -> dict[str, Any]:
        """A section with these questions of it."""
        return {
            "code": one.code,
            "title": self.words(one.titles),
            "introduction": self.words(one.introductions),
            "relevant": one.relevant,
            "questions": [
                self.question(each) for each in questions if each.kind is not Kind.CALCULATED
            ],
        }

    def question(self, one: Question) -> dict[str, Any]:
        """A question in words, and as a form has it."""
        choices = None
        if self.known is not None:
            choices = offered(self.asked, one, self.known, today=timezone.localdate())
        html = shown(
            self.asked,
            one,
            self.values.get(one.code),
            language=self.language,
            problem=self.problems.get(one.code, ""),
            choices=choices,
        )
        return {
            "question": one,
            "label": self.words(one.labels),
            "hint": self.words(one.hints),
            "choices": [self.words(each.labels) for each in self.asked.choices_of(one)],
            "rows": [self.words(each.labels) for each in one.rows],
            "html": html,
        }


def _numbered(condition: str, numbers: Mapping[str, int]) -> str:
    """`${age} > 17` as `[2] > 17`: on paper nobody knows codes."""

    def number(found: re.Match[str]) -> str:
        code, _dot, row = found[1].strip().partition(".")
        whole = numbers.get(found[1].strip())
        return (
            f"[{whole}]" if whole else f"[{numbers[code]}] {row}" if code in numbers else found[0]
        )

    return _REFERENCE.sub(number, condition)


def language_of(wanted: str, asked: Instrument) -> str:
    """The language that was asked for, if anybody knows it; else that of the instrument."""
    return wanted if wanted in LANGUAGES or wanted in asked.languages else asked.language


def interface(language: str) -> str:
    """The language of the words around, which Django has to know."""
    try:
        get_language_info(language)
    except KeyError:
        return "en"
    return language
