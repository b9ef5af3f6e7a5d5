"""Names in the admin's menu, the address that reads a file again, and the dashboard's part."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from contactpoint.kit import dashboard
from contactpoint.media.admin_views import read_again
from contactpoint.media.dashboard import unread_files

dashboard.register(unread_files)


@hooks.register("register_admin_urls")
def file_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [path("files/<int:document_id>/read/", read_again, name="media_read_again")]


@hooks.register("construct_main_menu")
def name_recordings(request: HttpRequest, items: list[MenuItem]) -> None:
    """“Media” would say nothing beside images and documents."""
    for item in items:
        if item.name == "media":
            item.label = _("Recordings")
