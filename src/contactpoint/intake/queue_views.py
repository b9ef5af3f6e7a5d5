"""The moderation queue: what partners' feeds brought, whatever the reading, for an editor."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from contactpoint.intake.actions import WAITING
from contactpoint.intake.actions.publishing import edited
from contactpoint.intake.errors import IntakeError
from contactpoint.intake.models import ImportedItem, ImportRun, WatchedFeed
from contactpoint.intake.presentation import entries
from contactpoint.intake.rights import SEE, may_decide, may_publish, require
from contactpoint.intake.views import PER_PAGE, labels, page_context
from contactpoint.kit.admin_pages import paged


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """All that waits, the newest reading first; of one feed with `?feed=`."""
    require(request.user.has_perm(SEE))
    rows = ImportedItem.objects.filter(status__in=WAITING, run__feed__isnull=False)
    chosen = _number(request.GET.get("feed", ""))
    if chosen:
        rows = rows.filter(run__feed=chosen)
    rows = rows.select_related("run__feed__institution", "page")
    listed = paged(request, rows.order_by("-run__started_at", "-run", "position", "pk"), PER_PAGE)
    items = list(listed["page_obj"].object_list)
    theirs = edited([item for item in items if item.status == ImportedItem.Status.CHANGED])
    open_in = {
        run.language: _may_publish(request, run)
        for run in {item.run.language: item.run for item in items}.values()
    }
    waiting = Count("runs__items", filter=Q(runs__items__status__in=WAITING))
    context = page_context(
        _("Moderation queue"),
        [("", _("Moderation queue"))],
        entries=[
            (entry, open_in[entry.item.run.language]) for entry in entries(items, labels(), theirs)
        ],
        feeds=WatchedFeed.objects.annotate(waiting=waiting).filter(waiting__gt=0),
        chosen=chosen,
        may_decide=may_decide(request.user),
        **listed,
    )
    return render(request, "intake/queue.html", context)


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0


def _may_publish(request: HttpRequest, run: ImportRun) -> bool:
    try:
        return may_publish(request.user, run)
    except IntakeError:  # the portal has no lists in that language any more
        return False
