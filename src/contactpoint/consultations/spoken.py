"""Which page somebody reads a survey on: one in their language where the portal has such pages,
else one of the portal's that carries the language on in its address."""

from collections.abc import Iterable
from typing import Final

from django.conf import settings

KEY: Final = "words"
"""The part of the address that carries a language on."""


def page_for(language: str, held_in: Iterable[str]) -> tuple[str, str]:
    """The language of the page, and the one that is carried on or "". Who named none, or one that
    nothing is held or shown in, reads the first that the survey is held in."""
    portal, held = dict(settings.LANGUAGES), list(held_in)
    wanted = language if language in portal or language in held else next(iter(held), "")
    if wanted in portal:
        return wanted, ""
    return settings.LANGUAGE_CODE, wanted
