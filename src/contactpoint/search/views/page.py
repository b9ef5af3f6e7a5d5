"""The search page: one box, what was understood, what was found and why; where one may start."""

from datetime import date
from typing import Any, Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contactpoint.kit.citing import LABELS
from contactpoint.kit.context import same_path, translations, view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.pagination import AddressedPage, AddressedPaginator, Slices
from contactpoint.outputs.filters import mentions
from contactpoint.search import noticing
from contactpoint.search.asking.results import Results
from contactpoint.search.engines.base import UnavailableError
from contactpoint.search.showing import lines, nothing
from contactpoint.search.showing.addresses import (
    MOST_PAGES,
    SORTS,
    Asked,
    day,
    page_number,
    read,
)
from contactpoint.search.showing.choices import Address, Choices
from contactpoint.search.showing.limits import LONGEST
from contactpoint.search.showing.naming import PARAMETERS, Names
from contactpoint.search.showing.telling import untold_only
from contactpoint.search.views.answers import answer
from contactpoint.search.views.outage import unavailable

PER_PAGE: Final = 20
SORT_LABELS: Final = {"fit": _("Best fit"), "newest": _("Newest"), "oldest": _("Oldest")}


@require_safe
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """Results for `q`, narrowed by what stands in the address; `docs/developers` lists it."""
    language = get_language() or FALLBACK_LANGUAGE
    names = Names(language)
    asked, ignored, remarks, beyond = read(request.GET, names)
    context = {
        **view_context(request),
        "canonical_url": "",
        "query": asked.text,
        "longest": LONGEST,
    }
    context |= {
        "translations": translations(same_path(request), asked.query()),
        "kept": [one for one in asked.parameters() if one[0] not in ("q", "off")],
        "notices": [
            *(one.told for one in beyond),
            *remarks,
            *mentions(PARAMETERS, ignored, PARAMETERS),
        ],
    }
    number = page_number(request.GET)
    # What narrows nothing is no list of everything: it is where a reader starts.
    is_start = not (asked.text or asked.is_narrowed)
    try:
        results = answer(
            asked,
            language,
            offset=0 if is_start else PER_PAGE * (number - 1),
            limit=0 if is_start else PER_PAGE,
        )
    except UnavailableError:
        return unavailable(request, context, names)
    if is_start:
        groups = Choices(asked, names, _to(request)).groups(results.facets, results.total)
        return render(request, "search/search.html", context | {"is_start": True, "groups": groups})
    if asked.text and noticing.is_counted(request) and "X-Typing" not in request.headers:
        noticing.asked(asked.text, language, results.total, noticing.network(request))
    return render(request, "search/search.html", context | _found(request, results, asked, names))


def _to(request: HttpRequest) -> Address:
    def to(other: Asked) -> str:
        tail = other.query()
        return f"{request.path}?{tail}" if tail else request.path

    return to


def _found(request: HttpRequest, results: Results, asked: Asked, names: Names) -> dict[str, Any]:
    to = _to(request)
    choices = Choices(asked, names, to)
    shown = lines.lines(results.results, names)
    page = _page(request, results.total, shown, asked)
    below, narrower_url = lines.narrower(results.chips, asked, to)
    tail = f"?{asked.query()}"
    wider = [] if results.total else nothing.wider(choices)
    sorted_by = asked.sort if asked.text or asked.sort != "fit" else "newest"
    return {
        "asked": asked,
        "heading": choices.heading(),
        "is_oldest_first": sorted_by == "oldest",
        "total": results.total,
        "results": shown,
        "partial": lines.lines(results.partial, names),
        "corrections": [
            {"text": one.text, "url": to(Asked(one.text, asked.choices, asked.since, asked.until))}
            for one in results.corrections
        ],
        "guesses": results.guesses,
        "unheard": results.unheard,
        "left_out": lines.left_out(results.left_out, asked, to),
        "recognised": lines.recognised(results.chips, asked, names, to),
        "narrower": {"count": below, "url": narrower_url, "on": asked.narrower},
        "page_obj": page,
        "groups": choices.groups(results.facets, results.total),
        "chosen": choices.chosen(),
        "clear_url": to(asked.everything()),
        "sorts": [
            {"label": SORT_LABELS[sort], "url": to(asked.sorted(sort)), "on": sort == sorted_by}
            for sort in SORTS
            if asked.text or sort != "fit"
        ],
        "dates": {"since": _iso(day(asked.since)), "until": _iso(day(asked.until, last=True))},
        "feed_url": f"{request.path}feed.atom{tail}",
        "follow": ""
        if untold_only(asked, results.facets)
        else f"search={quote(request.path + tail, safe='/')}",
        "csv_url": f"{request.path}search.csv{tail}",
        "json_url": f"{request.path}search.json{tail}",
        "citations": [
            (label, f"{request.path}citations.{form}{tail}") for form, label in LABELS.items()
        ],
        "near": [] if results.total or not asked.text else _near(choices, results),
        "wider": wider,
        # What finds something without filters, or with another spelling, is not missing here.
        "is_missing": bool(asked.text) and not (results.total or wider or results.corrections),
    }


def _near(choices: Choices, results: Results) -> list[nothing.Near]:
    return nothing.near(choices, results.chips, [one.text for one in results.corrections])


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""


def _page(request: HttpRequest, total: int, shown: list[lines.Line], asked: Asked) -> AddressedPage:
    slices = Slices(min(total, PER_PAGE * MOST_PAGES), lambda _start, _stop: shown)
    query = request.GET.copy()
    query.clear()
    for name, value in asked.parameters():
        query.appendlist(name, value)
    return AddressedPaginator(slices, PER_PAGE, path=request.path, query=query).asked(request.GET)
