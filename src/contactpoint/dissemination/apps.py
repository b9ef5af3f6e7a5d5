"""Registers the app with Django."""

from django.apps import AppConfig


class DisseminationConfig(AppConfig):
    """Readers who follow something, what happens to it, and the mails and posts that tell of it."""

    name = "contactpoint.dissemination"
    label = "dissemination"
    default_auto_field = "django.db.models.BigAutoField"
