"""In which language somebody who answers for a state is written to."""

from typing import Any

from django.conf import settings

from contactpoint.kit.labels import FALLBACK_LANGUAGE


def mail_language(user: Any) -> str:
    """What the person chose for the admin, if ever, else English."""
    profile = getattr(user, "wagtail_userprofile", None)
    chosen: str = profile.preferred_language if profile else ""
    return chosen if chosen in dict(settings.LANGUAGES) else FALLBACK_LANGUAGE
