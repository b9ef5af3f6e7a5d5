"""The report of what was asked, as a page of the admin and as a table."""

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from contactpoint.kit.admin_pages import framed, paged
from contactpoint.kit.spreadsheets import as_csv
from contactpoint.search.desk import frame
from contactpoint.search.desk.asked_report import PERIODS, as_asked, as_table, counted, questions
from contactpoint.search.desk.rights import SEE_ASKED, require


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Questions of a period, the most frequent first; `?format=csv` gives them all as a file."""
    require(request.user.has_perm(SEE_ASKED))
    known = {
        "days": {
            str(days): ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
            for days in sorted(PERIODS, key=lambda days: days != 30)
        },
        "language": frame.languages(),
        "show": {
            "all": pgettext("questions", "All"),
            "nothing": _("Found nothing"),
            "few": _("Few results opened"),
        },
    }
    values = frame.chosen(request, known)
    known["days"] = dict(sorted(known["days"].items(), key=lambda pair: int(pair[0])))
    days, language = int(values["days"]), values["language"]
    rows = questions(days, language, values["show"])
    if request.GET.get("format") == "csv":
        return _as_file(as_csv(as_table(rows)))
    names = {"days": _("Period"), "language": _("Asked in"), "show": _("Show")}
    listed = paged(request, rows)
    context = framed(
        _("What was asked"),
        filters=frame.filters(names, known, values),
        questions=[
            (one, frame.question_url(one.words, one.language))
            for one in as_asked(listed["page_obj"].object_list)
        ],
        sums=counted(days, language).aggregate(
            times=Sum("times"), empty=Sum("empty"), opened=Sum("opened")
        ),
        total=listed["page_obj"].paginator.count,
        csv_url="?" + urlencode({**values, "format": "csv"}),
        **listed,
    )
    return render(request, "search/admin/asked.html", context)


def _as_file(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="questions.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response
