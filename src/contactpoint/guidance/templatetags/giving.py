"""What a page of guidance needs to be given away: its code, its messages, itself on paper."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from contactpoint.guidance.everywhere.sharing import Gift, gift
from contactpoint.guidance.outline import Entry
from contactpoint.guidance.pages.guide import Part
from contactpoint.guidance.wording import Wording

register = template.Library()


@register.simple_tag(takes_context=True)
def gift_of(context: template.Context, entry: Entry, title: str) -> Gift:
    """The page as something to give; `{% gift_of entry text.title as given %}`."""
    return gift(context["at"], entry.theme, entry.code, title)


@register.simple_tag
def side(part: Part, words: Wording) -> SafeString:
    """A block in the words of one side of a sheet; without its id, since both sides have it."""
    html = render_to_string("guidance/part.html", {"part": part, "words": words})
    return mark_safe(html.replace(f' id="{part.block.id}"', "", 1))  # noqa: S308 — a template made it
