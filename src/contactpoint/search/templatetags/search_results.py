"""Small pieces of the search page that stand in it hundreds of times: made by functions, as a
template for each would take half of the page's time."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from contactpoint.search.asking.results import Piece
from contactpoint.search.showing.choices import Option

register = template.Library()


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """A sentence in which the words that answer are marked."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece.text) if piece.marked else piece.text,)
            for piece in pieces
        ),
    )


@register.simple_tag
def facet_options(options: Iterable[Option]) -> SafeString:
    """The choices of a facet as list items, each with the way to leave out what has it."""
    words_not, words_remove = _("not"), _("Remove:")
    return format_html_join(
        "", "{}", ((_option(option, words_not, words_remove),) for option in options)
    )


def _option(option: Option, words_not: str, words_remove: str) -> SafeString:
    label, count = option.label, option.count
    if not option.mode:
        return format_html(
            '<li class="facet-option{}"><a id="{}" href="{}" rel="nofollow">'
            '<span class="label">{}</span> <span class="count">{}</span></a>'
            '<a class="facet-not" id="{}-not" href="{}" rel="nofollow">{}'
            '<span class="visually-hidden"> {}</span></a></li>',
            " inner" if option.inner else "",
            option.id,
            option.url,
            label,
            count,
            option.id,
            option.not_url,
            words_not,
            label,
        )
    if option.mode == "none":
        name = format_html(
            '<span class="facet-not-word">{}</span> <del>{}</del></span>', words_not, label
        )
    else:
        name = format_html('{}</span> <span class="count">{}</span>', label, count)
    return format_html(
        '<li class="facet-option{}" data-mode="{}"><a id="{}" href="{}" rel="nofollow" '
        'aria-current="true"><span class="label">'
        '<span class="visually-hidden">{} </span>{}</a></li>',
        " inner" if option.inner else "",
        option.mode,
        option.id,
        option.url,
        words_remove,
        name,
    )
