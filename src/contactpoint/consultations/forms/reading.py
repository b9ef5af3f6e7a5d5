"""What was sent for a question, as the value of its kind.

What can't be such a value is an `AnswerError` in the reader's language that says what to write.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contactpoint.consultations.forms.concepts import is_concept, meant
from contactpoint.consultations.forms.countries import countries
from contactpoint.consultations.forms.marking import MarkingError, marked
from contactpoint.consultations.numbers import sent_number
from contactpoint.consultations.questions import Instrument, Kind, Question
from contactpoint.consultations.questions.checking_answers import AnswerError
from contactpoint.consultations.questions.definition import Value
from contactpoint.consultations.questions.messages import Problem, message
from contactpoint.consultations.questions.shapes import longest
from contactpoint.kit.public_forms import TypedField

MOST_DIGITS: Final = 40
LARGEST_INTEGER: Final = 10**15
MOST_FILES: Final = 10
_ARABIC_POINT: Final = "٫"
_SIGNS: Final = str.maketrans({
    "−": "-", _ARABIC_POINT: ".", "٬": "", "،": ",",
    **dict.fromkeys("\u200e\u200f\u061c\u2066\u2067\u2068\u2069", ""),
})  # fmt: skip
"""Minus, the marks of Arabic numbers, and signs that only say which way a text runs."""
_SPACES: Final = re.compile(r"[\s\u00a0\u202f'’]+")
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}([.,]\d{3})+", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?\d*[.,]?\d+", re.ASCII)
_REFERENCE: Final = re.compile(r"[A-Za-z0-9_-]{8,40}", re.ASCII)

Reader = Callable[[Instrument, Question, QueryDict, str], Value]


def text(instrument: Instrument, question: Question, data: QueryDict, name: str) -> Value:
    """Composed, without control characters; on one line unless the kind has paragraphs."""
    lines = 0 if question.kind is Kind.TEXT else 1
    typed = TypedField(lines=lines, required=False).to_python(data.get(name, ""))
    return _not_too_long(question, typed) or None


def rich_text(instrument: Instrument, question: Question, data: QueryDict, name: str) -> Value:
    """The HTML of what was written as Markdown; everything that could act is taken out."""
    typed = unicodedata.normalize("NFC", data.get(name, ""))
    try:
        return marked(_not_too_long(question, typed)) or None
    except MarkingError as error:
        raise AnswerError(question.code, str(error)) from None


def integer(instrument: Instrument, question: Question, data: QueryDict, name: str) -> Value:
    """Signs between thousands are left out, whichever they are."""
    typed = _digits(data.get(name, ""))
    if not typed:
        return None
    bare = re.sub(r"[.,]", "", typed) if _GROUPED.fullmatch(typed) else typed
    if not re.fullmatch(r"[+-]?\d+", bare, re.ASCII) or len(bare) > MOST_DIGITS:
        raise _refused(question, Problem.NO_WHOLE_NUMBER)
    if abs(int(bare)) > LARGEST_INTEGER:
        raise _refused(question, Problem.NO_WHOLE_NUMBER)
    return int(bare)


def decimal(instrument: Instrument, question: Question, data: QueryDict, name: str) -> Value:
    """With a point or a comma; where it could part thousands as well, that is asked. In English a
    point never does."""
    typed = _digits(data.get(name, ""))
    if not typed:
        return None
    if not _NUMBER.fullmatch(typed) or len(typed) > MOST_DIGITS:
        raise _refused(question, Problem.NO_NUMBER)
    is_english = (get_language() or "en") == "en" or _ARABIC_POINT in data.get(name, "")
    before, mark, after = typed.partition("," if "," in typed else ".")
    is_grouped = mark and len(after) == 3 and 1 <= len(before.lstrip("+-")) <= 3
    if is_grouped and before.strip("+-0") and (mark == "," or not is_english):
        fraction = f"{before}{'.' if is_english else ','}{after}"
        raise AnswerError(
            question.code,
            _("This can be read in two ways. Write %(number)s, or %(fraction)s0.")
            % {"number": before + after, "fraction": fraction},
        )
    try:
        number = Decimal(typed.replace(",", "."))
    except InvalidOperation:
        raise _refused(question, Problem.NO_NUMBER) from None
    return f"{number:f}"


def day(instrument: Instrument, question: Question, data: QueryDict, name: str) -> Value:
    """As browsers send it, or as ISO 8601 has it."""
    typed = data.get(name, "").strip()
    if not typed:
        return None
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        raise _refused(question, Problem.NO_DATE) from None


def one(instrument: Instrument, question: Question, data: QueryDict, name: str) -> Value:
    """The code of a choice."""
    sent = data.get(name, "")
    return _known(instrument, question, [sent])[0] if sent else None


def many(instrument: Instrument, question: Question, data: QueryDict, name: str) -> Value:
    """Codes in the order of the set; none is an answer, too."""
    sent = set(_known(instrument, question, data.getlist(name)))
    return [choice.code for choice in instrument.choices_of(question) if choice.code in sent]


def ranking(instrument: Instrument, question: Question, data: QueryDict, name: str) -> Value:
    """Each choice was given a place, or none; gaps between places don't matter."""
    places: dict[int, str] = {}
    choices = instrument.choices_of(question)
    for choice in choices:
        sent = data.get(f"{name}:{choice.code}", "").strip()
        if not sent:
            continue
        place = sent_number(sent)
        if not 1 <= place <= len(choices):
            raise AnswerError(
                question.code, _("Give places from 1 to %(last)s.") % {"last": len(choices)}
            )
        if place in places:
            raise AnswerError(
                question.code,
                _("Place %(place)s is given twice. Give each place once.") % {"place": place},
            )
        places[place] = choice.code
    return [places[place] for place in sorted(places)] or None


