"""Versions of the glossary for readers: their list, and what changed with each."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.glossary.collation import sort_key
from contactpoint.glossary.languages import name_in
from contactpoint.glossary.models import SchemeVersion
from contactpoint.glossary.naming import Named, concept_in_version_url, version_url
from contactpoint.glossary.snapshots import concepts_in
from contactpoint.glossary.telling import KINDS, counted, groups, languages
from contactpoint.kit.context import view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link
from contactpoint.vocabulary import VocabularyConcept


@require_safe
def version_list(request: HttpRequest) -> HttpResponse:
    """All versions, the newest first. One query."""
    rows = list(SchemeVersion.objects.defer("diff").order_by("-pk"))
    language = _language()
    context = {
        **view_context(request, crumb_glossary(language)),
        "feed_url": f"/{language}/glossary/feed.atom",
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
        **view_context(request, crumb_glossary(language), crumb_versions(language)),
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


def names_in(
    concepts: Iterable[VocabularyConcept], row: SchemeVersion, language: str
) -> list[Named]:
    """Concepts of a version by name, each leading to its page there."""
    names = [
        Named(one.id, one.label(language), concept_in_version_url(row.number, one.id, language))
        for one in concepts
    ]
    return sorted(names, key=lambda one: sort_key(one.label, language))


def _names_in(row: SchemeVersion, language: str) -> list[Named]:
    concepts = concepts_in(row).values()
    return names_in((one for one in concepts if one.status != "deprecated"), row, language)


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


def crumb_glossary(language: str) -> Link:
    """The glossary, as a step on the way."""
    return Link(_("Glossary"), f"/{language}/glossary/")


def crumb_versions(language: str) -> Link:
    """The list of versions, as a step on the way."""
    return Link(_("Versions"), f"/{language}/glossary/versions/")


def _language() -> str:
    return get_language() or FALLBACK_LANGUAGE
