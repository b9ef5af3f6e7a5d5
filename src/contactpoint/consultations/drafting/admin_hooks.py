"""Registers the pages of queries, and the seats of people, with Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from contactpoint.consultations.drafting import views
from contactpoint.consultations.models import Seat


class QueriesMenuItem(MenuItem):
    """Only for those who draft queries."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each request by Wagtail."""
        return views.may_draft(request.user)


class SeatViewSet(ModelViewSet):
    """Who answers for which state."""

    model = Seat
    name = "seats"
    icon = "group"
    menu_label = _("People of states")
    menu_order = 253
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    list_display = ["user", "country", "sends"]
    list_filter = ["country", "sends"]
    ordering = ["country__code", "user__email"]
    edit_handler = ObjectList(
        [FieldPanel("user"), FieldPanel("country"), FieldPanel("sends")],
    )


@hooks.register("register_admin_viewset")
def seats() -> Any:
    """In the menu of administrators."""
    return SeatViewSet()


@hooks.register("register_admin_urls")
def query_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [
        path("queries/", views.index, name="consultation_queries"),
        path("queries/new/", views.draft, name="consultation_query_new"),
        path("queries/before/", views.before, name="consultation_before"),
        path("queries/<int:pk>/", views.draft, name="consultation_query"),
        path("queries/<int:pk>/states/", views.states, name="consultation_query_states"),
    ]


@hooks.register("register_admin_menu_item")
def queries_menu_item() -> MenuItem:
    """The entry in the admin's menu."""
    return QueriesMenuItem(
        _("Ad-hoc queries"),
        reverse("consultation_queries"),
        name="queries",
        icon_name="help",
        order=252,
    )
