"""`{{ structured|data_block }}`: what search engines read of public results. `{{ round|state }}`
and `{{ round|wave }}`: how it stands, and what it is called beside others. `{% spoken title %}`:
says of a text in another language than the page's in which it is.
"""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from contactpoint.consultations.models import Round
from contactpoint.consultations.questions import Said
from contactpoint.consultations.standing_words import state_words
from contactpoint.consultations.waves import wave_name
from contactpoint.kit.context import language_name
from contactpoint.kit.datablock import data_block as escaped

register = template.Library()


@register.filter
def data_block(properties: dict[str, Any]) -> SafeString:
    """The properties as JSON for a data block."""
    return escaped(properties)


@register.filter
def state(round: Round) -> str:
    """“Open”, “Ending”, “Closed”."""
    return state_words(round)


@register.filter
def wave(round: Round) -> str:
    """“spring 2019”."""
    return wave_name(round)


@register.simple_tag
def spoken(text: Said) -> SafeString:
    """A quiet note beside the text, in the page's language; nothing where they are one."""
    active = get_language() or ""
    if not text.text or text.language == active:
        return mark_safe("")
    return format_html(
        ' <small class="spoken" lang="{}">{}</small>', active, language_name(text.language)
    )