def matrix(instrument: Instrument, question: Question, data: QueryDict, name: str) -> Value:
    """A choice for each row; rows may be left out."""
    sent = {row.code: data.get(f"{name}:{row.code}", "") for row in question.rows}
    chosen = {row: code for row, code in sent.items() if code}
    _known(instrument, question, chosen.values())
    return chosen or None


def file(instrument: Instrument, question: Question, data: QueryDict, name: str) -> Value:
    """References of what is kept; `files` takes what comes along, and whoever saves looks that the
    references are theirs."""
    kept = list(dict.fromkeys(data.getlist(name)))
    if len(kept) > MOST_FILES or not all(_REFERENCE.fullmatch(one) for one in kept):
        raise AnswerError(question.code, _("Send this file again."))
    return kept or None


def country(instrument: Instrument, question: Question, data: QueryDict, name: str) -> Value:
    """ISO 3166-1 alpha-2."""
    sent = data.get(name, "")
    if sent and sent not in countries("en"):
        raise _refused(question, Problem.NO_COUNTRY)
    return sent or None


def concept(instrument: Instrument, question: Question, data: QueryDict, name: str) -> Value:
    """What was picked of what was offered; else the concept that has the name that was typed."""
    picked, typed = data.get(f"{name}:pick", ""), data.get(name, "").strip()
    if picked and is_concept(picked):
        return picked
    if not typed:
        return None
    found = meant(typed[:200], get_language() or instrument.language)
    if not found:
        raise AnswerError(
            question.code,
            _("No term of the glossary has this very name. Choose one below, or write another."),
        )
    return found


def nothing(instrument: Instrument, question: Question, data: QueryDict, name: str) -> Value:
    """Of what nobody fills in."""
    return None


READERS: Final[dict[Kind, Reader]] = {
    Kind.TEXT: text,
    Kind.LONG_TEXT: text,
    Kind.RICH_TEXT: rich_text,
    Kind.INTEGER: integer,
    Kind.DECIMAL: decimal,
    Kind.DATE: day,
    Kind.ONE: one,
    Kind.MANY: many,
    Kind.RANKING: ranking,
    Kind.MATRIX: matrix,
    Kind.FILE: file,
    Kind.COUNTRY: country,
    Kind.CONCEPT: concept,
    Kind.NOTE: nothing,
    Kind.CALCULATED: nothing,
}


def _refused(question: Question, problem: Problem, most: int = 0) -> AnswerError:
    language = get_language() or "en"
    return AnswerError(question.code, message(problem, language, most=most), problem)


def _not_too_long(question: Question, typed: str) -> str:
    most = longest(question)
    if len(typed) > most:
        raise _refused(question, Problem.TOO_LONG, most)
    return typed


def _digits(typed: str) -> str:
    """A number in the signs of ASCII, whichever digits it was written in, and whichever way."""
    plain = _SPACES.sub("", unicodedata.normalize("NFKC", typed)).translate(_SIGNS)
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in plain)


def _known(instrument: Instrument, question: Question, sent: Iterable[str]) -> list[str]:
    """The codes, if the set has them all; a form that was changed by hand gets a plain word."""
    codes = list(sent)
    known = {choice.code for choice in instrument.choices_of(question)}
    if not known.issuperset(codes):
        raise _refused(question, Problem.NO_CHOICE)
    return codes
