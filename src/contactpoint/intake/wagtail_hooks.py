"""Puts the review list into the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from contactpoint.intake import queue_views, views
from contactpoint.intake.dashboard import imports_to_review, partners_to_moderate
from contactpoint.intake.feed_views import FeedViewSet
from contactpoint.intake.rights import SEE
from contactpoint.kit import dashboard

dashboard.register(imports_to_review)
dashboard.register(partners_to_moderate)


class ImportsMenuItem(MenuItem):
    """Only for those who may see imports."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each request by Wagtail."""
        return request.user.has_perm(SEE)


@hooks.register("register_admin_menu_item")
def imports_menu() -> SubmenuMenuItem:
    """Shown to those who may see one of its pages."""
    return SubmenuMenuItem(
        _("Imports"),
        Menu(register_hook_name="register_imports_menu_item"),
        name="imports",
        icon_name="download",
        order=250,
    )


@hooks.register("register_imports_menu_item")
def queue_menu_item() -> MenuItem:
    """What partners' feeds brought."""
    return ImportsMenuItem(
        _("Moderation queue"),
        reverse("import_queue"),
        name="import-queue",
        icon_name="tasks",
        order=100,
    )


@hooks.register("register_imports_menu_item")
def imports_menu_item() -> MenuItem:
    """All readings."""
    return ImportsMenuItem(
        _("All imports"), reverse("imports"), name="all-imports", icon_name="download", order=200
    )


@hooks.register("register_admin_viewset")
def register_feeds() -> FeedViewSet:
    """The list and form of watched feeds."""
    return FeedViewSet()


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [
        path("imports/", views.index, name="imports"),
        path("imports/queue/", queue_views.queue, name="import_queue"),
        path("imports/<int:pk>/", views.told(views.run), name="import_run"),
        path("imports/<int:pk>/accept/", views.told(views.accept_all), name="import_accept_all"),
        path("imports/<int:pk>/undo/", views.told(views.undo), name="import_undo"),
        path("imports/items/<int:pk>/", views.told(views.mend), name="import_mend"),
        path("imports/items/<int:pk>/accept/", views.told(views.accept), name="import_accept"),
        path("imports/items/<int:pk>/reject/", views.told(views.reject), name="import_reject"),
    ]
