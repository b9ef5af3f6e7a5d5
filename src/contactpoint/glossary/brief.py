"""A concept in brief, as the popover of a marked term shows it.

The answer is data, not markup: Trusted Types let no script of ours turn text into elements.
"""

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.glossary.models import Concept
from contactpoint.glossary.naming import concept_url
from contactpoint.glossary.sources import in_language
from contactpoint.kit.labels import FALLBACK_LANGUAGE, pick
from contactpoint.kit.templatetags.kit import direction

MINUTES = 5


@require_safe
def brief(request: HttpRequest, slug: str) -> JsonResponse:
    """Label, definition and address; the same for everybody, so any cache may keep it."""
    language = get_language() or FALLBACK_LANGUAGE
    row = Concept.objects.select_related("successor").filter(slug=slug).first()
    if row is not None and row.status == Concept.Status.DEPRECATED:
        row = row.successor
    if row is None:
        raise Http404
    spoken = next(
        (
            code
            for code in dict.fromkeys((language, FALLBACK_LANGUAGE, *row.definitions))
            if (row.definitions.get(code) or {}).get("text")
        ),
        language,
    )
    entry = row.definitions.get(spoken) or {}
    source = in_language(entry.get("source", ""), language)
    answer = JsonResponse(
        {
            "label": pick(row.labels, language) or row.slug,
            "url": concept_url(row.slug, language),
            "definition": entry.get("text") or _("There is no definition yet."),
            "source": source.text,
            "source_language": source.language,
            "language": spoken,
            "direction": direction(spoken),
            "more": _("More on this term"),
        }
    )
    patch_cache_control(answer, public=True, max_age=MINUTES * 60)
    answer["X-Robots-Tag"] = "noindex"
    return answer
