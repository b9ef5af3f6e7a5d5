"""An answer in words, in the reader's language: labels for codes, dates and numbers as one writes
them. What cannot be read as its kind is told as it stands."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from babel import Locale
from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from contactpoint.consultations.compilations.wording import named
from contactpoint.consultations.questions import Choice, Instrument, Kind, Question, said
from contactpoint.kit.composing.document import Document
from contactpoint.kit.composing.plain import plain
from contactpoint.kit.composing.reading import blocks_of
from contactpoint.kit.days import in_words

_NOTHING: Final[tuple[Any, ...]] = (None, "", {})


def is_nothing(question: Question, value: Any) -> bool:
    """Whether nothing was answered: of many choices none is an answer, of files it is not."""
    return value in _NOTHING or (value == [] and question.kind is not Kind.MANY)


def chosen(question: Question, value: Any) -> dict[str, tuple[str, ...]]:
    """The codes chosen, by row: `""` where there are no rows. Empty for an open question."""
    if question.kind is Kind.ONE and isinstance(value, str) and value:
        return {"": (value,)}
    if question.kind is Kind.MANY and isinstance(value, list):
        return {"": tuple(map(str, value))}
    if question.kind is Kind.MATRIX and isinstance(value, dict):
        return {str(row): (str(code),) for row, code in value.items() if code}
    return {}


def words(
    instrument: Instrument,
    question: Question,
    value: Any,
    language: str,
    *,
    concepts: Mapping[str, str],
    files: Sequence[str],
) -> str:
    """What was answered, as plain text; a line break parts paragraphs. `concepts` are labels by
    slug, `files` the names of what is attached."""
    if is_nothing(question, value):
        return ""
    teller = _Teller(question, instrument.choices_of(question), language, concepts, files)
    tell = _TELL.get(question.kind)
    return tell(teller, value) if tell else str(value).strip()


@dataclass(frozen=True, slots=True)
class _Teller:
    """What has to be known to tell an answer."""

    question: Question
    choices: Sequence[Choice]
    language: str
    concepts: Mapping[str, str]
    files: Sequence[str]

    def one(self, value: Any) -> str:
        """The label of a choice."""
        found = next((one for one in self.choices if one.code == value), None)
        return said(found.labels, self.language).text or found.code if found else str(value)

    def many(self, value: Any) -> str:
        """Labels, or that there is none."""
        return "; ".join(map(self.one, _listed(value))) or _("None of these")

    def ranking(self, value: Any) -> str:
        """Labels, numbered."""
        return "\n".join(f"{at}. {self.one(each)}" for at, each in enumerate(_listed(value), 1))

    def matrix(self, value: Any) -> str:
        """A line a row."""
        given = value if isinstance(value, dict) else {}
        return "\n".join(
            named(said(row.labels, self.language).text or row.code, self.one(given[row.code]))
            for row in self.question.rows
            if given.get(row.code)
        )

    def rich_text(self, value: Any) -> str:
        """A chapter without its marks: nothing that was written is trusted as HTML here."""
        document = Document(
            title="",
            language=self.language,
            publisher="",
            made_at=datetime.datetime.min,
            blocks=blocks_of(str(value)),
        )
        lines = plain(document).strip().split("\n\n")
        return "\n".join(" ".join(one.split()) for one in lines if one.strip())

    def file(self, value: Any) -> str:
        """The names of files."""
        return "; ".join(self.files)

    def date(self, value: Any) -> str:
        """As one writes it."""
        try:
            return in_words(datetime.date.fromisoformat(str(value)))
        except ValueError:
            return str(value)

    def number(self, value: Any) -> str:
        """With the separators of the language."""
        try:
            return str(
                format_decimal(
                    Decimal(str(value)), locale=self.language, decimal_quantization=False
                )
            )
        except InvalidOperation:
            return str(value)

    def country(self, value: Any) -> str:
        """Its name."""
        return str(Locale.parse(self.language).territories.get(str(value), value))

    def concept(self, value: Any) -> str:
        """Its label."""
        return self.concepts.get(str(value), str(value))


_TELL: Final[Mapping[Kind, Callable[[_Teller, Any], str]]] = {
    Kind.ONE: _Teller.one,
    Kind.MANY: _Teller.many,
    Kind.RANKING: _Teller.ranking,
    Kind.MATRIX: _Teller.matrix,
    Kind.RICH_TEXT: _Teller.rich_text,
    Kind.FILE: _Teller.file,
    Kind.DATE: _Teller.date,
    Kind.INTEGER: _Teller.number,
    Kind.DECIMAL: _Teller.number,
    Kind.COUNTRY: _Teller.country,
    Kind.CONCEPT: _Teller.concept,
}
"""Of any other kind the words are those of the state."""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
