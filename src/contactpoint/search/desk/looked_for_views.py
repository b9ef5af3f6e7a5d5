"""The list of what readers looked for and did not find."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from contactpoint.kit.admin_pages import framed, paged
from contactpoint.search.desk import frame
from contactpoint.search.desk.rights import DECIDE, SEE_LOOKED_FOR, require
from contactpoint.search.models import LookedFor

Status = LookedFor.Status


@require_safe
def looked_for(request: HttpRequest) -> HttpResponse:
    """What waits, the most wanted first; filtered by plain links."""
    require(request.user.has_perm(SEE_LOOKED_FOR))
    known = {
        "show": {**dict(Status.choices), "all": pgettext("questions", "All")},
        "language": frame.languages(),
    }
    values = frame.chosen(request, known)
    rows = LookedFor.objects.all()
    if values["show"] != "all":
        rows = rows.filter(status=values["show"])
    if values["language"]:
        rows = rows.filter(language=values["language"])
    listed = paged(request, rows)
    names = {"show": _("Status"), "language": _("Asked in")}
    context = framed(
        _("Looked for"),
        filters=frame.filters(names, known, values),
        entries=[(row, frame.question_url(row.words, row.language)) for row in listed["page_obj"]],
        may_decide=request.user.has_perm(DECIDE),
        **listed,
    )
    return render(request, "search/admin/looked_for.html", context)


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing for this portal; or, with `again`, let it wait after all."""
    require(request.user.has_perm(DECIDE))
    row = get_object_or_404(LookedFor, pk=pk)
    row.status = Status.WAITING if "again" in request.POST else Status.DISMISSED
    row.save(update_fields=["status"])
    text = _("It waits again.") if "again" in request.POST else _("It is dismissed.")
    messages.success(request, text)
    return HttpResponseRedirect(reverse("search_looked_for"))
