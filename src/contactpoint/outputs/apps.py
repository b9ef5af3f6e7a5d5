"""Registers the app with Django."""

from django.apps import AppConfig


class OutputsConfig(AppConfig):
    """What the network publishes: news, publications, events, videos, vacancies, developments."""

    name = "contactpoint.outputs"
    label = "outputs"
    default_auto_field = "django.db.models.BigAutoField"
