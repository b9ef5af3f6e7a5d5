"""Lists of results to follow or to take along: a feed, a table, JSON.

Each shows what the page shows for the same address, and to everybody the same. Without a question
and filters, where the page only offers a start, each lists all that is public, the newest first.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contactpoint.kit.citing import FORMATS, together
from contactpoint.kit.feeds import MOST_ITEMS, answered, refused, under
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import roots
from contactpoint.kit.spreadsheets import as_csv
from contactpoint.outputs.citing import MOST_CITED, cited_entries
from contactpoint.outputs.citing_views import taken_along
from contactpoint.outputs.feeds import feed as make_feed
from contactpoint.outputs.filters import mentions
from contactpoint.search.asking.results import Result
from contactpoint.search.asking.serialising import as_json
from contactpoint.search.documents import FACETS
from contactpoint.search.engines.base import UnavailableError
from contactpoint.search.showing.addresses import Asked, page_number, read
from contactpoint.search.showing.choices import Choices
from contactpoint.search.showing.entries import as_entries
from contactpoint.search.showing.naming import PARAMETERS, Names
from contactpoint.search.views.answers import answer, newest
from contactpoint.search.views.outage import RETRY_AFTER

MOST_IN_TABLE: Final = 1000
IN_JSON: Final = 100
MAX_AGE: Final = 300
NARROWING: Final = (*FACETS, "in", "from", "to")
"""Parameters that leave out things; an unknown value of another changes nothing that is listed."""
BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it spreadsheets take the accents of a table for something else."""

View = Callable[..., HttpResponse]


def _taking(view: View) -> View:
    """Reads the address, says to crawlers that this is no page, and to all if search is away."""

    @require_safe
    @wraps(view)
    def taken(request: HttpRequest, **known: str) -> HttpResponse:
        names = Names(get_language() or FALLBACK_LANGUAGE)
        asked, ignored, _remarks, beyond = read(request.GET, names)
        unknown = [
            *(one.refused for one in beyond),
            *mentions(NARROWING, ignored, PARAMETERS, refused=True),
        ]
        try:
            response = refused(unknown) if unknown else view(request, names, asked, **known)
        except UnavailableError:
            response = refused([_("Search is not available at the moment.")], 503)
            response["Retry-After"] = str(RETRY_AFTER)
        response["X-Robots-Tag"] = "noindex"
        return response

    return taken


@_taking
def feed(request: HttpRequest, names: Names, asked: Asked, ending: str) -> HttpResponse:
    """The newest results as a feed; a browser may keep it, what stands between may not."""
    results = newest(asked, names.language, limit=MOST_ITEMS)
    query = asked.sorted("fit").query()
    made = make_feed(
        Choices(asked, names, lambda _asked: "").heading(),
        names.language,
        page_url=under(request) + (f"?{query}" if query else ""),
        under=under(request),
        query=query,
        shown=as_entries(results.results, names, roots(request)),
    )
    return answered(request, made, ending, f"private, max-age={MAX_AGE}")


@_taking
@never_cache
def table(request: HttpRequest, names: Names, asked: Asked) -> HttpResponse:
    """At most a thousand results as CSV."""
    results = answer(asked, names.language, limit=MOST_IN_TABLE, counted=())
    head = (
        *(_("Title"), _("Address"), _("Language"), _("Languages"), _("Kind"), _("Type")),
        *(_("Date"), _("Themes"), _("Concepts"), _("Summary"), _("Why")),
    )
    text = as_csv([head, *_rows(results.results, names)])
    response = HttpResponse(BYTE_ORDER_MARK + text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="search.csv"'
    return response


@_taking
@never_cache
def found_json(request: HttpRequest, names: Names, asked: Asked) -> HttpResponse:
    """A hundred results from `page` on, in the shape of `contactpoint search --json`."""
    number = page_number(request.GET)
    offset = IN_JSON * (number - 1)
    results = answer(asked, names.language, offset=offset, limit=IN_JSON)
    for result in (*results.results, *results.partial):
        result.reasons = list(dict.fromkeys(result.reasons))
    names.learn((facet, value) for facet, values in results.facets.items() for value in values)
    made = as_json(results, settings.BASE_URL, names.label)
    if results.total > offset + IN_JSON:
        query = "&".join(filter(None, (asked.query(), f"page={number + 1}")))
        made["next"] = f"{settings.BASE_URL}{request.path}?{query}"
    return JsonResponse(made, json_dumps_params={"ensure_ascii": False})


@_taking
@never_cache
def citations(request: HttpRequest, names: Names, asked: Asked, form: str) -> HttpResponse:
    """The works among the best results, for a bibliography."""
    if form not in FORMATS:
        raise Http404
    results = answer(asked, names.language, limit=MOST_CITED, counted=())
    shown = as_entries(results.results, names, roots(request))
    works = cited_entries(shown, names.language)
    return taken_along(together(form, works), "search", form, "private, no-store")


def _rows(results: list[Result], names: Names) -> Iterator[tuple[Any, ...]]:
    for result in results:
        yield (
            result.title_text,
            settings.BASE_URL + result.url,
            result.language,
            " ".join(result.alternates),
            names.label("kind", result.kind),
            names.label("type", result.type) if result.type else "",
            result.day.isoformat() if result.day else "",
            "; ".join(names.label("theme", slug) for slug in result.themes),
            "; ".join(names.label("concept", slug) for slug in result.concepts),
            result.teaser,
            " ".join(dict.fromkeys(result.reasons)),
        )
