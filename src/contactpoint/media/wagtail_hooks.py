"""Calls sound and film by their name in the admin's menu."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("construct_main_menu")
def name_recordings(request: HttpRequest, items: list[MenuItem]) -> None:
    """“Media” would say nothing beside images and documents."""
    for item in items:
        if item.name == "media":
            item.label = _("Recordings")
