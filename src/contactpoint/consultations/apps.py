"""Registers the app with Django."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """Surveys, ad-hoc queries and studies."""

    name = "contactpoint.consultations"
    label = "consultations"
    default_auto_field = "django.db.models.BigAutoField"
