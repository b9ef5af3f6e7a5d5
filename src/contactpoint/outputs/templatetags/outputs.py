"""`{{ structured|data_block }}`: what search engines read of an item."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from contactpoint.kit.datablock import data_block as escaped

register = template.Library()


@register.filter
def in_language(properties: dict[str, Any], language: str) -> dict[str, Any]:
    """The same of a page of which nothing is translated yet, so that it says another language."""
    changed = {"inLanguage": language} if "inLanguage" in properties else {}
    return properties | changed


@register.filter
def data_block(properties: dict[str, Any]) -> SafeString:
    """The properties as JSON for a data block."""
    return escaped(properties)
