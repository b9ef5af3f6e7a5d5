"""Registers the app with Django."""

from pathlib import Path

from django.apps import AppConfig


class OutputsConfig(AppConfig):
    """What the network publishes: news, publications, events, videos, vacancies, developments."""

    name = "contactpoint.outputs"
    label = "outputs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Names of kinds of output are words that keywords are matched with."""
        from contactpoint.glossary.terms import register_file  # noqa: PLC0415 — models are ready now

        register_file("kinds", Path(__file__).parent / "data" / "kinds.ttl")
