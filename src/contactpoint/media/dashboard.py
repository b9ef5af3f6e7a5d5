"""Files that readers can't have, or can't find by their text, for whoever may mend them."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.documents.permissions import permission_policy

from contactpoint.kit.dashboard import Line, Section
from contactpoint.media.models import DocumentReading, DocumentScan

MOST: Final = 8
State, Problem = DocumentReading.State, DocumentReading.Problem


def unread_files(request: HttpRequest) -> Section | None:
    """Those that failed, were scanned or cut short, the newest first; nothing without them."""
    mine = permission_policy.instances_user_has_permission_for(request.user, "change")
    waiting = (
        DocumentReading.objects.filter(
            problem__in=set(Problem.values) - {Problem.KIND, Problem.BLANK}, document__in=mine
        )
        .exclude(problem="")
        .select_related("document")
        .order_by("-read_at", "-pk")[:MOST]
    )
    lines = [
        Line(
            row.document.title,
            reverse("wagtaildocs:edit", args=[row.document_id]),
            row.get_problem_display(),
            row.document.language,
        )
        for row in waiting
    ]
    return (
        Section("unread-files", _("Files whose text is not found"), 60, lines=lines)
        if lines
        else None
    )


def held_files(request: HttpRequest) -> Section | None:
    """Those that nobody can have: a virus was found, or they were not checked; the worst first."""
    mine = permission_policy.instances_user_has_permission_for(request.user, "change")
    rows = DocumentScan.objects.filter(document__in=mine)
    if settings.CLAMAV is None:
        rows = rows.filter(state=DocumentScan.State.FOUND)
    rows = rows.exclude(state=DocumentScan.State.CLEAN).select_related("document")
    lines = [
        Line(
            row.document.title,
            reverse("wagtaildocs:edit", args=[row.document_id]),
            row.get_state_display(),
            row.document.language,
        )
        for row in rows.order_by("state", "-pk")[:MOST]
    ]
    return Section("held-files", _("Files held back"), 20, lines=lines) if lines else None
