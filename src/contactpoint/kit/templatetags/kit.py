"""What templates need that Django does not give: the sheet, days in words, directions, a QR."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Protocol

import segno
from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from contactpoint.kit import days, pictures, stylesheets
from contactpoint.kit.covers import cover as draw_cover
from contactpoint.kit.datablock import data_block
from contactpoint.kit.feeds import in_form
from contactpoint.kit.labels import FALLBACK_LANGUAGE, quoted
from contactpoint.kit.locating import Link
from contactpoint.kit.pictures import Look
from contactpoint.kit.structured import breadcrumbs, website

register = template.Library()

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "ur", "yi"})
COMMAS = dict.fromkeys(("ar", "fa", "ps", "ur"), "، ") | dict.fromkeys(("am", "ti"), "፣ ")


@register.simple_tag
def stylesheet_url() -> str:
    """The address of the joined style sheet."""
    return stylesheets.url()


@register.simple_tag
def look_of(image: Any, shape: str) -> Look | None:
    """A photograph as a page shows it; `{% look_of value.picture "text" as look %}`."""
    return pictures.look_of(image, shape)


@register.filter
def alternative(image: Any) -> str:
    """The words in place of a picture, as the place where it stands has them."""
    if getattr(image, "decorative", False):
        return ""
    return str(getattr(image, "contextual_alt_text", "") or image.default_alt_text)


@register.simple_tag
def structured_crumbs(crumbs: Sequence[Link]) -> SafeString:
    """Where a page stands, for search engines; `{% structured_crumbs crumbs %}`."""
    return data_block(breadcrumbs(crumbs or (), get_language() or FALLBACK_LANGUAGE))


@register.simple_tag
def structured_site() -> SafeString:
    """The site and how it is searched, for search engines."""
    return data_block(website(get_language() or FALLBACK_LANGUAGE))


class Choice(Protocol):
    """What can be chosen in a filter; its address adds it, or takes it away where it is chosen."""

    label: str
    count: int
    url: str
    selected: bool
    inner: bool


@register.simple_tag
def filter_choices(choices: Iterable[Choice]) -> SafeString:
    """The rows of a filter. A list has a hundred, and a loop of a template over them takes a third
    of the time of the whole page."""
    removes = format_html('<span class="visually-hidden">{} </span>', gettext("Remove:"))
    made = []
    for choice in choices:
        inner = ' class="inner"' if choice.inner else ""
        current, word = (' aria-current="true"', removes) if choice.selected else ("", "")
        made.append(
            f'<li{inner}><a href="{conditional_escape(choice.url)}" rel="nofollow"{current}>'
            f'<span class="label">{word}{conditional_escape(choice.label)}</span>'
            f'<span class="count">{choice.count}</span></a></li>\n      '
        )
    return mark_safe("".join(made))  # noqa: S308 — each part is escaped above


@register.filter
def feed_in(feed_url: str, ending: str) -> str:
    """The address of an Atom feed in another format."""
    return in_form(feed_url, ending)


@register.filter
def filters_of_feed(feed_url: str) -> str:
    """The filters of a list as they stand in its feed's address, for other addresses of the list:
    those that are known, with the question mark; empty where there are none."""
    _path, mark, filters = feed_url.partition("?")
    return mark + filters


@register.simple_tag(takes_context=True)
def lang_of(context: dict[str, Any], path: str) -> str:
    """The attribute `lang` for the words at a path of the page, where all around them is in another
    language: the page is read around one that it lacks, or nobody has translated them."""
    spoken = _spoken(context, path)
    return format_html(' lang="{}"', spoken) if spoken else ""


@register.simple_tag(takes_context=True)
def worded(context: dict[str, Any], text: str, path: str, words: str) -> str:
    """A text of ours with the words at a path of the page in it, which are marked the same way."""
    spoken = _spoken(context, path) if words else ""
    before, found, after = text.partition(words) if spoken else (text, "", "")
    if not found:
        return conditional_escape(text)
    return format_html('{}<span lang="{}">{}</span>{}', before, spoken, found, after)


def _spoken(context: dict[str, Any], path: str) -> str:
    standing = context.get("standing") or {}
    borrowed = standing.get("language", "") if path in standing.get("foreign", ()) else ""
    return str(context.get("content_language") or borrowed) if path else ""


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


@register.filter(name="quoted")
def quoted_filter(words: str) -> str:
    """Words in the quotation marks of the reader's language."""
    return quoted(words)


@register.filter
def day(value: date | datetime | None) -> str:
    """A day in words: "17 March 2021", "17. März 2021", "1er mars 2021"."""
    return days.in_words(_local(value)) if value else ""


@register.simple_tag
def today() -> str:
    """This day in words."""
    return days.in_words(timezone.localdate())


@register.filter
def short_day(value: date | datetime | None) -> str:
    """A day in few letters: "17 Mar 2021", "17 mrt 2021"."""
    return days.short(_local(value)) if value else ""


@register.filter
def short_moment(value: datetime | None) -> str:
    """A day in few letters, and the clock of the site: "17 Mar 2021, 14:05"."""
    return days.short_moment(value) if value else ""


@register.filter
def short_month(value: date | datetime | None) -> str:
    """A month in few letters: "Mar 2021", "mrt 2021"."""
    return days.short(_local(value), "yMMM") if value else ""


@register.filter
def direction(language: str) -> str:
    """`rtl` or `ltr`, for a `dir` attribute beside a `lang` attribute."""
    return "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"


@register.filter
def comma(language: str) -> str:
    """What parts the words of a list in this language, with the space behind it."""
    return COMMAS.get(language.split("-", maxsplit=1)[0], ", ")


def _local(value: date | datetime) -> date:
    """The day by the clock of the site."""
    if not isinstance(value, datetime):
        return value
    return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
