"""Registers the app with Django."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Countries and institutions: who takes part, who publishes."""

    name = "contactpoint.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The page of the network learns what it shows."""
        # Models are ready only now.
        from contactpoint.network import showing  # noqa: F401, PLC0415
