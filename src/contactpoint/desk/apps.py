"""Registers the app with Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """From draft to archive: the timetable, the checklist, links, duplicates, second readers."""

    name = "contactpoint.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
