"""Registers the desk's pages of the admin, their menu and the checklist's reminder with Wagtail."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from contactpoint.desk.views import checklist, duplicates, links, previews
from contactpoint.outputs.models import Output

hooks.register("after_publish_page", checklist.remind)


@hooks.register("insert_editor_js")
def checklist_script() -> SafeString:
    """Fills the checklist of a form anew whenever somebody looks at it."""
    address = versioned_static("desk/admin/checklist.js")
    return format_html('<script type="module" src="{}"></script>', address)


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [
        path("desk/checklist/<int:pk>/", checklist.show, name="desk_checklist"),
        path("desk/languages/<int:pk>/", previews.languages, name="desk_languages"),
        path("desk/entry/<int:pk>/", previews.entry, name="desk_entry"),
        path("desk/links/", links.links, name="desk_links"),
        path("desk/links/<int:pk>/again/", links.again, name="desk_link_again"),
        path("desk/duplicates/", duplicates.duplicates, name="desk_duplicates"),
        path("desk/duplicates/<int:pk>/", duplicates.dismiss, name="desk_not_the_same"),
    ]


@hooks.register("register_log_actions")
def desk_log_actions(actions: Any) -> None:
    """What the history of an item says of the desk."""
    actions.register_action("desk.not_the_same", _("Keep as two items"), _("Kept as two items"))


class WritersMenuItem(MenuItem):
    """Only for those who write pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each request by Wagtail."""
        return page_permission_policy.user_has_any_permission(request.user, {"add", "change"})


@hooks.register("register_admin_menu_item")
def desk_menu() -> SubmenuMenuItem:
    """Shown to those who may see one of its pages."""
    return SubmenuMenuItem(
        _("Desk"),
        Menu(register_hook_name="register_desk_menu_item"),
        name="portal-desk",
        icon_name="glasses",
        order=260,
    )


@hooks.register("register_desk_menu_item")
def links_menu_item() -> MenuItem:
    """The report of links."""
    return WritersMenuItem(
        _("Links"), reverse("desk_links"), name="desk-links", icon_name="link", order=100
    )


@hooks.register("register_desk_menu_item")
def duplicates_menu_item() -> MenuItem:
    """The report of duplicates."""
    return WritersMenuItem(
        _("Duplicates"),
        reverse("desk_duplicates"),
        name="desk-duplicates",
        icon_name="copy",
        order=200,
    )


class OverseersMenuItem(MenuItem):
    """Only for those who look after users."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each request by Wagtail."""
        return request.user.has_perm("accounts.change_user")


@hooks.register("register_desk_menu_item")
def history_menu_item() -> MenuItem:
    """Who changed what: Wagtail's report, in which our own actions stand as well."""
    return OverseersMenuItem(
        _("History"),
        reverse("wagtailadmin_reports:site_history"),
        name="desk-history",
        icon_name="history",
        order=900,
    )


@hooks.register("register_page_header_buttons")
def page_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """In the menu of a page: its checklist, and an item in all its languages."""
    if page.depth < 2 or not page.permissions_for_user(user).can_edit():
        return
    address = reverse("desk_checklist", args=[page.pk])
    yield Button(_("Checklist"), address, icon_name="tasks", priority=66)
    if issubclass(page.specific_class or Page, Output):
        address = reverse("desk_languages", args=[page.pk])
        yield Button(_("All languages"), address, icon_name="globe", priority=67)
