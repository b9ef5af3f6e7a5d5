"""Registers the pages of queries with Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from contactpoint.consultations.drafting import views


class QueriesMenuItem(MenuItem):
    """Only for those who draft queries."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each request by Wagtail."""
        return views.may_draft(request.user)


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
