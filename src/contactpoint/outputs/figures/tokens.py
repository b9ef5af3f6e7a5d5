"""References to figures inside running text: `[[pending BE 2018-Q4 change known 2019-07-01]]`.

An indicator, a place, a period; then, where wanted, `change` or `year` for how it has changed, and
a day by which it was known. What stands in double brackets and is none is an error that names the
place and the mend.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from html import unescape
from typing import Final, Literal

from django.utils.translation import gettext as _

from contactpoint.figures import FiguresError, Period
from contactpoint.figures import period as read_period
from contactpoint.figures.places import place
from contactpoint.figures.telling.words import words
from contactpoint.statistics.answering import Asked
from contactpoint.statistics.choice import ChoiceError, read_day
from contactpoint.statistics.configured import shown

Form = Literal["number", "change", "year"]
TOKEN: Final = re.compile(r"\[\[([^\[\]<>]{1,200})\]\]")
_OPEN: Final = re.compile(r"\[\[.{0,40}", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")
_KNOWN: Final = "known"
_PARTS: Final = 3


class TokenError(ValueError):
    """What stands in brackets is no reference; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a token asks for, and in which form it is told."""

    asked: Asked
    form: Form = "number"

    def __str__(self) -> str:
        one = self.asked
        parts = [one.name, one.geo, one.period.code]
        parts += [self.form] if self.form != "number" else []
        parts += [_KNOWN, one.known.isoformat()] if one.known else []
        return f"[[{' '.join(parts)}]]"


def read(text: str) -> Reference:
    """The reference that stands between the brackets. Raises `TokenError`."""
    parts = unescape(text).replace("\u00a0", " ").split()
    if len(parts) < _PARTS:
        raise TokenError(
            _("Write an indicator, a place and a period, such as %(example)s.")
            % {"example": "[[first-time-applicants BE 2018-Q4]]"}
        )
    name, geo, when, *rest = parts
    asked = Asked(read_name(name), read_place(geo), read_when(name.lower(), when))
    form: Form = "number"
    if rest and rest[0].lower() in ("change", "year"):
        form = "change" if rest.pop(0).lower() == "change" else "year"
    if rest and (len(rest) != 2 or rest[0].lower() != _KNOWN):
        raise TokenError(
            _(
                "“%(rest)s” is not understood. After the period may stand change or year, and "
                "known with a day: known 2019-07-01."
            )
            % {"rest": " ".join(rest)}
        )
    known = _read_day(rest[1]) if rest else None
    return Reference(Asked(asked.name, asked.geo, asked.period, known), form)


def read_name(text: str) -> str:
    """An indicator. Raises `TokenError`."""
    name = text.lower()
    if name in shown():
        return name
    near = get_close_matches(name, shown(), 1)
    if near:
        raise TokenError(
            _("“%(name)s” is no indicator. Do you mean %(near)s?") % {"name": text, "near": near[0]}
        )
    raise TokenError(
        _("“%(name)s” is no indicator. There are: %(names)s.")
        % {"name": text, "names": ", ".join(shown())}
    )


def read_place(text: str) -> str:
    """A country or a group of countries, as Eurostat writes it. Raises `TokenError`."""
    code = place(text.upper())
    if words("en").has_place(code):
        return code
    raise TokenError(
        _("“%(place)s” is no place. Write its code, such as BE, EL or EU.") % {"place": text}
    )


def read_when(name: str, text: str) -> Period:
    """A period for which an indicator is counted. Raises `TokenError`."""
    try:
        when = read_period(text)
    except FiguresError:
        raise TokenError(
            _("“%(period)s” is no period. Write 2018, 2018-Q4 or 2018-12.") % {"period": text}
        ) from None
    row = shown()[name]
    if row.counted(when) is None:
        examples = [Period(when.year, 1, frequency).code for frequency in row.by]
        raise TokenError(
            _("%(name)s isn't counted for %(period)s. Ask for one such as %(examples)s.")
            % {"name": name, "period": when.code, "examples": ", ".join(examples)}
        )
    return when


def _read_day(text: str) -> date:
    try:
        return read_day(text)
    except ChoiceError as error:
        raise TokenError(str(error)) from None


def references(html: str) -> Iterator[Reference]:
    """The references of a text, in their order; what is none is left out."""
    for match in TOKEN.finditer(html):
        found = reference(match[1])
        if found is not None:
            yield found


def reference(text: str) -> Reference | None:
    """The reference, or none."""
    try:
        return read(text)
    except TokenError:
        return None


def problems(html: str) -> list[str]:
    """What is wrong with the references of a rich text, each with its place and the mend."""
    found = []
    rest = html
    for match in TOKEN.finditer(html):
        rest = rest.replace(match[0], "", 1)
        try:
            read(match[1])
        except TokenError as error:
            found.append(f"{match[0]}: {error}")
        if _is_in_link(html[: match.start()]):
            found.append(
                _("%(token)s: this stands in a link, and a figure is one itself. Take one away.")
                % {"token": match[0]}
            )
    for match in _OPEN.finditer(rest):
        begins = _TAG.sub("", match[0]).strip()
        found.append(
            _(
                "“%(begins)s”: double brackets begin a figure, but it doesn't end or has marks in "
                "it. Write it in one piece, such as %(example)s."
            )
            % {"begins": begins, "example": "[[first-time-applicants BE 2018-Q4]]"}
        )
    return found


def without(text: str) -> str:
    """A text without its references."""
    return TOKEN.sub(" ", text)


def _is_in_link(before: str) -> bool:
    return before.rfind("<a ") > before.rfind("</a>")
