"""A concept as it stood: in a version, and on a day."""

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, get_language_from_request
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from contactpoint.glossary.describing import definitions, label_lines, notes, other_names
from contactpoint.glossary.leading import concept_in_use, is_former_name
from contactpoint.glossary.models import Concept, FormerSlug, SchemeVersion
from contactpoint.glossary.naming import Named, concept_in_version_url, concept_url, version_url
from contactpoint.glossary.snapshots import concepts_in, newest, version_on
from contactpoint.glossary.views.concept import concept as concept_now
from contactpoint.glossary.views.concept import lead_on
from contactpoint.glossary.views.data import open_data
from contactpoint.glossary.views.versions import crumb_glossary, crumb_versions, names_in
from contactpoint.kit.context import view_context
from contactpoint.kit.days import in_words
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link
from contactpoint.vocabulary import VocabularyConcept


@require_safe
def concept_in_version(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    """A concept as it stood in a version."""
    row = get_object_or_404(SchemeVersion.objects.defer("diff"), number=number)
    return _as_it_stood(request, slug, row, None)


@require_safe
def concept(request: HttpRequest, slug: str) -> HttpResponse:
    """A concept as it is; with `?on=2026-01-31` or `?version=0.1` as it stood.

    A concept that has another name now, or was replaced, leads on.
    """
    if "version" in request.GET:
        number = request.GET["version"]
        if not SchemeVersion.objects.filter(number=number).exists():
            raise Http404
        return redirect(concept_in_version_url(number, slug, _language()))
    if "on" in request.GET:
        day, refusal = _day(request.GET["on"])
        if day is None:
            return _refused(request, slug, refusal)
        return _as_it_stood(request, slug, version_on(day), day)
    try:
        return concept_now(request, slug)
    except Http404:
        found = concept_in_use(slug)
        if found is None or found.slug == slug:
            raise
        return lead_on(found, _language(), for_good=is_former_name(slug, found))


@open_data("GET", "HEAD")
@vary_on_headers("Accept-Language")
def identifier_in_version(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """The stable address of a concept in a version leads to its page in the reader's language."""
    row = get_object_or_404(SchemeVersion.objects.defer("diff"), number=number)
    if slug not in concepts_in(row, [slug]):
        raise Http404
    response = redirect(concept_in_version_url(number, slug, get_language_from_request(request)))
    response.status_code = 303
    return response


def _as_it_stood(
    request: HttpRequest, slug: str, row: SchemeVersion | None, day: datetime.date | None
) -> HttpResponse:
    """Four queries: the version, the concept, its neighbours, where it is now."""
    language = _language()
    found, name = _found(row, slug) if row else (None, slug)
    now = concept_in_use(slug)
    crumbs = [crumb_glossary(language)]
    if row is not None and day is None:
        crumbs += [crumb_versions(language), Link(row.number, version_url(row.number, language))]
    if found is None and (now is None or day is None):
        raise Http404
    latest = newest()
    context: dict[str, Any] = {
        **view_context(request, *crumbs),
        "version": row,
        "version_url": version_url(row.number, language) if row else "",
        "day": day,
        "reader": language,
        "is_newest": row is not None and latest is not None and row.pk == latest.pk,
        "now_url": concept_url(now.slug, language) if now else "",
        "label": found.label(language) if found else now.label if now else slug,
        "label_language": _spoken(found, language) if found else language,
        "concept": found,
    }
    if found is not None and row is not None:
        context |= _shown(found, row, language)
        context["canonical_url"] = request.build_absolute_uri(
            concept_in_version_url(row.number, name, language)
        )
    return render(request, "glossary/concept_version.html", context, status=200 if found else 404)


def _found(row: SchemeVersion, slug: str) -> tuple[VocabularyConcept | None, str]:
    """The concept by the name that it had then, given any that it ever had."""
    found = concepts_in(row, [slug]).get(slug)
    if found is not None:
        return found, slug
    concept = Concept.objects.filter(slug=slug).first()
    if concept is None:
        former = FormerSlug.objects.filter(slug=slug).select_related("concept").first()
        concept = former.concept if former else None
    if concept is None:
        return None, slug
    names = {concept.slug, *concept.former_slugs.values_list("slug", flat=True)}
    then = concepts_in(row, names)
    return next(((one, name) for name, one in then.items()), (None, slug))


def _shown(found: VocabularyConcept, row: SchemeVersion, language: str) -> dict[str, Any]:
    mentioned = {*found.broader, *found.narrower, *found.related, found.replaced_by} - {""}
    beside = concepts_in(row, mentioned) if mentioned else {}

    def named(slugs: tuple[str, ...]) -> list[Named]:
        return names_in((beside[slug] for slug in slugs if slug in beside), row, language)

    labels, meanings = label_lines(found, language), definitions(found.definitions, language)
    return {
        "definition": meanings[0] if meanings else None,
        "other_definitions": meanings[1:],
        "labels": labels,
        "also": other_names(labels, _spoken(found, language)),
        "broader": named(found.broader),
        "narrower": named(found.narrower),
        "related": named(found.related),
        "successor": next(iter(named((found.replaced_by,))), None),
        "notes": notes(found, language),
        "exact_matches": found.exact_matches,
        "close_matches": found.close_matches,
    }


def _spoken(found: VocabularyConcept, language: str) -> str:
    """The language of the name that heads the page."""
    named = [label.language for label in found.labels if label.kind == "preferred"]
    order = (language, FALLBACK_LANGUAGE, *named)
    return next((code for code in order if code in named), language)


def _day(text: str) -> tuple[datetime.date | None, str]:
    """The day that was asked for, or why there is no answer for it."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None, _("This is not a date. Write it as year, month and day: 2026-01-31.")
    if day > timezone.localdate():
        said = _("%(day)s is yet to come: nobody knows how the term will stand then.")
        return None, said % {"day": in_words(day)}
    return day, ""


def _refused(request: HttpRequest, slug: str, refusal: str) -> HttpResponse:
    """Why no day can be shown, how the term stands today, and the form again."""
    language = _language()
    found = concept_in_use(slug)
    if found is None:
        raise Http404
    context = {
        **view_context(request, crumb_glossary(language)),
        "label": found.label,
        "concept": found,
        "refusal": refusal,
        "now_url": concept_url(found.slug, language),
        "today": timezone.localdate(),
    }
    return render(request, "glossary/concept_day.html", context, status=400)


def _language() -> str:
    return get_language() or FALLBACK_LANGUAGE
