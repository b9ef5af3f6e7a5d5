"""The page of a concept, with everything that the glossary knows of it."""

from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.glossary import tree
from contactpoint.glossary.describing import (
    definitions,
    label_lines,
    missing_languages,
    notes,
    other_names,
)
from contactpoint.glossary.leading import in_use
from contactpoint.glossary.lexicon import lexicon
from contactpoint.glossary.models import Concept, Theme
from contactpoint.glossary.naming import concept_url, label_in, named_theme, with_narrower
from contactpoint.glossary.views.withdrawn import withdrawn
from contactpoint.kit.appearances import Subject, appearances
from contactpoint.kit.context import view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link

DATA_FORMATS: Final = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
}
"""What machines may read instead, by the ending of the address."""

SECONDS_MERGED: Final = 300


@require_safe
def concept(request: HttpRequest, slug: str) -> HttpResponse:
    """A concept: names, definitions, notes, its place, and all that is about it.

    A concept that was replaced leads to its successor; one that is merely withdrawn is gone.
    """
    language = get_language() or FALLBACK_LANGUAGE
    row = get_object_or_404(Concept.objects.select_related("successor"), slug=slug)
    if row.status == Concept.Status.DEPRECATED:
        successor = in_use(row)
        if successor is None:
            return withdrawn(request, row)
        return lead_on(successor, language)
    words = lexicon()
    known = words.concepts.get(slug)
    if known is None:  # withdrawn a moment ago, in another process
        raise Http404
    term = words.term(slug, language)
    labels = label_lines(known, language)
    meanings = definitions(known.definitions, language)
    pks = sorted(with_narrower({row.pk}))
    context = {
        **view_context(request, Link(_("Glossary"), f"/{language}/glossary/")),
        "concept": row,
        "label": term.label,
        "label_language": term.language,
        "reader": language,
        "is_proposed": known.status == "proposed",
        "also": other_names(labels, term.language),
        "labels": labels,
        "missing": missing_languages(words.preferred(slug), language),
        "definition": meanings[0] if meanings else None,
        "other_definitions": meanings[1:],
        "notes": notes(known, language),
        "steps": tree.branch(words, slug, language),
        "broader": words.sorted_terms(known.broader, language),
        "narrower": words.sorted_terms(known.narrower, language),
        "related": words.sorted_terms(known.related, language),
        "exact_matches": list(known.exact_matches),
        "close_matches": list(known.close_matches),
        "notation": known.notation,
        "themes": _themes(row, language),
        "predecessors": [one.label for one in row.predecessors.all()],
        "appearances": appearances(request, Subject("concept", slug, pks, language)),
        "feed_url": f"{term.url}feed.atom",
        "identifier": f"{settings.BASE_URL}/id/concept/{slug}",
        "scheme_identifier": f"{settings.BASE_URL}/id/scheme/glossary",
        "data_formats": [
            {"url": f"/id/concept/{slug}.{ending}", "media_type": media_type}
            for ending, media_type in DATA_FORMATS.items()
        ],
        "hierarchy_url": f"/{language}/glossary/hierarchy/?at={slug}#{tree.HERE}",
    }
    return render(request, "glossary/concept.html", context)


def lead_on(found: Concept, language: str, *, for_good: bool = False) -> HttpResponse:
    """To the page of the concept that is meant; as a merger may be undone, not for long."""
    response = redirect(concept_url(found.slug, language), permanent=for_good)
    if not for_good:
        patch_cache_control(response, public=True, max_age=SECONDS_MERGED)
    return response


def _themes(row: Concept, language: str) -> list[Any]:
    rows = Theme.objects.filter(concepts=row.pk).annotate(label_text=label_in(language))
    return [
        named_theme(slug, label, language, hue)
        for slug, label, hue in rows.values_list("slug", "label_text", "hue")
    ]
