"""Registers the app with Django."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """What every feature stands on and no domain knows: pages, blocks, look, jobs, outbox."""

    name = "contactpoint.kit"
    label = "kit"
    default_auto_field = "django.db.models.BigAutoField"
