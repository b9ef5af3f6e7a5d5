"""Writes a text as a voice has to say it: numbers, dates, times, phone numbers, abbreviations.

The computer's voices read plain numbers right in every language that they have. What they get wrong
is written out here; `speech/<language>.toml` has the words of each language.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from babel.dates import get_month_names
from babel.plural import to_python

FOLDER: Final = Path(__file__).parent / "speech"
_UNSAID: Final = re.compile(r"[\u00ad\u0640\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\[\]]")
"""Marks of direction and of breaks, the Arabic line that only stretches; and brackets, since
between two of them a voice takes letters for sounds."""
_DIGITS: Final = {
    **{0x660 + number: str(number) for number in range(10)},
    **{0x6F0 + number: str(number) for number in range(10)},
    **dict.fromkeys((0xA0, 0x202F, 0x2009), " "),
    0x66A: "%",
}
_DASH: Final = r"\s?[-–—]\s?"
_NUMERIC: Final = re.compile(
    r"(?<![\d./-])(?:(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"
    r"|(?P<day>\d{1,2})(?P<s>[./-])(?P<month>\d{1,2})(?P=s)(?P<year>\d{4}))(?![\d/-])"
)
_PHONE: Final = re.compile(r"(?<![\w.,])(?:\+|0)\d?(?:[ ./()-]{0,2}\d){5,15}(?!\w)")
_SHORT: Final = re.compile(r"(?<![\w.,+])(?:112|116 ?\d{3})(?![\w%])")
"""The numbers that are the same in all of Europe."""
_SLAVIC: Final = to_python(
    {"one": "n % 10 = 1 and n % 100 != 11",
     "few": "n % 10 = 2..4 and n % 100 != 12..14"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Speech:
    """What a language needs. `days` are ordinals, `first` only that of the first day.

    Where the hour is an ordinal `hours_said` has it for 0 to 24; where it is declined these are its
    stems, and `hour_cases` the endings (plain, and after a soft stem) and the word behind, by what
    stands before, "" for all else. `ones` and `tens` are for minutes of another gender than numbers
    are read in. Of `percents` the last is for a fraction.
    """

    voice: str
    plus: str
    to: str
    percent: str
    euro: str
    date: str
    thousands: str
    hour: str = ""
    time: str = ""
    hours: tuple[str, ...] = ()
    minutes: tuple[str, ...] = ()
    hours_said: tuple[str, ...] = ()
    hour_cases: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    soft: tuple[int, ...] = ()
    ones: tuple[str, ...] = ()
    tens: tuple[str, ...] = ()
    percents: tuple[str, ...] = ()
    zero: str = ""
    before: str = ""
    after: str = ""
    first: str = ""
    days: tuple[str, ...] = ()
    suffixes: bool = False
    millennium: str = ""
    written_year: str = ""
    said: Mapping[str, str] = field(default_factory=dict)


@cache
def speech(language: str) -> Speech:
    """The file of a language that has a voice."""
    with (FOLDER / f"{language}.toml").open("rb") as file:
        return Speech(**tomllib.load(file))


def read_out(text: str, language: str) -> str:
    """The text as it is given to the voice of the language."""
    return _Reading(language, speech(language)).of(text)


class _Reading:
    def __init__(self, language: str, own: Speech) -> None:
        self.own = own
        self.months = get_month_names("wide", locale=language)

    def of(self, text: str) -> str:
        text = _UNSAID.sub("", text.translate(_DIGITS))
        text = self._abbreviations(text)
        text = _NUMERIC.sub(self._numeric, text)
        text = self._written(text)
        text = self._times(text)
        text = _SHORT.sub(lambda found: self._digits(found[0]), text)
        text = _PHONE.sub(lambda found: self._digits(found[0]), text)
        return self._numbers(text)

    def _abbreviations(self, text: str) -> str:
        for written, said in self.own.said.items():
            letters = re.escape(written).replace(r"\ ", r"\s?")
            text = re.sub(rf"(?<![\w.]){letters}(?!\w)", said, text)
            if written[0].islower():  # at the beginning of a sentence
                letters = letters[0].upper() + letters[1:]
                text = re.sub(rf"(?<![\w.]){letters}(?!\w)", said[0].upper() + said[1:], text)
        return text

    def _numeric(self, found: re.Match[str]) -> str:
        year = int(found["y"] or found["year"])
        month = int(found["m"] or found["month"])
        day = int(found["d"] or found["day"])
        try:
            date(year, month, day)
        except ValueError:
            return found[0]
        # A year that is none of this calendar is one of the Persian: its months have other names.
        return self._date(day, month, year) if year > 1800 else found[0]

    def _written(self, text: str) -> str:
        """Days before the name of a month, where the voice needs more than the number."""
        own = self.own
        if not (own.days or own.first or own.suffixes):
            return text
        names = {name.lower(): number for number, name in self.months.items()}
        after = rf"(?:\s(?:{own.written_year})(?!\w))?" if own.written_year else ""
        of = r"(?:de\s)?" if " de " in own.date else ""
        return re.sub(
            rf"(?<!\w)(\d{{1,2}})(?:\.|er|st|nd|rd|th)?\s{of}({'|'.join(names)})"
            rf"(?!\w)(?:\s{of}(\d{{4}})(?!\w){after})?",
            lambda found: (
                self._date(
                    int(found[1]), names[found[2].lower()], int(found[3]) if found[3] else None
                )
                if 1 <= int(found[1]) <= 31
                else found[0]
            ),
            text,
            flags=re.IGNORECASE,
        )

    def _date(self, day: int, month: int, year: int | None) -> str:
        pattern = self.own.date if year else self.own.date[: self.own.date.index("{month}") + 7]
        return pattern.format(day=self._day(day), month=self.months[month], year=self._year(year))

    def _day(self, day: int) -> str:
        own = self.own
        if own.days:
            return own.days[day - 1]
        if own.suffixes:
            last = 0 if 10 < day < 14 else day % 10
            return f"{day}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"
        return own.first if own.first and day == 1 else str(day)

    def _year(self, year: int | None) -> str:
        own = self.own
        if year and own.millennium and 2000 < year <= 2000 + len(own.days):
            return own.millennium.format(year=own.days[year - 2001])
        return str(year or "")

    def _times(self, text: str) -> str:
        own = self.own
        text = re.sub(rf"(?<=\d){_DASH}(?=\d{{1,2}}:\d\d)", f" {own.to} ", text)
        before = rf"(?:(?<!\w)(?:{own.before})\s)?" if own.before else ""
        after = rf"(?:\s?(?:{own.after})(?!\w))" if own.after else ""
        text = re.sub(
            rf"{before}(?<![\d.:])([01]?\d|2[0-4]):([0-5]\d)(?![\d:]){after}{'?' if after else ''}",
            self._time,
            text,
        )
        if not after:
            return text
        # With its word a time may also be written 14.30 Uhr or 14h30.
        text = re.sub(rf"(?<![\d.:])([01]?\d|2[0-4])\.([0-5]\d){after}", self._time, text)
        return re.sub(r"(?<![\d.:])([01]?\d|2[0-4])\s?h\s?([0-5]\d)(?!\w)", self._time, text)

    def _time(self, found: re.Match[str]) -> str:
        own, hour, minute = self.own, int(found[1]), int(found[2])
        if own.minutes:
            parts = [
                self._declined(found, hour)
                if own.hour_cases
                else f"{hour} {_counted(hour, own.hours)}"
            ]
            parts += [f"{self._ones(minute)} {_counted(minute, own.minutes)}"] if minute else []
            return " ".join(parts)
        named = own.hours_said[hour] if own.hours_said else hour
        said = f"{own.zero} {minute}" if own.zero and minute < 10 else minute
        return (own.time if minute else own.hour).format(hour=named, minute=said)

    def _declined(self, found: re.Match[str], hour: int) -> str:
        own = self.own
        before = re.search(r"(\w+)\s$", found.string[: found.start()])
        word = before[1].lower() if before else ""
        hard, soft, behind = own.hour_cases.get(word, own.hour_cases[""])
        return f"{own.hours_said[hour]}{soft if hour in own.soft else hard} {behind}"

    def _ones(self, number: int) -> str:
        """One and two in the gender of what is counted."""
        own, ten, one = self.own, number // 10, number % 10
        if not own.ones or one not in (1, 2) or ten == 1:
            return str(number)
        return " ".join([*([own.tens[ten - 2]] if ten else []), own.ones[one - 1]])

    def _digits(self, number: str) -> str:
        """A phone number: digit by digit, with a rest between what is written apart."""
        groups = [" ".join(group) for group in re.findall(r"\d+", number)]
        said = ", ".join(groups)
        return f"{self.own.plus} {said}" if number.startswith("+") else said

    def _numbers(self, text: str) -> str:
        own = self.own
        text = re.sub(rf"(?<![\w,])(\d+){_DASH}(\d+)(?![\w])", rf"\1 {own.to} \2", text)
        apart = re.escape(own.thousands)
        text = re.sub(
            rf"(?<![\d.,])(?<!\d )([1-9]\d{{0,2}}(?:(?:{apart}| )\d{{3}})+)(?![\d])(?!,\d{{3}})",
            lambda found: re.sub(r"\D", "", found[1]),
            text,
        )
        number = r"(\d+(?:[.,]\d+)?)"
        if own.percents:
            text = re.sub(rf"{number}\s?%(?!\w)", self._percent, text)
        for sign, pattern in (("%", own.percent), ("€|EUR", own.euro)):
            said = pattern.format(number=r"\1")
            text = re.sub(rf"{number}\s?(?:{sign})(?!\w)", said, text)
            text = re.sub(rf"(?<!\w)(?:{sign})\s?{number}", said, text)
        return text

    def _percent(self, found: re.Match[str]) -> str:
        forms = self.own.percents
        said = _counted(int(found[1]), forms) if found[1].isdecimal() else forms[-1]
        return f"{found[1]} {said}"


def _counted(number: int, forms: tuple[str, ...]) -> str:
    return forms[{"one": 0, "few": 1}.get(_SLAVIC(number), 2)]
