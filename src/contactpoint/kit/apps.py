"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KitConfig(AppConfig):
    """What every feature stands on and no domain knows: pages, blocks, look, jobs, outbox."""

    name = "contactpoint.kit"
    label = "kit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Finds the outbox handlers: every app may keep them in `handlers.py`; and what each
        says of people, in `personal_data.py`."""
        autodiscover_modules("handlers")
        autodiscover_modules("personal_data")
        # Models are ready only now.
        from contactpoint.kit.pictures_kept import follow_pictures  # noqa: PLC0415
        from contactpoint.kit.reads import connect  # noqa: PLC0415
        from contactpoint.kit.referring import listen  # noqa: PLC0415

        follow_pictures()
        listen()
        connect()
