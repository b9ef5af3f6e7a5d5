"""The report of links: which do not answer, and where they stand."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contactpoint.desk.checks.links import sentence
from contactpoint.desk.models import Link, LinkUse
from contactpoint.desk.views import frame
from contactpoint.kit.admin_pages import framed, paged

SHOWN: Final = [Link.State.DEAD, Link.State.UNSURE, Link.State.MOVED, Link.State.CLOSED]


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """Links in one state, of published pages that the visitor may edit."""
    frame.require_writer(request)
    wanted = request.GET.get("state", "")
    state = Link.State(wanted) if wanted in SHOWN else Link.State.DEAD
    uses = _uses(request)
    # A list of keys that is made once; asked link by link, the pages are gone through for each.
    used = Link.objects.filter(pk__in=uses.values("link"))
    rows = used.filter(state=state).order_by("host", "url", "pk")
    shown = Prefetch("uses", uses.select_related("page__locale").order_by("page__title"))
    listed = paged(request, rows.prefetch_related(shown))
    counts = dict(used.order_by().values_list("state").annotate(number=Count("pk")))
    context = framed(
        _("Links"),
        rows=[(link, sentence(link)) for link in listed["page_obj"]],
        states=[(one, counts.get(one, 0), one == state) for one in SHOWN],
        waiting=counts.get(Link.State.WAITING, 0),
        **listed,
    )
    return render(request, "desk/admin/links.html", context)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for an address at the next turn."""
    frame.require_writer(request)
    link = get_object_or_404(Link, pk=pk)
    if not _uses(request).filter(link=link).exists():
        raise PermissionDenied
    Link.objects.filter(pk=pk).update(due_at=timezone.now())
    messages.success(request, _("The address is asked again within some minutes."))
    return HttpResponseRedirect(f"{reverse('desk_links')}?state={link.state}")


def _uses(request: HttpRequest) -> "QuerySet[LinkUse]":
    pages = frame.may_change(request).filter(live=True)
    return LinkUse.objects.filter(page__in=pages.values("pk"))
