"""A concept in brief, as the popover of a marked term shows it.

The answer is data, not markup: Trusted Types let no script of ours turn text into elements.
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.glossary.models import Concept
from contactpoint.glossary.naming import concept_url
from contactpoint.glossary.sources import Said, in_language
from contactpoint.kit.labels import FALLBACK_LANGUAGE, picked
from contactpoint.kit.templatetags.kit import direction

MINUTES = 5


@dataclass(frozen=True, slots=True)
class Brief:
    """A concept in a few lines; `language` is that of the definition, which may be empty."""

    slug: str
    label: str
    label_language: str
    definition: str
    language: str
    source: Said


def brief_of(slug: str, language: str) -> Brief | None:
    """The concept that goes by `slug`, or what took its place; None if there is none. A query."""
    row = Concept.objects.select_related("successor").filter(slug=slug).first()
    if row is not None and row.status == Concept.Status.DEPRECATED:
        row = row.successor
    if row is None:
        return None
    spoken = next(
        (
            code
            for code in dict.fromkeys((language, FALLBACK_LANGUAGE, *row.definitions))
            if (row.definitions.get(code) or {}).get("text")
        ),
        language,
    )
    entry = row.definitions.get(spoken) or {}
    label, label_language = picked(row.labels, language)
    return Brief(
        row.slug,
        label or row.slug,
        label_language,
        entry.get("text") or "",
        spoken,
        in_language(entry.get("source", ""), language),
    )


@require_safe
def brief(request: HttpRequest, slug: str) -> JsonResponse:
    """Label, definition and address; the same for everybody, so any cache may keep it."""
    language = get_language() or FALLBACK_LANGUAGE
    known = brief_of(slug, language)
    if known is None:
        raise Http404
    answer = JsonResponse(
        {
            "label": known.label,
            "url": concept_url(known.slug, language),
            "definition": known.definition or _("There is no definition yet."),
            "source": known.source.text,
            "source_language": known.source.language,
            "language": known.language,
            "direction": direction(known.language),
            "more": _("More on this term"),
        }
    )
    patch_cache_control(answer, public=True, max_age=MINUTES * 60)
    answer["X-Robots-Tag"] = "noindex"
    return answer
