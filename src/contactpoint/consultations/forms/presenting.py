"""What the template of each kind of question needs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from django.utils.translation import get_language

from contactpoint.consultations.forms.concepts import named, names, offered
from contactpoint.consultations.forms.countries import countries
from contactpoint.consultations.forms.files import ACCEPTED, LARGEST
from contactpoint.consultations.questions import Choice, Instrument, Kind, Question, Texts, said
from contactpoint.consultations.questions.definition import Value
from contactpoint.consultations.questions.messages import Message
from contactpoint.consultations.questions.shapes import longest

MOST_BUTTONS: Final = 15
"""With more choices a list that opens is shorter."""


class Words(NamedTuple):
    """A text; `lang` where it is in another language than the page, `is_chosen` where that is the
    one that the reader chose. `is_own` of what somebody wrote themselves, in a language that nobody
    knows."""

    text: str
    lang: str
    is_chosen: bool = False
    is_own: bool = False


class KeptFile(NamedTuple):
    """A file that was sent before; `url` where it can be looked at."""

    reference: str
    name: str
    size: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice, or what stands for none; `id` is that of its control."""

    code: str
    words: Words
    id: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a matrix, or a choice that gets a place."""

    name: str
    id: str
    words: Words
    options: Sequence[Option]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is to be shown: `value` may be what was typed and could not be read."""

    instrument: Instrument
    question: Question
    value: Value
    name: str
    language: str
    choices: Sequence[Choice]
    files: Iterable[KeptFile] = field(default_factory=tuple)
    is_typed: bool = False

    def words(self, texts: Texts, otherwise: str = "") -> Words:
        """In the language of the page, or in another that says so."""
        found = said(texts, self.language, self.instrument.language)
        return self.said(found.text, found.language) if found.text else Words(otherwise, "")

    def said(self, text: str, language: str) -> Words:
        """A text in some language, beside a page that may be in another than is read."""
        is_chosen = language == self.language
        is_plain = is_chosen and language == (get_language() or language)
        return Words(text, "" if is_plain else language, is_chosen)

    def told(self, problem: str) -> Words:
        """What is wrong: the instrument's own words may be in any language, as those of questions;
        the portal's are in that of the page."""
        language = problem.lang if isinstance(problem, Message) else ""
        return self.said(str(problem), language) if language else Words(problem, "")

    def labelled(self, choices: Iterable[Choice]) -> list[tuple[str, Words]]:
        """Code and words of each; the code where nobody gave it words."""
        return [(one.code, self.words(one.labels, one.code)) for one in choices]


def own(asked: Asked) -> Mapping[str, Any]:
    """What only its kind needs."""
    return _OWN[asked.question.kind](asked)


def template(asked: Asked) -> str:
    """The name of the template."""
    is_long = asked.question.kind is Kind.ONE and len(asked.choices) > MOST_BUTTONS
    return f"consultations/forms/{'list' if is_long else _TEMPLATES[asked.question.kind]}.html"


def _options(choices: Iterable[tuple[str, Words]], value: Value, first: str) -> list[Option]:
    chosen = set(value) if isinstance(value, list) else {value}
    return [
        Option(code, words, first if place == 1 else f"{first}:{place}", code in chosen)
        for place, (code, words) in enumerate(choices, start=1)
    ]


def _row_id(name: str, place: int) -> str:
    return name if place == 1 else f"{name}:row:{place}"


def _line(asked: Asked) -> dict[str, Any]:
    return {"value": "" if asked.value is None else asked.value}


def _decimal(asked: Asked) -> dict[str, Any]:
    """As the reader writes it; with a nought more where it could be read in two ways."""
    before, point, after = str("" if asked.value is None else asked.value).partition(".")
    if asked.is_typed or not point or asked.language == "en" or not after.isdecimal():
        return _line(asked)
    return {"value": f"{before},{after}{'0' if len(after) == 3 else ''}"}


def _text(asked: Asked) -> dict[str, Any]:
    return {"value": asked.value or "", "longest": longest(asked.question)}


def _choices(asked: Asked) -> dict[str, Any]:
    options = _options(asked.labelled(asked.choices), asked.value, asked.name)
    return {"options": options, "has_choice": bool(asked.value)}


def _ranking(asked: Asked) -> dict[str, Any]:
    """Each choice with the places that it may get."""
    places: Mapping[str, str] = {}
    if isinstance(asked.value, list):
        places = {code: str(place) for place, code in enumerate(asked.value, start=1)}
    elif isinstance(asked.value, dict):
        places = asked.value
    numbers = [str(number) for number in range(1, len(asked.choices) + 1)]
    rows = []
    for at, (code, words) in enumerate(asked.labelled(asked.choices), start=1):
        options = [Option(one, Words(one, ""), "", places.get(code) == one) for one in numbers]
        rows.append(Row(f"{asked.name}:{code}", _row_id(asked.name, at), words, options))
    return {"rows": rows}


def _matrix(asked: Asked) -> dict[str, Any]:
    chosen = asked.value if isinstance(asked.value, dict) else {}
    choices = asked.labelled(asked.choices)
    rows = []
    for at, (code, words) in enumerate(asked.labelled(asked.question.rows), start=1):
        first = _row_id(asked.name, at)
        options = _options(choices, chosen.get(code), first)
        rows.append(Row(f"{asked.name}:{code}", first, words, options))
    return {"rows": rows, "has_choice": bool(chosen)}


def _country(asked: Asked) -> dict[str, Any]:
    every = [
        (code, asked.said(text, asked.language)) for code, text in countries(asked.language).items()
    ]
    return {"options": _options(every, asked.value, asked.name)}


def _concept(asked: Asked) -> dict[str, Any]:
    typed = asked.value if isinstance(asked.value, str) else ""
    label = named(typed, asked.language)
    found = offered(typed, asked.language) if typed and label == typed else []
    return {
        "value": label,
        "names": names(asked.language),
        "names_in": asked.said("", asked.language).lang,
        "offered": [
            Option(
                term.slug,
                asked.said(term.label, term.language),
                f"{asked.name}:offer:{place}",
            )
            for place, term in enumerate(found, start=1)
        ],
    }


def _file(asked: Asked) -> dict[str, Any]:
    return {"files": list(asked.files), "accepted": ACCEPTED, "largest": LARGEST}


def _nothing(_asked: Asked) -> dict[str, Any]:
    return {}


_OWN: Final[Mapping[Kind, Callable[[Asked], Mapping[str, Any]]]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.RICH_TEXT: _text,
    Kind.INTEGER: _line,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _line,
    Kind.ONE: _choices,
    Kind.MANY: _choices,
    Kind.RANKING: _ranking,
    Kind.MATRIX: _matrix,
    Kind.FILE: _file,
    Kind.COUNTRY: _country,
    Kind.CONCEPT: _concept,
    Kind.NOTE: _nothing,
}
_TEMPLATES: Final = {
    Kind.TEXT: "line",
    Kind.INTEGER: "line",
    Kind.DECIMAL: "line",
    Kind.DATE: "line",
    Kind.LONG_TEXT: "text",
    Kind.RICH_TEXT: "text",
    Kind.ONE: "choices",
    Kind.MANY: "choices",
    Kind.RANKING: "ranking",
    Kind.MATRIX: "matrix",
    Kind.FILE: "file",
    Kind.COUNTRY: "list",
    Kind.CONCEPT: "concept",
    Kind.NOTE: "note",
}
