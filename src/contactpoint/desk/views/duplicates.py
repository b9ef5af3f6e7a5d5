"""The report of outputs that look like one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.log_actions import log
from wagtail.models import Page

from contactpoint.desk.models import Likeness
from contactpoint.desk.views import frame
from contactpoint.kit.admin_pages import framed, paged
from contactpoint.outputs.rights import readable, reads_all


@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs that nobody decided on, the most alike first, of pages that the visitor may edit."""
    frame.require_writer(request)
    rows = _mine(request).filter(dismissed_at=None)
    rows = rows.select_related("one__locale", "other__locale").order_by("-percent", "-pk")
    listed = paged(request, rows)
    context = framed(_("Duplicates"), rows=list(listed["page_obj"]), **listed)
    return render(request, "desk/admin/duplicates.html", context)


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """They are two: not shown again, not even when one of them changes."""
    frame.require_writer(request)
    pair = get_object_or_404(Likeness.objects.select_related("one", "other"), pk=pk)
    if not _mine(request).filter(pk=pk).exists():
        raise PermissionDenied
    now = timezone.now()
    Likeness.objects.filter(pk=pk).update(dismissed_at=now, dismissed_by=request.user.pk)
    log(instance=pair.one, action="desk.not_the_same", data={"other": pair.other.title})
    messages.success(request, _("Kept as two items."))
    return HttpResponseRedirect(reverse("desk_duplicates"))


def _mine(request: HttpRequest) -> "QuerySet[Likeness]":
    """Pairs of which the visitor may edit one at least, and read the other."""
    pages = frame.may_change(request).values("pk")
    rows = Likeness.objects.filter(one__in=pages) | Likeness.objects.filter(other__in=pages)
    if reads_all(request.user):
        return rows
    known = readable(request.user, Page.objects.order_by()).values("pk")
    return rows.filter(one__in=known, other__in=known)
