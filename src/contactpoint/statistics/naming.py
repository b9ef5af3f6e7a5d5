"""What places, citizenships, units and other codes are called in a reader's language.

Countries are named by CLDR, what it hasn't by `data/codes.toml`; what neither knows is called what
the source called it when it was loaded (`reading.labels`), and else by its code. Names of a
language are read once a process: `docs/developers/statistics-data.md` has what that costs.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from babel import Locale

from contactpoint.figures.places import ISO, is_country, is_group, place
from contactpoint.figures.telling.words import Words, words
from contactpoint.glossary.collation import Key, sort_key
from contactpoint.statistics.configured import read_data

COUNTRIES: Final = frozenset({"geo", "citizen", "c_dest"})
"""Dimensions whose codes are mostly countries."""
_FIRST: Final = ("EU27_2020", "EU28", "EU27_2007", "EU", "EU25", "EU15")
_AGES: Final = (
    (re.compile(r"Y([0-9]{1,3})-([0-9]{1,3})"), "between"),
    (re.compile(r"Y_LT([0-9]{1,3})"), "under"),
    (re.compile(r"Y_GE([0-9]{1,3})"), "from"),
    (re.compile(r"Y([0-9]{1,3})"), "one"),
)
_TEMPLATES: Final = frozenset(name for _pattern, name in _AGES)
Stored = Mapping[str, Mapping[str, str]]
"""Labels of codes by dimension, as `reading.labels` gives them."""


@dataclass(frozen=True)
class Names:
    """The names of one language."""

    language: str
    words: Words
    countries: Mapping[str, str]
    codes: Mapping[str, Mapping[str, Mapping[str, str]]]
    _keys: dict[str, tuple[int, Key]] = field(default_factory=dict)

    def place(self, code: str) -> str:
        """A country, or a group of them by its short name: “Belgium”, “EU-27 (from 2020)”."""
        short = self.words.places["names"].get(code)
        return str(short[self.language]) if short else self.code("geo", code)

    def code(self, dimension: str, code: str, stored: Stored | None = None) -> str:
        """A code of a dimension in full; the code itself where nobody has named it."""
        known = self._own(dimension, code)
        if known is None and dimension == "age":
            known = self._age(code)
        if known is None and dimension in COUNTRIES:
            known = self._own("geo", code) or self._country(code)
        if known is None and stored is not None:
            known = stored.get(dimension, {}).get(code)
        return known or code

    def dimension(self, name: str) -> str:
        """What a dimension is called."""
        return self._own("dimensions", name) or name

    def in_order(self, codes: Iterable[str]) -> list[str]:
        """Places as readers look for them: the EU first, other groups, then countries by name."""
        return sorted(codes, key=self._key)

    def _own(self, dimension: str, code: str) -> str | None:
        said = self.codes.get(dimension, {}).get(code)
        is_name = said is not None and not (dimension == "age" and code in _TEMPLATES)
        return said[self.language] if said is not None and is_name else None

    def _country(self, code: str) -> str | None:
        return self.countries.get(ISO.get(place(code), code)) if is_country(code) else None

    def _age(self, code: str) -> str | None:
        for pattern, template in _AGES:
            if match := pattern.fullmatch(code):
                years = [int(one) for one in match.groups()]
                return self.codes["age"][template][self.language].format(*years)
        return None

    def _key(self, code: str) -> tuple[int, Key]:
        if code not in self._keys:
            rank = _FIRST.index(code) if code in _FIRST else len(_FIRST) + (not is_group(code))
            self._keys[code] = (rank, sort_key(self.place(code), self.language))
        return self._keys[code]


@cache
def names(language: str) -> Names:
    """The names of a language that figures are told in. Raises `FiguresError` for another."""
    said = words(language)
    countries = {
        code: str(name)
        for code, name in Locale.parse(language).territories.items()
        if is_country(code)
    }
    return Names(language, said, countries, read_data("codes"))
