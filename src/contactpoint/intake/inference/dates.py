"""Dates in words, in the languages of the listings; month names are Unicode's (CLDR)."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from babel import Locale, UnknownLocaleError

_EARLIEST: Final = 1950
_LATEST: Final = 2100
_YEARLY: Final[dict[str, tuple[str, ...]]] = {
    "en": ("every year", "each year", "annually", "yearly"),
    "fr": ("chaque année", "tous les ans", "annuellement"),
    "nl": ("elk jaar", "ieder jaar", "jaarlijks"),
    "de": ("jedes Jahr", "jährlich", "alljährlich"),
}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text, as exact as the text has it: `day` or `year` may be missing, not both."""

    start: int
    end: int
    text: str
    month: int
    day: int | None = None
    year: int | None = None

    @property
    def date(self) -> datetime.date | None:
        """The day, where the text names day, month and year."""
        if self.day is None or self.year is None:
            return None
        return datetime.date(self.year, self.month, self.day)

    def agrees(self, day: datetime.date) -> bool:
        """Whether `day` is what the mention may mean."""
        return (
            self.month == day.month
            and self.day in (None, day.day)
            and self.year in (None, day.year)
        )


class _Grammar(NamedTuple):
    pattern: re.Pattern[str]
    months: dict[str, int]


@cache
def _grammar(language: str) -> _Grammar:
    months: dict[str, int] = {}
    for code in dict.fromkeys([language, "en"]):
        try:
            locale = Locale.parse(code, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        for width in ("wide", "abbreviated"):
            for number, name in locale.months["format"][width].items():
                if len(name) > 2:
                    months.setdefault(name.rstrip("."), number)
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    day = r"(?P<d{0}>[0-3]?\d)(?:st|nd|rd|th|er|ste|de|e|\.)?"
    month = rf"(?P<m{{0}}>{names})\.?"
    year = r"(?P<y{0}>(?:19|20)\d\d)"
    return _Grammar(
        re.compile(
            r"(?<![\w.,/-])(?:"
            + rf"{day} (?:of )?{month}(?:,? {year})?".format("1")
            + "|"
            + rf"{month} {day}(?!\w),? {year}".format("2")
            + "|"
            + rf"{month} {year}".format("3")
            + r"|(?P<y4>(?:19|20)\d\d)-(?P<m4>[01]\d)-(?P<d4>[0-3]\d)"
            + r"|(?P<d5>[0-3]?\d)[/.](?P<m5>[01]?\d)[/.](?P<y5>(?:19|20)\d\d)"
            + r")(?!\w)"
        ),
        months,
    )


def mentions(text: str, language: str) -> list[DateMention]:
    """All dates in `text`, in order; what is no date of the calendar is left out."""
    return list(_mentions(text, language))


def _mentions(text: str, language: str) -> Iterator[DateMention]:
    grammar = _grammar(language)
    for match in grammar.pattern.finditer(text):
        found = match.groupdict()
        which = next(number for number in "12345" if found.get(f"m{number}"))
        name, day, year = (found.get(f"{letter}{which}") for letter in "mdy")
        month = grammar.months.get(name or "") or int(name or 0)
        mention = DateMention(
            match.start(),
            match.end(),
            match.group(),
            month,
            int(day) if day else None,
            int(year) if year else None,
        )
        if _is_possible(mention):
            yield mention


def _is_possible(mention: DateMention) -> bool:
    # A day without its year may be the 29th of February.
    try:
        datetime.date(mention.year or 2000, mention.month, mention.day or 1)
    except ValueError:
        return False
    return mention.year is None or _EARLIEST <= mention.year <= _LATEST


def is_yearly(text: str, mention: DateMention, language: str) -> bool:
    """Whether the mention is a day that comes round each year: “every year on 20 June”."""
    if mention.year is not None:
        return False
    words = "|".join(_YEARLY.get(language, ()) + _YEARLY["en"])
    around = text[max(0, mention.start - 40) : mention.end + 25]
    return re.search(rf"\b(?:{words})\b", around, re.IGNORECASE) is not None


def parse(text: str, language: str) -> datetime.date | None:
    """The day that `text` as a whole names, or `None`."""
    words = " ".join(text.split())
    for mention in _mentions(words, language):
        if mention.start == 0 and mention.end == len(words):
            return mention.date
    return None
