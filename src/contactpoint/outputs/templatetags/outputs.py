"""`{{ structured|data_block }}`: what search engines read of an item."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from contactpoint.outputs import structured

register = template.Library()


@register.filter
def data_block(properties: dict[str, Any]) -> SafeString:
    """The properties as JSON for a data block."""
    return structured.data_block(properties)
