"""Registers the app with Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finds what is published, from words and from concepts."""

    name = "contactpoint.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What the floors below have to be searched is registered here; others do so themselves."""
        # Models are ready only now.
        from contactpoint.search.indexing.listening import connect  # noqa: PLC0415
        from contactpoint.search.sources import register  # noqa: PLC0415
        from contactpoint.search.sources.concepts import Concepts  # noqa: PLC0415
        from contactpoint.search.sources.consultations import (  # noqa: PLC0415
            Consultations,
        )
        from contactpoint.search.sources.families import Families  # noqa: PLC0415
        from contactpoint.search.sources.guidance import Guides, Places  # noqa: PLC0415
        from contactpoint.search.sources.outputs import Outputs  # noqa: PLC0415
        from contactpoint.search.sources.statistics import Statistics  # noqa: PLC0415
        from contactpoint.search.sources.themes import Themes  # noqa: PLC0415

        every = (
            *(Concepts(), Consultations(), Families(), Guides(), Outputs(), Places()),
            *(Statistics(), Themes()),
        )
        for source in every:
            register(source)
        connect()
