"""Registers the app with Django."""

from collections.abc import Iterable

from django.apps import AppConfig
from django.utils.translation import gettext as _

from contactpoint.kit import menu


class ApiConfig(AppConfig):
    """Doors for programs; what they give is what pages show."""

    name = "contactpoint.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The pages about them stand at the foot of every page."""
        menu.register(_developers, place="footer")


def _developers(language: str) -> Iterable[tuple[str, str]]:
    return [
        (_("For developers"), f"/{language}/developers/"),
        (_("Open data"), f"/{language}/open-data/"),
    ]
