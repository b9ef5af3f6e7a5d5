"""`{% looked_for query %}`: the button “I looked for this”, on a page that found nothing."""

from typing import Any

from django import template
from django.utils.translation import get_language

from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.search.looked_for.offering import offer

register = template.Library()


@register.inclusion_tag("search/components/looked_for.html")
def looked_for(query: str) -> dict[str, Any]:
    """Nothing where the question has no word; a sentence instead of the button where it can't be
    sent on."""
    language = get_language() or FALLBACK_LANGUAGE
    return {"offer": offer(query, language), "LANGUAGE_CODE": language}
