"""The first page of statistics: every indicator with its newest figure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from contactpoint.kit.context import view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.statistics.addresses import comparison_url, countries_url
from contactpoint.statistics.published import printings
from contactpoint.statistics.summaries import summaries


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All indicators; those that have figures first, since a new site has few."""
    language = get_language() or FALLBACK_LANGUAGE
    found = summaries(language)
    told = [one for one in found if one.head]
    context = {
        **view_context(request),
        "summaries": told,
        "empty": [one for one in found if not one.head],
        "countries_url": countries_url(language),
        "compare_url": comparison_url(language),
        "printings": printings(language) if any(one.is_printed for one in told) else [],
        "has_example": any(one.is_example for one in told),
        "has_official": any(not one.is_example for one in told),
    }
    return render(request, "statistics/overview.html", context)
