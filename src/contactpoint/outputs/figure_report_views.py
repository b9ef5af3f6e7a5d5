"""The admin's page that writes a report of figures: of a quarter, or the infographic of a year."""

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contactpoint.figures import FiguresError, Period
from contactpoint.figures import period as read_period
from contactpoint.figures.places import place
from contactpoint.outputs.figure_reports import FIRST, lists_by_language, write
from contactpoint.outputs.figures.choices import place_choices, said
from contactpoint.outputs.models.lists import PublicationList

OFFERED: Final = 8


def lists_for(user: Any) -> dict[str, PublicationList]:
    """Where this user may write a publication; nothing without the language that others follow."""
    found = {
        code: each
        for code, each in lists_by_language().items()
        if each.permissions_for_user(user).can_add_subpage()
    }
    return found if FIRST in found else {}


@require_http_methods(["GET", "HEAD", "POST"])
def figure_report(request: HttpRequest) -> HttpResponse:
    """`period` and `country` choose; a POST writes the drafts and opens the first."""
    lists = lists_for(request.user)
    if not lists:
        raise PermissionDenied
    data = request.POST if request.method == "POST" else request.GET
    text, country = data.get("period", "")[:20], place(data.get("country", "")[:20].upper())
    country = country or settings.COUNTRY
    problem = ""
    if request.method == "POST":
        try:
            when = read_period(text)
            done = write(when, country, lists=lists, user=request.user)
        except FiguresError:
            problem = _(
                "Nothing could be written: there is no figure of that period, or it is neither a "
                "quarter (2018Q4) nor a year (2019)."
            )
        else:
            left = [one.language for one in done if one.what == "left"]
            if len(left) < len(done):
                messages.success(request, _("The drafts are there; finish and publish them."))
            if left:
                messages.warning(
                    request,
                    _("Somebody has worked on these, so they were left alone: %(languages)s")
                    % {"languages": ", ".join(left)},
                )
            first = reverse("wagtailadmin_pages:edit", args=[done[0].page])
            return HttpResponseRedirect(first)
    return render(request, "outputs/admin/figure_report.html", _context(text, country, problem))


def _context(text: str, country: str, problem: str) -> dict[str, Any]:
    title = _("Report of figures")
    today = timezone.localdate()
    quarter = Period(today.year, (today.month - 1) // 3 * 3 + 1, "Q").previous
    quarters = [quarter.shifted(-number) for number in range(OFFERED)]
    years = [Period(today.year - number, 1, "A") for number in range(1, 5)]
    words = said()
    return {
        "page_title": title,
        "header_title": title,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": title},
        ],
        "period": text or quarter.code,
        "country": country,
        "offered": [(one.code, words.period("name", one)) for one in (*quarters, *years)],
        "countries": [one for one in place_choices() if not one[0].startswith("EU")],
        "problem": problem,
    }
