"""Registers the app with Django."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The front page, standard pages and menus."""

    name = "contactpoint.home"
    label = "home"
    default_auto_field = "django.db.models.BigAutoField"
