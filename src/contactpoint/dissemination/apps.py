"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from contactpoint.kit import menu, posted
from contactpoint.kit.feeds import listed
from contactpoint.kit.feeds.listed import Listed


class DisseminationConfig(AppConfig):
    """Readers who follow something, what happens to it, and the mails and posts that tell of it."""

    name = "contactpoint.dissemination"
    label = "dissemination"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listens to what happens to things that readers see, and says where one follows them."""
        # Models are ready only now.
        from contactpoint.dissemination.matching.listening import connect  # noqa: PLC0415
        from contactpoint.dissemination.social.also import also_posted  # noqa: PLC0415

        connect()
        menu.register(_following, place="follow")
        listed.register(_lazy("Lists"), _feeds, order=2)
        posted.register(also_posted)


def _following(language: str) -> list[tuple[str, str]]:
    return [
        (_("What is new, by e-mail"), f"/{language}/follow/"),
        (_("Newsletter"), f"/{language}/newsletter/"),
    ]


def _feeds(language: str) -> list[Listed]:
    return [Listed(_("Newsletter"), f"/{language}/newsletter/")]
