"""An answer in words, as it stands where it is read again: names of choices, not codes."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.dateparse import parse_date
from django.utils.html import strip_tags

from contactpoint.consultations.forms.concepts import named_in
from contactpoint.consultations.forms.countries import countries
from contactpoint.consultations.forms.presenting import Asked, Words
from contactpoint.consultations.questions import Instrument, Kind, Question, Value
from contactpoint.kit.days import with_first

_WRITTEN: Final = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.RICH_TEXT})


def worded(
    instrument: Instrument,
    question: Question,
    value: Value,
    *,
    language: str,
    files: Mapping[str, str] | None = None,
) -> list[Words]:
    """A line each; none where nothing was answered. `files` are names by reference."""
    choices = instrument.choices_of(question)
    asked = Asked(instrument, question, value, "", language, choices)
    labels = dict(asked.labelled(choices))

    def label(code: str) -> Words:
        return labels.get(code, Words(code, ""))

    if isinstance(value, dict):
        rows = dict(asked.labelled(question.rows))
        return [_joined(rows.get(row, Words(row, "")), label(code)) for row, code in value.items()]
    if isinstance(value, list):
        if question.kind is Kind.FILE:
            return [Words((files or {}).get(one, one), "", is_own=True) for one in value]
        places = [f"{at}. " for at in range(1, len(value) + 1)]
        ranked = question.kind is Kind.RANKING
        found = [label(code) for code in value]
        return [
            Words(f"{place if ranked else ''}{words.text}", words.lang, words.is_chosen)
            for place, words in zip(places, found, strict=True)
        ]
    if value is None or value == "":
        return []
    if question.kind is Kind.ONE:
        return [label(str(value))]
    if question.kind in _WRITTEN:
        said = Words(_plain(question, value, language), "", is_own=True)
    elif question.kind is Kind.CONCEPT:
        said = asked.said(*named_in(str(value), language))
    else:
        said = asked.said(_plain(question, value, language), language)
    return [said]


def _plain(question: Question, value: str | int, language: str) -> str:
    text, locale = str(value), language.replace("-", "_")
    match question.kind:
        case Kind.COUNTRY:
            return countries(language).get(text, text)
        case Kind.DATE:
            day = parse_date(text)
            return (
                with_first(format_date(day, "long", locale=locale), day, language) if day else text
            )
        case Kind.INTEGER | Kind.DECIMAL:
            return _number(text, locale)
        case Kind.RICH_TEXT:
            return strip_tags(text)
    return text


def _number(text: str, locale: str) -> str:
    try:
        return str(format_decimal(Decimal(text), locale=locale, decimal_quantization=False))
    except InvalidOperation:
        return text


def _joined(row: Words, choice: Words) -> Words:
    """Of a matrix; the language is told where both are in it."""
    same = row.lang if row.lang == choice.lang else ""
    return Words(f"{row.text}: {choice.text}", same, row.is_chosen and choice.is_chosen)
