"""Registers the “Search” menu of the admin and its pages with Wagtail."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from contactpoint.kit import dashboard
from contactpoint.search.desk import looked_for_views, question_views, report_views
from contactpoint.search.desk.dashboard import looked_for
from contactpoint.search.desk.pin_views import PinViewSet
from contactpoint.search.desk.rights import SEE_ASKED, SEE_LOOKED_FOR

dashboard.register(looked_for)


class PermittedMenuItem(MenuItem):
    """Only for those who have a permission."""

    def __init__(self, label: Any, url: str, *, permission: str, **options: Any) -> None:
        super().__init__(label, url, **options)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each request by Wagtail."""
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_menu_item")
def search_menu() -> SubmenuMenuItem:
    """Shown to those who may see one of its pages."""
    return SubmenuMenuItem(
        _("Searches"),
        Menu(register_hook_name="register_search_menu_item"),
        name="portal-search",
        icon_name="search",
        order=270,
    )


@hooks.register("register_search_menu_item")
def asked_menu_item() -> MenuItem:
    """The report."""
    return PermittedMenuItem(
        _("What was asked"),
        reverse("search_asked"),
        permission=SEE_ASKED,
        name="search-asked",
        icon_name="table",
        order=100,
    )


@hooks.register("register_search_menu_item")
def looked_for_menu_item() -> MenuItem:
    """The worklist."""
    return PermittedMenuItem(
        _("Looked for"),
        reverse("search_looked_for"),
        permission=SEE_LOOKED_FOR,
        name="search-looked-for",
        icon_name="help",
        order=200,
    )


@hooks.register("register_admin_viewset")
def pinned_results() -> PinViewSet:
    """What stands first for a question."""
    return PinViewSet()


@hooks.register("register_admin_urls")
def search_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [
        path("search/asked/", report_views.asked, name="search_asked"),
        path("search/question/", question_views.question, name="search_question"),
        path("search/looked-for/", looked_for_views.looked_for, name="search_looked_for"),
        path("search/looked-for/<int:pk>/", looked_for_views.dismiss, name="search_dismiss"),
    ]
