"""The search page: one box, what was understood, what was found and why."""

from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contactpoint.kit.context import same_path, translations, view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import roots
from contactpoint.kit.pagination import AddressedPage, AddressedPaginator, Slices
from contactpoint.outputs.filters import mentions, narrowed, select
from contactpoint.outputs.querysets import entries, newest_first, offered
from contactpoint.search import noticing
from contactpoint.search.asking.results import Results
from contactpoint.search.engines.base import UnavailableError
from contactpoint.search.showing import lines, nothing
from contactpoint.search.showing.addresses import (
    LONGEST,
    MOST_PAGES,
    SORTS,
    Asked,
    day,
    page_number,
    read,
)
from contactpoint.search.showing.choices import Choices
from contactpoint.search.showing.naming import PARAMETERS, Names
from contactpoint.search.views.answers import answer
from contactpoint.search.views.by_date import DATABASE_FILTERS, without_question

PER_PAGE: Final = 20
RETRY_AFTER: Final = 60
SORT_LABELS: Final = {"fit": _("Best fit"), "newest": _("Newest"), "oldest": _("Oldest")}


@require_safe
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """Results for `q`, narrowed by what stands in the address; `docs/developers` lists it."""
    language = get_language() or FALLBACK_LANGUAGE
    names = Names(language)
    asked, ignored, remarks = read(request.GET, names)
    context = {
        **view_context(request),
        "canonical_url": "",
        "query": asked.text,
        "longest": LONGEST,
    }
    if not asked.text:
        return without_question(request, context, asked, names, remarks)
    context |= {
        "translations": translations(same_path(request), asked.query()),
        "kept": [one for one in asked.parameters() if one[0] not in ("q", "off")],
        "notices": [*remarks, *mentions(PARAMETERS, ignored, PARAMETERS)],
    }
    number = page_number(request.GET)
    try:
        results = answer(asked, language, offset=PER_PAGE * (number - 1), limit=PER_PAGE)
    except UnavailableError:
        return _unavailable(request, context, names)
    if noticing.is_counted(request) and "X-Typing" not in request.headers:
        noticing.asked(asked.text, language, results.total, noticing.network(request))
    return render(request, "search/search.html", context | _found(request, results, asked, names))


def _found(request: HttpRequest, results: Results, asked: Asked, names: Names) -> dict[str, Any]:
    def to(other: Asked) -> str:
        return f"{request.path}?{other.query()}"

    choices = Choices(asked, names, to)
    shown = lines.lines(results.results, names)
    page = _page(request, results.total, shown, asked)
    below, narrower_url = lines.narrower(results.chips, asked, to)
    tail = f"?{asked.query()}"
    wider = [] if results.total else nothing.wider(choices)
    return {
        "asked": asked,
        "total": results.total,
        "results": shown,
        "partial": lines.lines(results.partial, names),
        "corrections": [
            {"text": one.text, "url": to(Asked(one.text, asked.choices, asked.since, asked.until))}
            for one in results.corrections
        ],
        "recognised": lines.recognised(results.chips, asked, names, to),
        "narrower": {"count": below, "url": narrower_url, "on": asked.narrower},
        "page_obj": page,
        "groups": choices.groups(results.facets, results.total),
        "chosen": choices.chosen(),
        "clear_url": to(asked.everything()),
        "sorts": [
            {"label": SORT_LABELS[sort], "url": to(asked.sorted(sort)), "on": asked.sort == sort}
            for sort in SORTS
        ],
        "dates": {"since": _iso(day(asked.since)), "until": _iso(day(asked.until, last=True))},
        "feed_url": f"{request.path}feed.atom{tail}",
        "csv_url": f"{request.path}search.csv{tail}",
        "json_url": f"{request.path}search.json{tail}",
        "near": []
        if results.total
        else nothing.near(choices, [chip.slug for chip in results.chips]),
        "wider": wider,
        # What finds something without filters, or with another spelling, is not missing here.
        "is_missing": not (results.total or wider or results.corrections),
    }


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""


def _page(request: HttpRequest, total: int, shown: list[lines.Line], asked: Asked) -> AddressedPage:
    slices = Slices(min(total, PER_PAGE * MOST_PAGES), lambda _start, _stop: shown)
    query = request.GET.copy()
    query.clear()
    for name, value in asked.parameters():
        query.appendlist(name, value)
    return AddressedPaginator(slices, PER_PAGE, path=request.path, query=query).asked(request.GET)


def _unavailable(request: HttpRequest, context: dict[str, Any], names: Names) -> HttpResponse:
    """Says so, and lists by date from the database, narrowed by what the database knows.

    503 tells machines that this is not the answer; browsers show it all the same.
    """
    selection = select(
        request.GET, DATABASE_FILTERS, kind="", language=names.language, tree=names.tree
    )
    outputs = newest_first(narrowed(offered(names.language), selection))[:PER_PAGE]
    latest = entries(outputs, names.language, roots(request))
    context |= {
        "unavailable": True,
        "latest": latest,
        "latest_labels": [
            label for labels in selection.chosen.values() for label in labels.values()
        ],
    }
    response = render(request, "search/search.html", context, status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    return response
