"""Registers the app with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users of the admin and their second factor."""

    name = "contactpoint.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
