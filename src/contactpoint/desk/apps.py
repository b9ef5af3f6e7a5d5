"""Registers the app with Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """From draft to archive: the timetable, the checklist, links, duplicates, second readers."""

    name = "contactpoint.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The checks of pages are registered; models are ready only now."""
        from contactpoint.desk.checks import covers, duplicates, facts, links, words  # noqa: F401, PLC0415
