"""What the templates of guidance need: words with values, pictograms, marked words."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from contactpoint.guidance import marking
from contactpoint.guidance.languages import own_name
from contactpoint.guidance.pictograms import picture

register = template.Library()
register.filter("inline", marking.inline)
register.filter("paragraphs", marking.paragraphs)
register.filter("own_name", own_name)


@register.simple_tag(takes_context=True)
def say(context: template.Context, key: str, *parts: str, **values: Any) -> SafeString:
    """Interface words by key, with values set apart; `parts` are joined to the key by `_`."""
    whole: SafeString = context["words"].html("_".join((key, *map(str, parts))), **values)
    return whole


@register.simple_tag
def pictogram(name: str, css: str = "pictogram") -> SafeString:
    """A pictogram; words have to stand beside it."""
    return picture(name, css=css)
