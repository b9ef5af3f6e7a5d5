"""The frames: a term, the next events, a list, a search. Each only reads.

A chart is `statistics.offering.embedding`, where the figures are.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.api.embeds.asked import (
    ITEMS,
    NoListError,
    Shown,
    events_shown,
    list_shown,
    search_shown,
)
from contactpoint.glossary.brief import brief_of
from contactpoint.glossary.naming import concept_url
from contactpoint.kit.framing import KEEPING, MAX_AGE, Framing, framed, framing_of, nothing
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.search.engines.base import UnavailableError


@require_safe
def concept(request: HttpRequest, slug: str) -> HttpResponse:
    """A term with its definition and where that is from."""
    language = _language()
    known = brief_of(slug, language)
    if known is None:
        return nothing(request, _("This term is not in the glossary."), 404)
    page = whole(concept_url(known.slug, language))
    return _framed(request, "api/embeds/concept.html", {"title": known.label, "brief": known}, page)


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """The next events, with the filters of the list."""
    return _list(request, events_shown(request.GET, _language(), _most(request)))


@require_safe
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest of a list, or of all, with the filters of the list."""
    try:
        shown = list_shown(request.GET, slug, _language(), _most(request))
    except NoListError:
        return nothing(request, _("There is no such list."), 404)
    return _list(request, shown)


@require_safe
def searched(request: HttpRequest) -> HttpResponse:
    """The newest that a search finds; only who asked may keep it, as with its feed."""
    try:
        shown = search_shown(request.GET, _language(), _most(request))
    except UnavailableError:
        return nothing(request, _("Search is not available at the moment."), 503)
    return _list(request, shown, f"private, max-age={MAX_AGE}")


def _most(request: HttpRequest) -> int:
    return ITEMS[framing_of(request.GET).size]


def _list(request: HttpRequest, shown: Shown, keeping: str = KEEPING) -> HttpResponse:
    context = {
        "title": shown.title,
        "entries": shown.entries,
        "problems": shown.problems,
    }
    return _framed(request, "api/embeds/list.html", context, whole(shown.page_url), keeping=keeping)


def _framed(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    page: str,
    *,
    keeping: str = KEEPING,
) -> HttpResponse:
    framing: Framing = framing_of(request.GET)
    context = {**context, "framing": framing, "page": page, "site": settings.SITE_NAME}
    return framed(request, render(request, template, context), page, keeping)


def whole(url: str) -> str:
    """An address of ours with the host."""
    return f"{settings.BASE_URL}{url}"


def _language() -> str:
    return get_language() or FALLBACK_LANGUAGE
