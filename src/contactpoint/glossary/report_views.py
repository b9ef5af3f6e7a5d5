"""The report of harmonising as a page of the admin, as CSV and as JSON."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.glossary.explaining import REASONS
from contactpoint.glossary.harmonisation import report
from contactpoint.kit.admin_pages import PER_PAGE, framed, paged
from contactpoint.kit.spreadsheets import as_csv

SEE = "glossary.view_concept"


@require_safe
def harmonisation(request: HttpRequest) -> HttpResponse:
    """Strings before and concepts after, of the items that the visitor may change.

    `?format=csv` and `?format=json` give the same as files.
    """
    if not request.user.has_perm(SEE):
        raise PermissionDenied
    found = report(request.user)
    wanted = request.GET.get("format", "")
    if wanted == "json":
        return _as_file(JsonResponse(found.as_json(), json_dumps_params={"ensure_ascii": False}))
    if wanted == "csv":
        return _as_file(HttpResponse(as_csv(found.as_rows()), content_type="text/csv"))
    context = framed(
        _("Harmonisation"),
        report=found,
        reasons=[(REASONS.get(each.name, each.name), each) for each in found.reasons],
        percent=round(found.share * 100),
        most=PER_PAGE,
        **paged(request, found.merged, PER_PAGE),
    )
    return render(request, "glossary/admin/harmonisation.html", context)


def _as_file(response: HttpResponse) -> HttpResponse:
    kind = "json" if isinstance(response, JsonResponse) else "csv"
    response.headers["Content-Disposition"] = f'attachment; filename="harmonisation.{kind}"'
    response.headers["Cache-Control"] = "no-store"
    return response
