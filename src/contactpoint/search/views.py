"""The search page: one box, what was understood, what was found and why.

No term is written anywhere: not to a log, not to a cookie, not to a cache.
"""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contactpoint.glossary.naming import theme_tree
from contactpoint.kit.context import same_path, translations, view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import roots
from contactpoint.outputs.facets import count
from contactpoint.outputs.filters import mentions, narrowed, select
from contactpoint.outputs.listing import active, filters, paginated
from contactpoint.search.finding import find, results
from contactpoint.search.question import LONGEST, understand

NAMES = ("kind", "theme", "year")


@require_safe
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """Results for `q`, narrowed by kind, theme and year."""
    language = get_language() or FALLBACK_LANGUAGE
    # A null character is no word, and PostgreSQL refuses it.
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    context = {**view_context(request), "query": asked, "canonical_url": ""}
    if not asked:
        return render(request, "search/search.html", context)
    tree = theme_tree(language)
    selection = select(request.GET, NAMES, kind="", language=language, tree=tree)
    found = find(understand(asked, language))
    total, counts = (
        count(lambda _now: found.outputs, selection, language) if found.pks else (0, None)
    )
    pks = found.pks
    if selection.wanted and pks:
        kept = set(narrowed(found.outputs, selection).values_list("pk", flat=True))
        pks = [pk for pk in pks if pk in kept]
    first = [urlencode({"q": asked})]
    known = roots(request)
    page = paginated(
        request,
        total,
        lambda start, stop: results(found, pks[start:stop], known),
        selection,
        first,
    )
    context |= {
        "translations": translations(same_path(request), first[0]),
        "concepts": [meaning.concept for meaning in found.question.meanings],
        "results": list(page),
        "page_obj": page,
        "total": total,
        "filters": filters(selection, counts, tree, path=request.path, first=first)
        if counts
        else [],
        "active_filters": active(selection, path=request.path, first=first),
        "clear_url": f"{request.path}?{first[0]}",
        "notices": mentions(NAMES, selection.ignored),
    }
    return render(request, "search/search.html", context)
