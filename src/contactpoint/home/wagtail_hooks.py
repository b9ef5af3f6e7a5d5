"""The admin as the portal's editors meet it: a dashboard of what waits, and no menu of the rest."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.components import Component

from contactpoint.kit import dashboard

MAY_OVERSEE = "accounts.change_user"
NOT_FOR_EDITORS = {"reports", "settings"}


class DashboardPanel(Component):
    """All sections that apps registered."""

    name = "contactpoint"
    order = 50
    template_name = "kit/admin/dashboard.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"sections": dashboard.sections(self.request)}


@hooks.register("construct_homepage_panels")
def add_dashboard(request: HttpRequest, panels: list[Component]) -> None:
    """Before what Wagtail shows: your own recent edits."""
    panels.append(DashboardPanel(request))


@hooks.register("construct_main_menu")
def hide_what_editors_cannot_use(request: HttpRequest, items: list[MenuItem]) -> None:
    """The help menu leads to other sites; reports and settings are for administrators."""
    hidden = {"help"} | (set() if request.user.has_perm(MAY_OVERSEE) else NOT_FOR_EDITORS)
    items[:] = [item for item in items if item.name not in hidden]


@hooks.register("insert_global_admin_css")
def admin_stylesheet() -> str:
    """What the portal adds to Wagtail's look."""
    return format_html('<link rel="stylesheet" href="{}">', static("kit/admin/admin.css"))


@hooks.register("insert_global_admin_js")
def typed_days() -> str:
    """Before the first calendar of a form is made; a script of type module would come too late."""
    return format_html('<script src="{}"></script>', versioned_static("kit/admin/days.js"))
