"""Calendars to subscribe to: all events, or those of a theme."""

import hashlib
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.events.announced import LOOKS_BACK, answered, gone, placed, sequences
from contactpoint.events.calendars import CONTENT_TYPE, Entry, Gone, followed
from contactpoint.glossary.naming import theme_tree
from contactpoint.kit.feeds import refused, unfiltered
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import address, roots
from contactpoint.outputs.filters import narrowed, select, unanswerable
from contactpoint.outputs.listing import names_for, of_kind
from contactpoint.outputs.models import Event
from contactpoint.outputs.models.output import Kind

KEPT_FOR: Final = 300
MOST_EVENTS: Final = 1000


@require_safe
def all_events(request: HttpRequest) -> HttpResponse:
    """Every event of the last year and all to come that answers to the filters of the list; what
    is gone is told of where it answered to them."""
    return _calendar(request, "")


@require_safe
def theme_events(request: HttpRequest, slug: str) -> HttpResponse:
    """Those about a theme, or about one below it."""
    return _calendar(request, slug)


def _calendar(request: HttpRequest, theme: str) -> HttpResponse:
    language = get_language() or FALLBACK_LANGUAGE
    query = request.GET.copy()
    if theme:
        if unknown := unfiltered(query):
            return refused(unknown)
        query.clear()
        query["theme"] = theme
    tree = theme_tree(language)
    selection = select(query, names_for(Kind.EVENT), kind=Kind.EVENT, language=language, tree=tree)
    if theme and not selection.chosen.get("theme"):
        raise Http404
    if unknown := unanswerable(query, selection):
        return refused(unknown)
    since = timezone.now() - LOOKS_BACK
    pages = narrowed(of_kind(Kind.EVENT, language), selection).filter(starts_at__gte=since)
    events = list(
        Event.objects.filter(pk__in=pages.values("pk")).order_by("starts_at", "pk")[:MOST_EVENTS]
    )
    numbers = sequences(events)
    placed(events)
    known = roots(request)
    entries = [
        Entry(
            event,
            settings.BASE_URL + address(event.url_path, language, known.get(language, "/")),
            sequence=numbers[event.translation_key],
        )
        for event in events
    ]
    chosen = [label for labels in selection.chosen.values() for label in labels.values()]
    missing = [
        Gone(row.key, row.sequence, row.changed_at, row.starts_at,
             row.ends_at, row.whole_day, row.time_zone)
        for row in gone(language)
        if answered(row, selection)
    ]  # fmt: skip
    name = ", ".join([_("Events"), *chosen])
    return _answered(request, followed(entries, missing, f"{name} – {settings.SITE_NAME}"))


def _answered(request: HttpRequest, text: str) -> HttpResponse:
    content = text.encode()
    answer = HttpResponse(content, f"{CONTENT_TYPE}; charset=utf-8")
    answer["ETag"] = etag = quote_etag(hashlib.blake2b(content, digest_size=16).hexdigest())
    answer["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    answer["Content-Disposition"] = 'inline; filename="events.ics"'
    return get_conditional_response(request, etag, None, answer) or answer
