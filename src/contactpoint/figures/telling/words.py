"""The words of a language: templates from `data/sentences`, numbers, months and days from CLDR."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from babel import Locale
from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

from contactpoint.figures.datasets import Kind, read_data
from contactpoint.figures.errors import FiguresError
from contactpoint.figures.periods import Period
from contactpoint.figures.places import ISO, place
from contactpoint.figures.vintages import Vintage

LANGUAGES: Final = ("en", "fr", "nl", "de")
_WHOLE: Final = 10
"""From here on a rate is told without decimals."""


@dataclass(frozen=True)
class Words:
    """How one language says things."""

    language: str
    said: Mapping[str, Any]
    places: Mapping[str, Any]

    @property
    def locale(self) -> Locale:
        """For numbers and dates."""
        return Locale.parse(self.said["locale"])

    def say(self, part: str, key: str = "", /, **words: object) -> str:
        """The template under `part` (and `key` in it), filled."""
        template: str = self.said[part][key] if key else self.said[part]
        return template.format(**words)

    def number(self, value: float) -> str:
        """A count whole, a small rate with one decimal: `151,000`, `151 000`, `151.000`."""
        whole = float(value).is_integer() or abs(value) >= _WHOLE
        return str(format_decimal(round(value, 0 if whole else 1), locale=self.locale))

    def percent(self, whole: int) -> str:
        """`3 %`, `3%`: with the space that the language puts there. The sign is left to words."""
        return self.say("percent", number=format_decimal(abs(whole), locale=self.locale))

    def period(self, way: str, when: Period, kind: Kind = "flow") -> str:
        """A period: `way` is `in` (with preposition) or `name`."""
        key = when.frequency if when.frequency in "AM" else f"{when.frequency}{when.number}"
        last = when.last_month
        return self.say(
            way, key if kind == "flow" else kind, year=when.year, month=self._month(last.month)
        )

    def has_place(self, geo: str) -> bool:
        """Whether `where` can say it."""
        return place(geo) in self.places

    def where(self, geo: str) -> str:
        """A place with its preposition. Raises `FiguresError` for one that has none here."""
        if place(geo) not in self.places:
            raise FiguresError(
                f"How one says that something is in {geo!r} isn't known. Add it to places.toml."
            )
        return str(self.places[place(geo)][self.language])

    def place(self, geo: str) -> str:
        """The name of a place alone; its code where nothing names it."""
        named = self.places["names"].get(geo)
        if named:
            return str(named[self.language])
        code = ISO.get(place(geo), place(geo))
        return str(self.locale.territories.get(code, geo))

    def day(self, when: date) -> str:
        """A date in words: `17 June 2019`."""
        said = format_date(when, "long", locale=self.locale)
        first = self.said.get("first_day", "")
        return f"{first}{said[1:]}" if first and when.day == 1 else said

    def vintage(self, when: Vintage, part: str = "") -> str:
        """A day or a month; with `part` in its template `day` or `month` there."""
        said = self.day(when.first) if when.is_day else self.month(when.first)
        if not part:
            return said
        return self.say(part, "day", day=said) if when.is_day else self.say(
            part, "month", month=said
        )  # fmt: skip

    def month(self, when: date) -> str:
        """A month in words: `June 2019`."""
        return f"{self._month(when.month)} {when.year}"

    def _month(self, number: int) -> str:
        return str(get_month_names("wide", locale=self.locale)[number])


@cache
def words(language: str) -> Words:
    """The words of a language of `LANGUAGES`. Raises `FiguresError` for another."""
    if language not in LANGUAGES:
        raise FiguresError(f"Figures aren't told in {language!r}, only in {', '.join(LANGUAGES)}.")
    source = files("contactpoint.figures") / "data" / "sentences" / f"{language}.toml"
    return Words(language, tomllib.loads(source.read_text(encoding="utf-8")), read_data("places"))


def call(name: str, names: Mapping[str, str]) -> None:
    """Give an indicator that this library doesn't know, of a national table, what it is called in
    each language; in English where one has no name. Raises `FiguresError` for one that it knows."""
    for language in LANGUAGES:
        said = words(language).said
        if name in said["sentences"]:
            raise FiguresError(f"{name!r} is an indicator of this library. Choose another name.")
        said["labels"][name] = names.get(language) or names.get("en") or name
