"""Registers the app with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Doors for programs; what they give is what pages show."""

    name = "contactpoint.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
