"""The admin's page that makes a quarterly: choose a period, leave out what does not matter."""

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contactpoint.outputs.models.lists import PublicationList
from contactpoint.outputs.quarterly import Quarter, draft, gathered, period

OFFERED: Final = 8
"""So many quarters back are offered; any other can be asked for in the address."""


def lists_of(user: Any) -> dict[str, PublicationList]:
    """By language, the lists under which this user may write a publication."""
    found = PublicationList.objects.select_related("locale").order_by("path")
    return {
        each.locale.language_code: each
        for each in found
        if each.permissions_for_user(user).can_add_subpage()
    }


@require_http_methods(["GET", "HEAD", "POST"])
def quarterly(request: HttpRequest) -> HttpResponse:
    """`period` and `language` choose; a POST makes the draft, without the pages in `leave`."""
    lists = lists_of(request.user)
    if not lists:
        raise PermissionDenied
    data = request.POST if request.method == "POST" else request.GET
    before = Quarter.of(timezone.localdate()).before
    problem = ""
    try:
        quarter = Quarter.read(data.get("period", "") or str(before))
    except ValueError:
        quarter, problem = before, _("This is no quarter. Write it as 2026Q3.")
    language = data.get("language", "")
    if language not in lists:
        language = get_language() if get_language() in lists else next(iter(lists))
    if request.method == "POST" and not problem:
        kept = {int(pk) for pk in request.POST.getlist("keep") if pk.isdecimal() and len(pk) < 19}
        shown = gathered(quarter, language)
        left_out = {entry.pk for one in shown for entry in one.entries} - kept
        page = draft(quarter, lists[language], left_out=left_out, user=request.user)
        messages.success(request, _("The draft is there; finish its texts and publish it."))
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    context = _context(quarter, language, list(lists)) | {"problem": problem}
    return render(request, "outputs/admin/quarterly.html", context)


def _context(quarter: Quarter, language: str, languages: list[str]) -> dict[str, Any]:
    sections = gathered(quarter, language)
    offered = [Quarter.of(timezone.localdate())]
    while len(offered) < OFFERED:
        offered.append(offered[-1].before)
    if quarter not in offered:
        offered.append(quarter)
    names = dict(settings.LANGUAGES)
    title = _("Quarterly")
    return {
        "page_title": title,
        "header_title": title,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": title},
        ],
        "quarter": str(quarter),
        "period": period(quarter),
        "quarters": [(str(one), f"{one} · {period(one)}") for one in offered],
        "language": language,
        "languages": [(code, names.get(code, code)) for code in languages],
        "sections": sections,
        "total": sum(len(section.entries) for section in sections),
    }
