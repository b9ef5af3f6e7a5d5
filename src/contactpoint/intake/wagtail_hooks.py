"""Puts the review list into the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from contactpoint.intake import views
from contactpoint.intake.dashboard import imports_to_review
from contactpoint.intake.rights import SEE
from contactpoint.kit import dashboard

dashboard.register(imports_to_review)


class ImportsMenuItem(MenuItem):
    """Only for those who may see imports."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each request by Wagtail."""
        return request.user.has_perm(SEE)


@hooks.register("register_admin_menu_item")
def imports_menu_item() -> MenuItem:
    """The entry in the admin's menu."""
    return ImportsMenuItem(
        _("Imports"), reverse("imports"), name="imports", icon_name="download", order=250
    )


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [
        path("imports/", views.index, name="imports"),
        path("imports/<int:pk>/", views.told(views.run), name="import_run"),
        path("imports/<int:pk>/accept/", views.told(views.accept_all), name="import_accept_all"),
        path("imports/<int:pk>/undo/", views.told(views.undo), name="import_undo"),
        path("imports/items/<int:pk>/", views.told(views.mend), name="import_mend"),
        path("imports/items/<int:pk>/accept/", views.told(views.accept), name="import_accept"),
        path("imports/items/<int:pk>/reject/", views.told(views.reject), name="import_reject"),
    ]
