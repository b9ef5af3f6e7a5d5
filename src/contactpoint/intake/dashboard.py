"""Imports that wait for a decision, on the admin's dashboard."""

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contactpoint.intake.models import ImportedItem, ImportRun, WatchedFeed
from contactpoint.intake.rights import SEE
from contactpoint.kit.dashboard import Line, Section

WAITING = (ImportedItem.Status.PENDING, ImportedItem.Status.CHANGED)
MOST = 5


def imports_to_review(request: HttpRequest) -> Section | None:
    """The newest imports with items that nobody has decided on."""
    if not request.user.has_perm(SEE):
        return None
    waiting = Count("items", filter=Q(items__status__in=WAITING))
    runs = ImportRun.objects.filter(feed=None).annotate(waiting=waiting).filter(waiting__gt=0)
    lines = [
        Line(
            run.source,
            reverse("import_run", args=[run.pk]),
            ngettext("%(number)s item to review", "%(number)s items to review", run.waiting)
            % {"number": run.waiting},
        )
        for run in runs[:MOST]
    ]
    if not lines:
        return None
    more = Line(_("All imports"), reverse("imports"))
    return Section("imports", _("Imports to review"), 15, lines=lines, more=more)


def partners_to_moderate(request: HttpRequest) -> Section | None:
    """The feeds that brought what nobody has decided on, those with most first."""
    if not request.user.has_perm(SEE):
        return None
    waiting = Count("runs__items", filter=Q(runs__items__status__in=WAITING))
    feeds = WatchedFeed.objects.annotate(waiting=waiting).filter(waiting__gt=0)
    queue = reverse("import_queue")
    lines = [
        Line(
            feed.title,
            f"{queue}?feed={feed.pk}",
            ngettext("%(number)s item to review", "%(number)s items to review", feed.waiting)
            % {"number": feed.waiting},
        )
        for feed in feeds.order_by("-waiting", "title")[:MOST]
    ]
    if not lines:
        return None
    more = Line(_("Moderation queue"), queue)
    return Section("import-queue", _("From partners"), 16, lines=lines, more=more)
