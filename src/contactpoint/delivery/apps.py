"""Registers the app with Django."""

from django.apps import AppConfig
from django.conf import settings


class DeliveryConfig(AppConfig):
    """Pages that are kept as finished bytes."""

    name = "contactpoint.delivery"
    label = "delivery"

    def ready(self) -> None:
        """Every process that may change something tells those that keep pages."""
        if settings.KEEP_PAGES or settings.SHARED_DATABASE:
            from contactpoint.kit.changes import begin_watching, tell_also  # noqa: PLC0415

            begin_watching()
            if settings.PAGE_FILES:
                from contactpoint.delivery.files import Fallen  # noqa: PLC0415
                from contactpoint.kit.changes import at_begin  # noqa: PLC0415

                at_begin(Fallen(settings.PAGE_FILES))
            if settings.SHARED_DATABASE:
                from contactpoint.delivery.machines import tell  # noqa: PLC0415

                tell_also(tell)
