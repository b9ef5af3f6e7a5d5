"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GlossaryConfig(AppConfig):
    """Concepts and themes: what everything is about."""

    name = "contactpoint.glossary"
    label = "glossary"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The page of all feeds names the glossary's."""
        # Models are ready only now.
        from contactpoint.glossary.views import feeds  # noqa: PLC0415
        from contactpoint.kit.feeds import listed  # noqa: PLC0415

        listed.register(_("Lists"), feeds.listed, order=2)
