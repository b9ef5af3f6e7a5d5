"""Registers the admin's own pages about outputs with Wagtail, and their part of the dashboard."""

from django.urls import URLPattern, path
from wagtail import hooks

from contactpoint.kit import dashboard
from contactpoint.outputs.admin_views import suggest, untranslated
from contactpoint.outputs.dashboard import drafts, new_items, translations

for provider in (new_items, drafts, translations):
    dashboard.register(provider)


@hooks.register("register_admin_urls")
def output_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [
        path("outputs/suggest/", suggest, name="outputs_suggest"),
        path("outputs/missing/", untranslated, name="outputs_missing"),
    ]
