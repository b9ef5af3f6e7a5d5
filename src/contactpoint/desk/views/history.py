"""Wagtail's report of who changed what, for those who look after users."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.views.reports.audit_logging import LogEntriesView


class HistoryView(LogEntriesView):
    """It names what others write, and who they are, so it is for administrators, its export too."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Asks for the right before anything else."""
        if not request.user.has_perm("accounts.change_user"):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response
