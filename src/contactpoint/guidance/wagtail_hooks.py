"""Puts guidance into the admin."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from contactpoint.guidance.heard import admin_views
from contactpoint.guidance.viewsets import GuidanceGroup

register_snippet(GuidanceGroup)


class _SoundItem(MenuItem):
    """For whoever may publish texts."""

    def is_shown(self, request: HttpRequest) -> bool:
        """As the page itself asks."""
        return request.user.has_perm("guidance.publish_guidetext")


@hooks.register("insert_global_admin_css")
def letters() -> str:
    """Lists and forms show titles in every language of applicants, whatever fonts there are."""
    return format_html('<link rel="stylesheet" href="{}">', static("guidance/admin.css"))


@hooks.register("register_admin_urls")
def sound_urls() -> list[URLPattern]:
    """Under `/admin/`; each page asks for the right to publish texts of guidance."""
    return [
        path("guidance/sound/", admin_views.overview, name="guidance_sound"),
        path("guidance/sound/<int:pk>/", admin_views.sounds, name="guidance_sounds"),
        path("guidance/sound/<int:pk>/remove/", admin_views.remove, name="guidance_sounds_remove"),
    ]


@hooks.register("register_admin_menu_item")
def sound_item() -> MenuItem:
    """Beside the texts."""
    return _SoundItem(
        _("Sound of guidance"),
        reverse("guidance_sound"),
        name="guidance-sound",
        icon_name="media",
        order=241,
    )
