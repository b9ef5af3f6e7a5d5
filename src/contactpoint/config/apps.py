"""Registers the floor's commands with Django."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Where all meet; has commands, no models."""

    name = "contactpoint.config"
    label = "config"
