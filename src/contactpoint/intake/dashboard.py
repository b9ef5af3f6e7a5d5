"""Imports that wait for a decision, on the admin's dashboard."""

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contactpoint.intake.models import ImportedItem, ImportRun
from contactpoint.intake.rights import SEE
from contactpoint.kit.dashboard import Line, Section

WAITING = (ImportedItem.Status.PENDING, ImportedItem.Status.CHANGED)
MOST = 5


def imports_to_review(request: HttpRequest) -> Section | None:
    """The newest imports with items that nobody has decided on."""
    if not request.user.has_perm(SEE):
        return None
    waiting = Count("items", filter=Q(items__status__in=WAITING))
    runs = ImportRun.objects.annotate(waiting=waiting).filter(waiting__gt=0)
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
