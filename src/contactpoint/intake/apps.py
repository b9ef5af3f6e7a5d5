"""Registers the app with Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Reads old sites' listings into classified items, through a review list."""

    name = "contactpoint.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
