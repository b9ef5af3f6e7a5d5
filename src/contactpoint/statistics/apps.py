"""Registers the app with Django."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """Figures, and what has become of them since."""

    name = "contactpoint.statistics"
    label = "statistics"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What is told of figures in short follows what is loaded."""
        # Models are ready only now.
        from django.db.models.signals import post_delete, post_save  # noqa: PLC0415

        from contactpoint.statistics.models import Dataset, Extraction  # noqa: PLC0415
        from contactpoint.statistics.summaries import forget  # noqa: PLC0415

        for signal in (post_save, post_delete):
            for model in (Dataset, Extraction):  # lines come and go with their extraction
                signal.connect(forget, sender=model, dispatch_uid="contactpoint.figure")
