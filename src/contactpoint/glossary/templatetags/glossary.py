"""What templates of upper floors take from the glossary."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from contactpoint.glossary.marking import mark_terms
from contactpoint.kit.labels import FALLBACK_LANGUAGE

register = template.Library()


@register.simple_block_tag
def explain_terms(content: str, switch: bool = True) -> SafeString:
    """`{% explain_terms page.explains_terms %}…{% endexplain_terms %}`: first mentions as links."""
    html = mark_terms(content, get_language() or FALLBACK_LANGUAGE) if switch else content
    return mark_safe(html)  # noqa: S308 -- the template has escaped it; marks add fixed names only
