"""Registers the app with Django."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """Surveys, ad-hoc queries and studies."""

    name = "contactpoint.consultations"
    label = "consultations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The worker learns what to do."""
        # Models are ready only now.
        from contactpoint.consultations.room import handlers  # noqa: F401, PLC0415
        from contactpoint.consultations.subjects import reading  # noqa: F401, PLC0415
