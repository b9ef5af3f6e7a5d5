"""Wagtail's reports name no draft to whom its explorer would not.

Each looks for its pages by itself, so each is narrowed; `rights.readable` says to what.
"""

from typing import Any

from django.db.models import CharField
from django.db.models.functions import Cast
from django.http import HttpRequest
from wagtail.admin.views.reports import workflows
from wagtail.admin.views.reports.aging_pages import AgingPagesView
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.models import Page

from contactpoint.outputs.rights import editable, readable


def limit_reports() -> None:
    """Called once, when Django starts."""
    workflows.get_editable_page_ids_query = _editable_ids
    _narrow(AgingPagesView)
    _narrow(LockedPagesView)
    theirs = PageTypesUsageReportView.decorate_paginated_queryset

    def decorate_paginated_queryset(view: PageTypesUsageReportView, page_types: Any) -> Any:
        """It names the page of each type that was edited last."""
        rows = theirs(view, page_types)
        keys = [row.last_edited_page.pk for row in rows if row.last_edited_page]
        theirs_to_read = readable(view.request.user, Page.objects.filter(pk__in=keys))
        known = set(theirs_to_read.values_list("pk", flat=True))
        for row in rows:
            if row.last_edited_page and row.last_edited_page.pk not in known:
                row.last_edited_page = None
        return rows

    PageTypesUsageReportView.decorate_paginated_queryset = decorate_paginated_queryset


def _narrow(view: Any) -> None:
    theirs = view.get_queryset

    def get_queryset(report: Any) -> Any:
        return readable(report.request.user, theirs(report))

    view.get_queryset = get_queryset


def _editable_ids(request: HttpRequest) -> Any:
    """Pages in a workflow are drafts: for those who may edit them, and their keys as text."""
    pages = editable(request.user)
    return pages.values_list(Cast("pk", output_field=CharField()), flat=True)
