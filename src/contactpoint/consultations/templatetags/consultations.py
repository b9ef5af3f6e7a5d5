"""`{{ structured|data_block }}`: what search engines read of public results."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from contactpoint.kit.datablock import data_block as escaped

register = template.Library()


@register.filter
def data_block(properties: dict[str, Any]) -> SafeString:
    """The properties as JSON for a data block."""
    return escaped(properties)
