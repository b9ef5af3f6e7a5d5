"""Registers the app with Django."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """Figures, and what has become of them since."""

    name = "contactpoint.statistics"
    label = "statistics"
    default_auto_field = "django.db.models.BigAutoField"
