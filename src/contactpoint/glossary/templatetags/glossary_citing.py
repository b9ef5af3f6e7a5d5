"""The citation of a concept and its data, for its page."""

from typing import Any

from django import template

from contactpoint.glossary.citing import cite
from contactpoint.glossary.models import Concept
from contactpoint.glossary.views.data import SUFFIXES
from contactpoint.vocabulary.formats import FORMATS, RdfFormat

register = template.Library()


@register.inclusion_tag("glossary/includes/citation.html")
def cite_concept(concept: Concept, label: str) -> dict[str, Any]:
    """Address, citation, BibTeX and links to the data in every format. One query."""
    return {
        "citation": cite(concept.slug, label),
        "formats": [
            {
                "title": FORMATS[name].title,
                "url": f"/id/concept/{concept.slug}.{suffix}",
                "media_type": FORMATS[name].media_type,
            }
            for suffix, name in SUFFIXES.items()
            if isinstance(FORMATS[name], RdfFormat)
        ],
        "wholes": [
            {
                "title": FORMATS[name].title,
                "url": f"/id/scheme/glossary.{suffix}",
                "media_type": FORMATS[name].media_type,
            }
            for suffix, name in SUFFIXES.items()
        ],
    }
