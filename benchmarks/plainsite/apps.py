"""Registers the comparison with Django."""

from django.apps import AppConfig


class PlainSiteConfig(AppConfig):
    """Two page models: a list and an item."""

    name = "plainsite"
    default_auto_field = "django.db.models.BigAutoField"
