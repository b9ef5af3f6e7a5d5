"""What every template may use: the site's name, its languages, its menu, where the reader is."""

from typing import Any, TypedDict

from babel import Locale
from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language

from contactpoint.kit.locating import Link, Location
from contactpoint.kit.menu import menu


class Translation(TypedDict):
    """The same page in another language."""

    code: str
    name: str
    url: str
    current: bool
    elsewhere: bool
    """Leads to the page in another language, since there is none in this one, or to one of which
    nothing is translated yet."""


def site(request: HttpRequest) -> dict[str, Any]:
    """Context for all templates; asks the database nothing."""
    shared = {"site_name": settings.SITE_NAME, "content_languages": settings.LANGUAGES}
    if request.path.startswith("/admin/"):
        return shared
    language = get_language() or settings.LANGUAGE_CODE
    location: Location | None = getattr(request, "location", None)
    own = location.row.language if location and location.reader else ""
    return {
        **shared,
        "base_url": settings.BASE_URL,
        "security_contact": settings.SECURITY_CONTACT,
        "canonical_url": f"{settings.BASE_URL}{iri_to_uri(_own_address(request, location))}"
        if location
        else "",
        "content_language": own,
        "content_language_name": language_name(own) if own else "",
        "reader_language_name": language_name(language) if own else "",
        "menu": menu(language, request.path),
        "site_links": menu(language, request.path, place="footer"),
        "follow_links": menu(language, request.path, place="follow"),
        "translations": switcher(location) if location else [],
        "crumbs": location.crumbs if location else [],
    }


def language_name(code: str) -> str:
    """What a language is called in the active one, within a sentence: "Dutch", "néerlandais"."""
    active = get_language() or settings.LANGUAGE_CODE
    return str(Locale.parse(code).get_display_name(active.replace("-", "_")) or code)


def translations(addresses: dict[str, str], query: str = "") -> list[Translation]:
    """The language switcher from addresses by language, in the order of the settings."""
    active = get_language()
    tail = f"?{query}" if query else ""
    return [
        {
            "code": code,
            "name": str(name),
            "url": addresses[code] + tail,
            "current": code == active,
            "elsewhere": False,
        }
        for code, name in settings.LANGUAGES
        if code in addresses
    ]


def switcher(location: Location) -> list[Translation]:
    """The languages of a page; those that it lacks lead to it as it is read now, if it may be."""
    there = {each["code"]: each for each in translations(location.translations)}
    for code, each in there.items():
        each["elsewhere"] = code in location.borrowed
    own = location.translations.get(location.row.language)
    if not location.offered or own is None:
        return list(there.values())
    active = get_language()
    return [
        there.get(code)
        or {
            "code": code,
            "name": str(name),
            "url": f"/{code}{own}",
            "current": code == active,
            "elsewhere": True,
        }
        for code, name in settings.LANGUAGES
    ]


def _own_address(request: HttpRequest, location: Location) -> str:
    """A page that is read around another language stands at its own address all the same, and one
    of which nothing is translated yet at that of the language it stands in."""
    own = location.row.language
    if location.reader:
        return location.translations.get(own, "")
    return location.translations.get(location.borrowed.get(own, own), request.path)


def same_path(request: HttpRequest) -> dict[str, str]:
    """Addresses by language of a view that has the same path in every language."""
    rest = request.path.split("/", 2)[2]
    return {code: f"/{code}/{rest}" for code, _name in settings.LANGUAGES}


def view_context(request: HttpRequest, *crumbs: Link) -> dict[str, Any]:
    """What a view that is no page adds: its languages and what stands above it."""
    return {
        "canonical_url": f"{settings.BASE_URL}{iri_to_uri(request.path)}",
        "translations": translations(same_path(request)),
        "crumbs": list(crumbs),
    }
