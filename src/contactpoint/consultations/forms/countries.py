"""The names of countries in the order of a language."""

from functools import cache
from typing import Final

from babel import Locale

from contactpoint.glossary.collation import sort_key

NO_COUNTRIES: Final = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)
"""Codes of CLDR that ISO 3166-1 gives to no country; Kosovo's XK is used by Eurostat and stays."""


@cache
def countries(language: str) -> dict[str, str]:
    """Names by ISO 3166-1 alpha-2, in alphabetical order."""
    names = {
        code: str(name)
        for code, name in Locale.parse(language.replace("-", "_")).territories.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    }
    return dict(sorted(names.items(), key=lambda item: sort_key(item[1], language)))
