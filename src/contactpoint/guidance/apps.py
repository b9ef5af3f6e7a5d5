"""Registers the app with Django."""

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    """Guides, their texts in many languages, and places where applicants get help."""

    name = "contactpoint.guidance"
    label = "guidance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Wrong interface words are found now; texts learn their preview, voices when to speak, and
        pages of concepts and themes which guides are about them."""
        # Models are ready only now; checks and jobs register themselves.
        from django.db.models.signals import post_delete, post_save  # noqa: PLC0415

        from contactpoint.guidance import checks, door, previewing  # noqa: F401, PLC0415
        from contactpoint.guidance.appearances import guide_appearances  # noqa: PLC0415
        from contactpoint.guidance.everywhere import making, sound  # noqa: F401, PLC0415
        from contactpoint.guidance.heard import jobs  # noqa: F401, PLC0415
        from contactpoint.guidance.models import GuideText  # noqa: PLC0415
        from contactpoint.guidance.pages.guide import preview  # noqa: PLC0415
        from contactpoint.kit.appearances import register  # noqa: PLC0415

        previewing.register(preview)
        register(guide_appearances)
        for signal in (post_save, post_delete):
            signal.connect(door.forget, sender=GuideText, dispatch_uid="contactpoint.guidance")
