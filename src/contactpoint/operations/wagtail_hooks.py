"""Puts the operators' pages into the admin, among the reports."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from contactpoint.operations import failed_views, person_views, status_view
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


@hooks.register("register_reports_menu_item")
def persons_menu_item() -> MenuItem:
    """Below them."""
    return OverseersMenuItem(
        _("Personal data"),
        reverse("operations_persons"),
        name="operations-persons",
        icon_name="user",
        order=70,
    )


@hooks.register("register_admin_urls")
def operations_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [
        path("operations/", status_view.status, name="operations_status"),
        path("operations/persons/", person_views.register, name="operations_persons"),
        path("operations/persons/one/", person_views.look, name="operations_person"),
        path("operations/persons/export/", person_views.export, name="operations_person_export"),
        path("operations/persons/erase/", person_views.forget, name="operations_person_erase"),
        path("operations/failed/", failed_views.failed, name="operations_failed"),
        path("operations/failed/again/", failed_views.again, name="operations_again"),
        path("operations/failed/give-up/", failed_views.give_up, name="operations_give_up"),
    ]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """That somebody was given what is kept of them, or erased; never who."""
    told = _("Somebody was given what is kept of them")
    actions.register_action("persons.exported", _("Give what is kept of a person"), told)
    actions.register_action("persons.erased", _("Erase a person"), _("Somebody was erased"))
