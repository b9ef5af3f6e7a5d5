"""The languages that the glossary speaks, and what they are called in each other."""

from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError

from contactpoint.glossary.collation import sort_key

NETWORK: Final = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "hy", "it", "ka",
    "lt", "lv", "mt", "nb", "nl", "pl", "pt", "ro", "sk", "sl", "sv", "uk",
)  # fmt: skip
"""The languages of the network's members and observers: each concept should be named in all."""
APPLICANTS: Final = ("ar", "fa", "ps", "ru", "so", "sq", "ti", "tr")
"""The languages in which applicants meet the core terms."""
LANGUAGES: Final = NETWORK + APPLICANTS


@lru_cache(maxsize=2048)
def name_in(code: str, reader: str) -> str:
    """The name of a language in the reader's, as it stands in a list: "Dutch", "Néerlandais"."""
    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name(reader.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        name = None
    name = name or code
    # Georgian letters have capitals, but no name starts with one.
    return name[:1].title() + name[1:]


def own_name(code: str) -> str:
    """The name of a language in itself: "Français"."""
    return name_in(code, code)


def by_name(codes: set[str], reader: str) -> list[str]:
    """Languages in the order of their names in the reader's language."""
    return sorted(codes, key=lambda code: sort_key(name_in(code, reader)))
