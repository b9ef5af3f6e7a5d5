"""The languages of applicants: more than those of the site, each named in itself.

A language is there when the settings name it and its interface words are there: guidance shows no
word in another language than the reader's but those that say so.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError
from django.conf import settings

from contactpoint.kit.templatetags.kit import direction

WORDS: Final = Path(__file__).parent / "words"
SOURCE: Final = settings.LANGUAGE_CODE
"""The language in which texts are written first, and whose order and marks the others follow."""
ALSO_ASKED: Final = (
    "am", "az", "bg", "bn", "bs", "hi", "hy", "ka", "ku", "ln", "ne", "pl", "pt", "ro", "rw", "sw",
    "ta", "ur", "zh",
)  # fmt: skip
"""Languages that readers may ask for although guidance knows nothing of them yet."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code (BCP 47), with its own name for itself."""

    code: str
    name: str
    direction: str


@cache
def languages() -> dict[str, Language]:
    """Every language whose interface words are there, in the order of the settings."""
    return {
        code: Language(code, name, direction(code))
        for code, name in settings.GUIDANCE_LANGUAGES
        if (WORDS / f"{code}.toml").exists()
    }


def choices() -> list[tuple[str, str]]:
    """All languages of the settings, for forms."""
    return list(settings.GUIDANCE_LANGUAGES)


def of_applicants_only() -> list[str]:
    """Languages in which there is guidance, and no site around it."""
    known = dict(settings.LANGUAGES)
    return [code for code in languages() if code not in known]


def is_known(code: str) -> bool:
    """Whether a code is that of a language, as far as the Unicode Consortium knows them."""
    return own_name(code) != code or code in Locale("en").languages


@cache
def own_name(code: str) -> str:
    """What speakers call their language; the code where nobody knows."""
    named = dict(settings.GUIDANCE_LANGUAGES).get(code)
    if named:
        return str(named)
    try:
        name = Locale.parse(code).get_display_name(code)
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:] if name else code
