"""Puts the operators' pages into the admin, among the reports."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from contactpoint.operations import failed_views, status_view
from contactpoint.operations.rights import OVERSEE


class OverseersMenuItem(MenuItem):
    """Only for those who look after users."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each request by Wagtail."""
        return request.user.has_perm(OVERSEE)


@hooks.register("register_reports_menu_item")
def status_menu_item() -> MenuItem:
    """The first of the reports."""
    return OverseersMenuItem(
        _("State of the portal"),
        reverse("operations_status"),
        name="operations-status",
        icon_name="desktop",
        order=50,
    )


@hooks.register("register_reports_menu_item")
def failed_menu_item() -> MenuItem:
    """Below it."""
    return OverseersMenuItem(
        _("What failed"),
        reverse("operations_failed"),
        name="operations-failed",
        icon_name="warning",
        order=60,
    )


@hooks.register("register_admin_urls")
def operations_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [
        path("operations/", status_view.status, name="operations_status"),
        path("operations/failed/", failed_views.failed, name="operations_failed"),
        path("operations/failed/again/", failed_views.again, name="operations_again"),
        path("operations/failed/give-up/", failed_views.give_up, name="operations_give_up"),
    ]
