"""What every template may use: the site's name, its languages, its menu, where the reader is."""

from typing import Any, TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from contactpoint.kit.locating import Link, Location
from contactpoint.kit.menu import menu


class Translation(TypedDict):
    """The same page in another language."""

    code: str
    name: str
    url: str
    current: bool


def site(request: HttpRequest) -> dict[str, Any]:
    """Context for all templates; asks the database nothing."""
    shared = {"site_name": settings.SITE_NAME, "content_languages": settings.LANGUAGES}
    if request.path.startswith("/admin/"):
        return shared
    language = get_language() or settings.LANGUAGE_CODE
    location: Location | None = getattr(request, "location", None)
    return {
        **shared,
        "base_url": settings.BASE_URL,
        "security_contact": settings.SECURITY_CONTACT,
        "canonical_url": f"{settings.BASE_URL}{request.path}" if location else "",
        "menu": menu(language, request.path),
        "site_links": menu(language, request.path, place="footer"),
        "translations": translations(location.translations) if location else [],
        "crumbs": location.crumbs if location else [],
    }


def translations(addresses: dict[str, str], query: str = "") -> list[Translation]:
    """The language switcher from addresses by language, in the order of the settings."""
    active = get_language()
    tail = f"?{query}" if query else ""
    return [
        {"code": code, "name": str(name), "url": addresses[code] + tail, "current": code == active}
        for code, name in settings.LANGUAGES
        if code in addresses
    ]


def same_path(request: HttpRequest) -> dict[str, str]:
    """Addresses by language of a view that has the same path in every language."""
    rest = request.path.split("/", 2)[2]
    return {code: f"/{code}/{rest}" for code, _name in settings.LANGUAGES}


def view_context(request: HttpRequest, *crumbs: Link) -> dict[str, Any]:
    """What a view that is no page adds: its languages and what stands above it."""
    return {
        "canonical_url": f"{settings.BASE_URL}{request.path}",
        "translations": translations(same_path(request)),
        "crumbs": list(crumbs),
    }
