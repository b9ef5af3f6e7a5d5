"""Registers the app with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Users of the admin and their second factor."""

    name = "contactpoint.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keeps the groups as the settings say, whenever the database was brought up to date; who
        is refused reads it in their language."""
        from contactpoint.accounts import devices, letters, passwords  # noqa: F401, PLC0415
        from contactpoint.accounts.denying import refuse_in_their_language  # noqa: PLC0415
        from contactpoint.accounts.roles import ensure_after_migrate  # noqa: PLC0415 — needs models

        refuse_in_their_language()
        post_migrate.connect(ensure_after_migrate, dispatch_uid="accounts.roles")
