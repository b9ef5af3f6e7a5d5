"""Numbers, periods and changes as pages write them where there is little room.

Sentences are told by `contactpoint.figures.telling`; a table has hundreds of numbers, so they are
put in groups of three by the signs of the language instead of by CLDR's patterns.
"""

from datetime import date
from functools import cache, lru_cache
from typing import Final

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_compact_decimal
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from contactpoint.figures import Change, Figure, Period
from contactpoint.figures.changes import Reason
from contactpoint.figures.telling import Teller
from contactpoint.figures.telling.words import LANGUAGES, words
from contactpoint.kit.labels import FALLBACK_LANGUAGE

_SKELETONS: Final = {"A": "y", "Q": "yQQQ", "M": "yMMM", "S": "y"}
_LONG: Final = 1000
NONE: Final = "–"
"""Where there is no figure; never a zero."""


def spoken(language: str) -> str:
    """The language that figures are told in for a reader of another."""
    return language if language in LANGUAGES else FALLBACK_LANGUAGE


@cache
def teller(language: str) -> Teller:
    """Who tells figures in a language."""
    return Teller(spoken(language))


@lru_cache(maxsize=4096)
def period_words(when: Period, language: str) -> str:
    """`Q4 2018`, `T4 2018`, `Dec 2018`."""
    locale = words(spoken(language)).locale
    return str(format_skeleton(_SKELETONS[when.frequency], date(when.year, when.month, 1),
                               locale=locale))  # fmt: skip


def number(value: float | None, language: str) -> str:
    """A count: `151,000`; what is missing is a dash, and a small rate has one decimal."""
    if value is None:
        return NONE
    if not float(value).is_integer():
        return words(spoken(language)).number(value)
    sign = _group_sign(spoken(language))
    return f"{int(value):,}".replace(",", sign)


@lru_cache(maxsize=8192)
def short(value: float | None, language: str) -> str:
    """A count where there is room for a few signs: `950`, `12K`, `1,2M`."""
    if value is None:
        return NONE
    if abs(value) < _LONG:
        return number(value, language)
    locale = words(spoken(language)).locale
    return str(format_compact_decimal(value, locale=locale, fraction_digits=_digits(value)))


def _digits(value: float) -> int:
    """One decimal where it tells much: of 1.2 million, not of 120 thousand."""
    leading = abs(value)
    while leading >= _LONG:
        leading /= _LONG
    return 1 if leading < 10 else 0


def percent(change: Change, language: str) -> str:
    """`+3 %`, `−2 %`, `≈ +3 %` where rounding leaves it open; in a word why none is told where
    there are two figures, and a dash where there aren't."""
    whole = change.percent
    if change.reason == Reason.ROUNDING:
        return "≈"
    if change.reason is not None:
        return _untold(change.reason)
    if whole is None:
        return NONE
    sign = "+" if whole > 0 else "−" if whole < 0 else "±"
    about = "≈\u00a0" if change.is_about else ""
    # As `Words.percent` says it, but for CLDR's patterns, which take long.
    said = words(spoken(language)).say("percent", number=number(abs(whole), language))
    return f"{about}{sign}{said}"


def _untold(reason: Reason) -> str:
    """Why two figures aren't told in per cent of each other, in so few words as a table has room
    for; a dash where one of them is missing."""
    if reason in (Reason.NO_FIGURE, Reason.NO_BASE):
        return NONE
    if reason == Reason.BREAK:
        return pgettext("instead of a percentage", "break")
    if reason == Reason.TOO_SMALL:
        return pgettext("instead of a percentage", "few")
    if reason == Reason.ZERO_BASE:
        return pgettext("instead of a percentage", "from zero")
    return pgettext("instead of a percentage", "not alike")


def share_words(value: float | None, language: str) -> str:
    """A part of a whole in per cent, with one decimal where it is small."""
    if value is None:
        return NONE
    said = words(spoken(language))
    whole = value * 100
    if 0 < whole < 0.05:
        return said.say("percent", number=f"< {said.number(0.1)}")
    return said.say("percent", number=number(round(whole, 1) if whole < 10 else round(whole),
                                             language))  # fmt: skip


def place_at(figure: Figure, language: str) -> str:
    """“EU-28, in the third quarter of 2019”, as a label of a figure."""
    said = words(spoken(language))
    when = said.period("in", figure.period, figure.kind)
    return _("%(place)s, %(period)s") % {"place": said.place(figure.geo), "period": when}


@cache
def _group_sign(language: str) -> str:
    return str(Locale.parse(words(language).said["locale"]).number_symbols["latn"]["group"])
