"""Registers the app with Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finds what is published, from words and from concepts."""

    name = "contactpoint.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
