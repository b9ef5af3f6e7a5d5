"""Registers the admin's pages about registrations with Wagtail."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from contactpoint.events import desk, taking_away
from contactpoint.outputs.models import Event

hooks.register("before_delete_page", taking_away.before_deleting)
hooks.register("before_unpublish_page", taking_away.before_unpublishing)
hooks.register("before_bulk_action", taking_away.before_many)


@hooks.register("register_admin_urls")
def event_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    one = "events/<int:pk>/"
    return [
        path("events/", desk.index, name="events_index"),
        path(one, desk.one, name="events_registrations"),
        path(f"{one}export.<str:form>", desk.export, name="events_export"),
        path(f"{one}remove/<int:registration>/", desk.remove, name="events_remove"),
    ]


class RegistrationsMenuItem(MenuItem):
    """Only for those who may edit some page."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each request by Wagtail."""
        return desk.may_see(request.user)


@hooks.register("register_admin_menu_item")
def registrations_menu_item() -> MenuItem:
    """The entry in the admin's menu."""
    return RegistrationsMenuItem(
        _("Registrations"),
        reverse("events_index"),
        name="registrations",
        icon_name="group",
        order=250,
    )


@hooks.register("register_page_header_buttons")
def registrations_button(page: Page, user: Any, **_options: Any) -> Iterator[Button]:
    """From the form of an event to its list."""
    event = page.specific
    if isinstance(event, Event) and event.pk and page.permissions_for_user(user).can_edit():
        url = reverse("events_registrations", args=[event.pk])
        yield Button(_("Registrations"), url, icon_name="group", priority=65)


@hooks.register("register_log_actions")
def registration_log_actions(actions: Any) -> None:
    """What the history of an event's page says of its list; never of whom."""
    actions.register_action(
        "events.export", _("Export the attendance list"), _("Attendance list exported")
    )
    actions.register_action(
        "events.remove", _("Take somebody off the list"), _("Somebody taken off the list")
    )
    actions.register_action(
        "events.withdrawn_told",
        _("Take away, telling the list"),
        _("Taken away; the people on the list were told that it is called off"),
    )
    actions.register_action(
        "events.withdrawn_untold",
        _("Take away without telling the list"),
        _("Taken away; nobody on the list was told"),
    )
