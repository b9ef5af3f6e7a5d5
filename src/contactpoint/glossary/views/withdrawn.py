"""The page of a concept that was withdrawn and has no successor: gone, and where it can be read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contactpoint.glossary.models import Concept, SchemeVersion
from contactpoint.glossary.snapshots import Stand, stands
from contactpoint.kit.context import view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE, pick
from contactpoint.kit.locating import Link


def withdrawn(request: HttpRequest, row: Concept) -> HttpResponse:
    """Says with which version it went, and leads to the last that had it; the status is 410."""
    language = get_language() or FALLBACK_LANGUAGE
    gone, stood = _went(stands(row))
    last: SchemeVersion | None = None
    if gone and stood:
        earlier = SchemeVersion.objects.defer("diff").filter(pk__lt=gone.version.pk)
        last = earlier.order_by("-pk").first()
    context = {
        **view_context(request, Link(_("Glossary"), f"/{language}/glossary/")),
        "label": pick(row.labels, language) or row.slug,
        "gone": gone.version if gone else None,
        "last": last,
        "last_url": (
            f"/{language}/glossary/versions/{last.number}/{stood.slug}/" if last and stood else ""
        ),
    }
    return render(request, "glossary/concept_withdrawn.html", context, status=410)


def _went(known: list[Stand]) -> tuple[Stand | None, Stand | None]:
    """The stand with which a concept was withdrawn for the last time, and the one before it."""
    gone = None
    for stand in known:
        if stand.concept is not None and stand.concept.status != "deprecated":
            return gone, stand
        gone = stand
    return gone, None
