"""Registers the app with Django."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Countries and institutions: who takes part, who publishes."""

    name = "contactpoint.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"
