"""Registers the view behind the suggestions with Wagtail."""

from django.urls import URLPattern, path
from wagtail import hooks

from contactpoint.outputs.admin_views import suggest


@hooks.register("register_admin_urls")
def suggestion_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [path("outputs/suggest/", suggest, name="outputs_suggest")]
