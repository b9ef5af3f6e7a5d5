"""Registers the app with Django."""

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    """Backups and restoring; has no models."""

    name = "contactpoint.backups"
    label = "backups"
