"""Registers the app with Django."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Images, documents, sound and film, as models of our own from the first migration."""

    name = "contactpoint.media"
    label = "media"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Documents are read when they are saved."""
        from contactpoint.media.handlers import connect  # noqa: PLC0415 — models are ready only now

        connect()
