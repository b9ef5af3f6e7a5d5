"""Registers the app with Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Reads old sites' listings into classified items, through a review list."""

    name = "contactpoint.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What partners propose passes the sieve of imports."""
        from contactpoint.outputs import proposing  # noqa: PLC0415 — it needs the models

        proposing.register("contactpoint.intake.proposals.Drafts")
