"""What every template may use: the site's name, its languages, its menu."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Context for all templates."""
    return {"site_name": settings.SITE_NAME, "content_languages": settings.LANGUAGES}
