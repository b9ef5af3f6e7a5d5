"""Registers the app with Django."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Registrations for events; what an event is stands in `outputs`."""

    name = "contactpoint.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Event pages show how one takes part; the worker learns what to do."""
        # Models are ready only now.
        from contactpoint.events import contexts, handlers  # noqa: F401, PLC0415
