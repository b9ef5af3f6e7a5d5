"""What templates need that Django does not give: the sheet, days in words, directions, a QR."""

from datetime import date, datetime
from functools import lru_cache

import segno
from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import get_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from contactpoint.kit import stylesheets
from contactpoint.kit.covers import cover as draw_cover

register = template.Library()

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "ur", "yi"})
_SHORT_DAY = {"de": "j. M Y"}


@register.simple_tag
def stylesheet_url() -> str:
    """The address of the joined style sheet."""
    return stylesheets.url()


@register.simple_tag
def cover(hue: int, *seeds: str) -> SafeString:
    """A generated cover; `{% cover theme.hue theme.slug %}`."""
    return mark_safe(draw_cover(hue or 1, seeds))  # noqa: S308 -- numbers and fixed names only


@register.simple_tag
def page_qr(address: str) -> SafeString:
    """A QR code that leads to the address, as inline SVG for print."""
    return _qr(address)


@lru_cache(maxsize=2048)
def _qr(address: str) -> SafeString:
    # One fixed mask: trying all eight takes three times as long, and cameras read any of them.
    code = segno.make_qr(address, error="l", mask=3)
    drawing = code.svg_inline(border=0, svgclass="page-qr", lineclass=None, omitsize=True)
    hidden = drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    return mark_safe(hidden)  # noqa: S308 -- segno writes numbers only


@register.filter
def day(value: date | datetime | None) -> str:
    """A day in words: "17 March 2021", "17. März 2021"."""
    return _format(value, get_format("DATE_FORMAT"))


@register.filter
def short_day(value: date | datetime | None) -> str:
    """A day in few letters: "17 Mar 2021"."""
    return _format(value, _SHORT_DAY.get(_language(), "j M Y"))


@register.filter
def direction(language: str) -> str:
    """`rtl` or `ltr`, for a `dir` attribute beside a `lang` attribute."""
    return "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"


def _format(value: date | datetime | None, pattern: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return format_date(value, pattern)


def _language() -> str:
    return (get_language() or "en").split("-", maxsplit=1)[0]
