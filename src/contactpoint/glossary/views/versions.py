"""Versions of the glossary for readers: what changed, and each concept as it stood."""

import datetime
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, get_language_from_request
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from contactpoint.glossary.collation import sort_key
from contactpoint.glossary.languages import name_in
from contactpoint.glossary.leading import concept_in_use
from contactpoint.glossary.models import Concept, FormerSlug, SchemeVersion
from contactpoint.glossary.naming import Named, concept_url
from contactpoint.glossary.snapshots import concepts_in, newest, version_on
from contactpoint.glossary.telling import KINDS, counted, groups, languages
from contactpoint.glossary.views.concept import concept as concept_now
from contactpoint.kit.context import view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link
from contactpoint.vocabulary import Definition, Label, VocabularyConcept

VERSIONS: Final = "glossary/versions/"


@require_safe
def version_list(request: HttpRequest) -> HttpResponse:
    """All versions, the newest first. One query."""
    rows = list(SchemeVersion.objects.defer("diff").order_by("-pk"))
    language = _language()
    context = {
        **view_context(request, _crumb_glossary(language)),
        "versions": [
            {
                "version": row,
                "url": version_url(row.number, language),
                "counts": [] if row is rows[-1] else counted(row.counts),
            }
            for row in rows
        ],
    }
    return render(request, "glossary/version_list.html", context)


@require_safe
def version(request: HttpRequest, number: str) -> HttpResponse:
    """What changed with a version, narrowed by `?show=` a kind and `?language=`.

    The first version changed nothing: it lists its concepts.
    """
    language = _language()
    row = get_object_or_404(SchemeVersion, number=number)
    shown, in_language = request.GET.get("show", ""), request.GET.get("language", "")
    known = languages(row.diff)
    if (shown and shown not in KINDS) or (in_language and in_language not in known):
        raise Http404
    is_first = not row.diff
    told = groups(row.diff, language, kind=shown, field_language=in_language)
    context = {
        **view_context(request, _crumb_glossary(language), _crumb_versions(language)),
        "version": row,
        "is_first": is_first,
        "concepts": _names_in(row, language) if is_first else [],
        "groups": told,
        "kinds": _filters(row.counts, shown, in_language),
        "field_languages": [
            {
                "code": code,
                "name": name_in(code, language),
                "query": _query(shown, code),
                "current": code == in_language,
            }
            for code in known
        ],
        "all_kinds_query": _query("", in_language),
        "all_languages_query": _query(shown, ""),
        "shown": shown,
        "in_language": in_language,
        "previous": _neighbour(row, language, before=True),
        "following": _neighbour(row, language, before=False),
    }
    return render(request, "glossary/version.html", context)


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
        day = _day(request.GET["on"])
        return _as_it_stood(request, slug, version_on(day), day)
    try:
        return concept_now(request, slug)
    except Http404:
        found = concept_in_use(slug)
        if found is None or found.slug == slug:
            raise
        return redirect(concept_url(found.slug, _language()), permanent=True)


@require_safe
@vary_on_headers("Accept-Language")
def identifier_in_version(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """The stable address of a concept in a version leads to its page in the reader's language."""
    row = get_object_or_404(SchemeVersion.objects.defer("diff"), number=number)
    if slug not in concepts_in(row, [slug]):
        raise Http404
    response = redirect(concept_in_version_url(number, slug, get_language_from_request(request)))
    response.status_code = 303
    return response


def version_url(number: str, language: str) -> str:
    """The page of a version."""
    return f"/{language}/{VERSIONS}{number}/"


def concept_in_version_url(number: str, slug: str, language: str) -> str:
    """The page of a concept as it stood."""
    return f"/{language}/{VERSIONS}{number}/{slug}/"


def _as_it_stood(
    request: HttpRequest, slug: str, row: SchemeVersion | None, day: datetime.date | None
) -> HttpResponse:
    """Four queries: the version, the concept, its neighbours, where it is now."""
    language = _language()
    found, name = _found(row, slug) if row else (None, slug)
    now = concept_in_use(slug)
    crumbs = [_crumb_glossary(language)]
    if row is not None and day is None:
        crumbs += [_crumb_versions(language), Link(row.number, version_url(row.number, language))]
    if found is None and (now is None or day is None):
        raise Http404
    latest = newest()
    context: dict[str, Any] = {
        **view_context(request, *crumbs),
        "version": row,
        "version_url": version_url(row.number, language) if row else "",
        "day": day,
        "is_newest": row is not None and latest is not None and row.pk == latest.pk,
        "now_url": concept_url(now.slug, language) if now else "",
        "label": found.label(language) if found else now.label if now else slug,
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
        return _named((beside[slug] for slug in slugs if slug in beside), row, language)

    return {
        "definitions": _definitions(found, language),
        "labels": _labels(found, language),
        "broader": named(found.broader),
        "narrower": named(found.narrower),
        "related": named(found.related),
        "successor": next(iter(named((found.replaced_by,))), None),
        "notes": [note for note in found.notes if note.kind in {"note", "scope", "example"}],
        "exact_matches": found.exact_matches,
        "close_matches": found.close_matches,
    }


def _definitions(found: VocabularyConcept, language: str) -> list[Definition]:
    """Those in the reader's language, else in English, else in any."""
    by_language: dict[str, list[Definition]] = {}
    for definition in found.definitions:
        by_language.setdefault(definition.language, []).append(definition)
    for code in (language, FALLBACK_LANGUAGE, *by_language):
        if code in by_language:
            return by_language[code]
    return []


def _labels(found: VocabularyConcept, language: str) -> list[dict[str, Any]]:
    by_language: dict[str, dict[str, list[Label]]] = {}
    for label in found.labels:
        if label.kind != "hidden":
            by_language.setdefault(label.language, {}).setdefault(label.kind, []).append(label)
    lines = [
        {
            "language": code,
            "name": name_in(code, language),
            "preferred": kinds.get("preferred", []),
            "alternatives": [label.text for label in kinds.get("alternative", [])],
        }
        for code, kinds in by_language.items()
    ]
    return sorted(lines, key=lambda line: sort_key(line["name"], language))


def _names_in(row: SchemeVersion, language: str) -> list[Named]:
    concepts = concepts_in(row).values()
    return _named((one for one in concepts if one.status != "deprecated"), row, language)


def _named(concepts: Iterable[VocabularyConcept], row: SchemeVersion, language: str) -> list[Named]:
    names = [
        Named(one.id, one.label(language), concept_in_version_url(row.number, one.id, language))
        for one in concepts
    ]
    return sorted(names, key=lambda one: sort_key(one.label, language))


def _filters(counts: dict[str, int], shown: str, in_language: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "count": count,
            "query": _query(kind, in_language),
            "current": kind == shown,
        }
        for kind, name, count in counted(counts)
    ]


def _query(kind: str, language: str) -> str:
    parts = {"show": kind, "language": language}
    return "?" + urlencode({key: value for key, value in parts.items() if value})


def _neighbour(row: SchemeVersion, language: str, *, before: bool) -> Link | None:
    rows = SchemeVersion.objects.only("number")
    if before:
        near = rows.filter(pk__lt=row.pk).order_by("-pk").first()
    else:
        near = rows.filter(pk__gt=row.pk).order_by("pk").first()
    return Link(near.number, version_url(near.number, language)) if near else None


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


def _crumb_glossary(language: str) -> Link:
    return Link(_("Glossary"), f"/{language}/glossary/")


def _crumb_versions(language: str) -> Link:
    return Link(_("Versions"), f"/{language}/{VERSIONS}")


def _language() -> str:
    return get_language() or FALLBACK_LANGUAGE
