"""Registers the app with Django."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The front page, standard pages and menus."""

    name = "contactpoint.home"
    label = "home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The front page learns what it shows, the menu what stands in it."""
        # Models are ready only now.
        from django.db.models.signals import post_delete, post_save  # noqa: PLC0415

        from contactpoint.home import contexts, menu  # noqa: F401, PLC0415
        from contactpoint.home.models import StandardPage  # noqa: PLC0415
        from contactpoint.home.sources import Pages  # noqa: PLC0415
        from contactpoint.kit.menu import register  # noqa: PLC0415
        from contactpoint.kit.pages import shows  # noqa: PLC0415
        from contactpoint.languages.contexts import standing_context  # noqa: PLC0415
        from contactpoint.search.sources import register as register_source  # noqa: PLC0415

        shows(StandardPage)(standing_context)
        register_source(Pages())
        register(menu.main)
        register(menu.footer, place="footer")
        for signal in (post_save, post_delete):
            signal.connect(menu.forget, dispatch_uid="contactpoint.menu")
