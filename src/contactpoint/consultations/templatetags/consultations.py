"""`{{ structured|data_block }}`: what search engines read of public results. `{{ round|state }}`
and `{{ round|wave }}`: how it stands, and what it is called beside others."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from contactpoint.consultations.models import Round
from contactpoint.consultations.standing_words import state_words
from contactpoint.consultations.waves import wave_name
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
