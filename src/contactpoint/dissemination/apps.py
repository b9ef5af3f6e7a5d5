"""Registers the app with Django."""

from django.apps import AppConfig


class DisseminationConfig(AppConfig):
    """Readers who follow something, what happens to it, and the mails and posts that tell of it."""

    name = "contactpoint.dissemination"
    label = "dissemination"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listens to what happens to things that readers see."""
        # Models are ready only now.
        from contactpoint.dissemination.matching.listening import connect  # noqa: PLC0415

        connect()
