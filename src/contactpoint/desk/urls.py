"""The addresses of the admin that stand before Wagtail's own, which asks for no right there."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from contactpoint.desk.views.history import HistoryView

_PLACE = "admin/reports/site-history/"

urlpatterns = [
    path(_PLACE, require_admin_access(HistoryView.as_view())),
    path(f"{_PLACE}results/", require_admin_access(HistoryView.as_view(results_only=True))),
]
