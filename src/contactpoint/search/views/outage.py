"""What is said while nothing can be searched, and what is new until then, from the database."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from contactpoint.kit.locating import roots
from contactpoint.outputs.filters import narrowed, select
from contactpoint.outputs.querysets import by_day_shown, entries, offered
from contactpoint.search.showing.naming import Names

RETRY_AFTER: Final = 60
DATABASE_FILTERS: Final = ("kind", "theme", "concept", "type", "year", "institution", "country")
MOST: Final = 20


def unavailable(request: HttpRequest, context: dict[str, Any], names: Names) -> HttpResponse:
    """Says so, and lists by date from the database, narrowed by what the database knows.

    503 tells machines that this is not the answer; browsers show it all the same.
    """
    selection = select(
        request.GET, DATABASE_FILTERS, kind="", language=names.language, tree=names.tree
    )
    outputs = by_day_shown(narrowed(offered(names.language), selection))[:MOST]
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
