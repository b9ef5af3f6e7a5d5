"""The page of corrections, and its feed."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from contactpoint.kit.context import view_context
from contactpoint.kit.feeds import answered, page_of, refused, under, unfiltered
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import roots
from contactpoint.kit.pagination import AddressedPaginator, Slices
from contactpoint.outputs.corrections import FOLDER, corrections_feed, public, told
from contactpoint.outputs.feeds import KEEPING

PER_PAGE = 30


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What was changed after publication and why, the newest first."""
    language = get_language() or FALLBACK_LANGUAGE
    known = roots(request)
    rows = public()
    slices = Slices(rows.count(), lambda start, stop: told(rows[start:stop], language, known))
    pages = AddressedPaginator(slices, PER_PAGE, path=request.path, query=request.GET)
    page = pages.asked(request.GET)
    page.object_list = list(page.object_list)
    context = {
        **view_context(request),
        "entries": page,
        "previous_url": page.previous_url,
        "next_url": page.next_url,
        "feed_url": f"/{language}/{FOLDER}/feed.atom",
    }
    return render(request, "outputs/corrections.html", context)


@require_safe
def feed(request: HttpRequest, ending: str) -> HttpResponse:
    """The newest of them, or a later page."""
    if unknown := unfiltered(request.GET):
        return refused(unknown)
    language = get_language() or FALLBACK_LANGUAGE
    rows, page, has_next = page_of(request, public())
    made = corrections_feed(told(rows, language, roots(request)), language, under(request))
    return answered(request, replace(made, page=page, has_next=has_next), ending, KEEPING)
