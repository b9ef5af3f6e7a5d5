"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """Surveys, ad-hoc queries and studies."""

    name = "contactpoint.consultations"
    label = "consultations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Pages of themes and concepts learn which consultations are about them; what was published
        of a study hears of marks that are changed."""
        # Models are ready only now.
        from contactpoint.consultations.pages import feeds  # noqa: PLC0415
        from contactpoint.consultations.pages.appearances import (  # noqa: PLC0415
            consultation_appearances,
        )
        from contactpoint.consultations.studies.holding_back import connect  # noqa: PLC0415
        from contactpoint.kit.appearances import register  # noqa: PLC0415
        from contactpoint.kit.feeds import listed  # noqa: PLC0415

        register(consultation_appearances)
        listed.register(_("Lists"), feeds.listed, order=2)
        connect()
