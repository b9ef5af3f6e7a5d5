"""Registers the app with Django."""

from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutputsConfig(AppConfig):
    """What the network publishes: news, publications, events, videos, vacancies, developments."""

    name = "contactpoint.outputs"
    label = "outputs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Kinds of output are words that keywords are matched with; pages learn what they show."""
        # Models are ready only now.
        from contactpoint.glossary import uses  # noqa: PLC0415
        from contactpoint.glossary.terms import register_file  # noqa: PLC0415
        from contactpoint.kit.appearances import register, register_institutions  # noqa: PLC0415
        from contactpoint.kit.feeds import listed  # noqa: PLC0415
        from contactpoint.outputs import (  # noqa: F401, PLC0415
            contexts,
            feed_page,
            merging,
            printing,
            resolving,
        )
        from contactpoint.outputs.appearances import (  # noqa: PLC0415
            output_appearances,
            outputs_of_institutions,
        )
        from contactpoint.outputs.comparing import compare_in_words  # noqa: PLC0415
        from contactpoint.outputs.figure_reports import write  # noqa: PLC0415
        from contactpoint.outputs.guarding import guard_numbers  # noqa: PLC0415
        from contactpoint.outputs.reports import limit_reports  # noqa: PLC0415
        from contactpoint.outputs.rights import limit_reading  # noqa: PLC0415
        from contactpoint.outputs.second_reading import tell_second_readers  # noqa: PLC0415
        from contactpoint.outputs.synchronising import connect  # noqa: PLC0415
        from contactpoint.outputs.worklist import classified_keywords  # noqa: PLC0415
        from contactpoint.statistics import writers  # noqa: PLC0415

        listed.register(_("Lists"), feed_page.lists, order=1)
        listed.register(_("Themes"), feed_page.themes, order=3)
        listed.register(_("Countries"), feed_page.countries, order=4)
        listed.register(_("Studies and series"), feed_page.families, order=5)
        limit_reading()
        limit_reports()
        guard_numbers()
        tell_second_readers()
        compare_in_words()
        connect()
        printing.connect()
        register(output_appearances)
        register_institutions(outputs_of_institutions)
        uses.register(classified_keywords)
        writers.register(write)

        register_file("kinds", Path(__file__).parent / "data" / "kinds.ttl")
