"""Registers the app with Django."""

from django.apps import AppConfig


class GlossaryConfig(AppConfig):
    """Concepts and themes: what everything is about."""

    name = "contactpoint.glossary"
    label = "glossary"
    default_auto_field = "django.db.models.BigAutoField"
