"""Registers the app with Django."""

from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    """Which paragraphs of a translation are older than the original; the translators' desk."""

    name = "contactpoint.languages"
    label = "languages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Pages say how they stand to their original, and what is published is compared."""
        # Models are ready only now.
        from contactpoint.languages import contexts, tokens  # noqa: F401, PLC0415
        from contactpoint.languages.listening import connect  # noqa: PLC0415

        connect()
        tokens.connect()
