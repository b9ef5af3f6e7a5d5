"""What a reader or a program asks of an indicator, as it stands in the address.

?by=quarter&since=2017&until=2019-Q2&place=be&place=de&known=2019-07-01&eu=EU28
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any, Final, Self, TypeVar

from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contactpoint.figures import FiguresError, Period, period
from contactpoint.figures.datasets import read_data
from contactpoint.figures.periods import IN_A_YEAR, Frequency
from contactpoint.figures.places import place
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.statistics.addresses import comparison_url, indicator_url
from contactpoint.statistics.configured import Shown, shown
from contactpoint.statistics.packing import at_ordinal, ordinal
from contactpoint.statistics.reading import EU

_T = TypeVar("_T")

WORDS: Final[dict[str, Frequency]] = {"month": "M", "quarter": "Q", "year": "A"}
"""The kinds of period, as addresses name them."""
WORD_OF: Final[dict[Frequency, str]] = {frequency: word for word, frequency in WORDS.items()}
ANY_EU: Final = "EU"
"""As a place: whichever group of countries is the EU in these figures."""


class ChoiceError(FiguresError):
    """Something is asked that there isn't. The message is for whoever asked."""


class UnknownIndicatorError(ChoiceError):
    """There is no indicator of that name."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One indicator, and which of its figures. Without `places` all are meant, without `since` and
    `until` all periods, without `known` what is known now, without `eu` the group of countries that
    has figures."""

    shown: Shown
    frequency: Frequency
    since: Period | None = None
    until: Period | None = None
    places: tuple[str, ...] = ()
    known: date | None = None
    eu: str = ""

    @classmethod
    def read(cls, name: str, query: QueryDict) -> Self:
        """As an address says it. Raises `ChoiceError` for the first thing that can't be."""
        made, problems = cls.mended(name, query)
        if problems:
            raise ChoiceError(problems[0])
        return made

    @classmethod
    def mended(cls, name: str, query: QueryDict) -> tuple[Self, tuple[str, ...]]:
        """The same for readers: what can't be is left out, and said. Raises `UnknownIndicatorError`
        where there is no such indicator."""
        if name not in shown():
            raise UnknownIndicatorError(
                _("There is no indicator “%(name)s”. There are: %(names)s.")
                % {"name": name[:60], "names": ", ".join(shown())}
            )
        one = shown()[name]
        asked = _Asked(query)
        frequency = asked.told("by", lambda said: _frequency(one, said)) or usual(one)
        since = asked.told("since", period)
        until = asked.told("until", period)
        if since and until and _months(since)[0] > _months(until)[1]:
            asked.problems.append(
                _("%(since)s is later than %(until)s.") % {"since": since.code, "until": until.code}
            )
            since = until = None
        made = cls(
            one,
            frequency,
            _within(since, frequency, at=0),
            _within(until, frequency, at=1),
            asked.places(),
            asked.told("known", _day),
            asked.told("eu", _group) or "",
        )
        return made, tuple(asked.problems)

    @classmethod
    def compared(cls, query: QueryDict) -> tuple[Self, tuple[str, ...]]:
        """What a comparison of countries asks for: `indicator` names what, the first where none is
        named. What can't be is left out, and said."""
        name = query.get("indicator", "").strip()
        try:
            return cls.mended(name or next(iter(shown())), query)
        except UnknownIndicatorError as error:
            made, problems = cls.mended(next(iter(shown())), query)
            return made, (str(error), *problems)

    @property
    def language(self) -> str:
        """In which it is read now."""
        return get_language() or FALLBACK_LANGUAGE

    def with_(self, **changes: Any) -> Self:
        """The same but for what is given."""
        return replace(self, **changes)

    def query(self, **more: str) -> str:
        """The part of the address after the question mark, always in the same order."""
        asked = QueryDict(mutable=True)
        if self.frequency != usual(self.shown):
            asked["by"] = WORD_OF[self.frequency]
        if self.since:
            asked["since"] = self.since.code
        if self.until:
            asked["until"] = self.until.code
        if self.places:
            asked.setlist("place", [one.lower() for one in self.places])
        if self.known:
            asked["known"] = self.known.isoformat()
        if self.eu:
            asked["eu"] = self.eu
        asked.update(more)
        return asked.urlencode()

    def address(self, data: str = "", language: str = "") -> str:
        """Of the page, or of the figures in a format of `data`."""
        query = self.query()
        url = indicator_url(self.shown.name, language or self.language, data)
        return f"{url}?{query}" if query else url

    def comparison_address(self, data: str = "", language: str = "", **more: str) -> str:
        """Of the comparison of the places chosen, or of its figures in a format of `data`."""
        query = self.query(**more)
        named = urlencode({"indicator": self.shown.name})
        url = comparison_url(language or self.language, data)
        return f"{url}?{named}&{query}" if query else f"{url}?{named}"


def frequencies(one: Shown) -> tuple[Frequency, ...]:
    """The kinds of period that an indicator is told for, the shortest first."""
    return tuple(
        frequency
        for frequency in WORDS.values()
        if (found := one.counted(Period(2000, 1, frequency))) and found[1].frequency == frequency
    )


def parts_of(choice: Choice) -> list[Choice]:
    """What the indicator of a choice is made of, by year, as known on the same day."""
    if choice.frequency != "A":
        return []
    return [
        Choice(
            Shown(part.name, choice.shown.concept, part.name, {"A": part}),
            "A", choice.since, choice.until, (), choice.known, choice.eu,
        )
        for part in choice.shown.parts
    ]  # fmt: skip


def usual(one: Shown) -> Frequency:
    """The kind of period that is shown where none is asked for: quarters before the rest."""
    found = frequencies(one)
    return "Q" if "Q" in found else found[0]


@cache
def known_places() -> frozenset[str]:
    """The codes of all countries and groups of countries that can be named."""
    return frozenset(read_data("places")) - {"names"}


@dataclass
class _Asked:
    """Reads a query part by part, and keeps what is wrong with it."""

    query: QueryDict
    problems: list[str] = field(default_factory=list)

    def told(self, name: str, reads: Callable[[str], _T]) -> _T | None:
        said = self.query.get(name, "").strip()
        if not said:
            return None
        try:
            return reads(said)
        except ChoiceError as error:
            self.problems.append(str(error))
        except FiguresError:
            self.problems.append(
                _("“%(said)s” is no period. Write one as 2018, 2018-Q4 or 2018-12.")
                % {"said": said[:40]}
            )
        return None

    def places(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for said in self.query.getlist("place"):
            code = place(said.strip().upper())
            if code in known_places():
                found[code] = None
            elif code:
                self.problems.append(
                    _("No country has the code “%(said)s”. Write it as Eurostat does: be, de, el.")
                    % {"said": said[:40]}
                )
        return tuple(found)


def _frequency(one: Shown, said: str) -> Frequency:
    found = WORDS.get(said)
    if found not in frequencies(one):
        words = ", ".join(WORD_OF[each] for each in frequencies(one))
        raise ChoiceError(
            _("It isn't counted by “%(said)s”. There is: %(words)s.")
            % {"said": said[:40], "words": words}
        )
    return found


def _day(said: str) -> date:
    try:
        day = date.fromisoformat(said)
    except ValueError as error:
        raise ChoiceError(
            _("“%(said)s” is no day. Write it as 2019-06-17.") % {"said": said[:40]}
        ) from error
    if day > timezone.localdate():
        raise ChoiceError(_("What will be known on %(day)s can't be told yet.") % {"day": day})
    return day


def _group(said: str) -> str:
    if said.upper() not in EU:
        raise ChoiceError(
            _("“%(said)s” is no group of countries. There are: %(groups)s.")
            % {"said": said[:40], "groups": ", ".join(EU)}
        )
    return said.upper()


def _months(when: Period) -> tuple[int, int]:
    """The numbers of the first and last month of a period."""
    return ordinal(Period(when.year, when.month, "M")), ordinal(when.last_month)


def _within(when: Period | None, frequency: Frequency, at: int) -> Period | None:
    """The period of a kind that holds the first (0) or last (1) month of another."""
    if when is None:
        return None
    return at_ordinal(_months(when)[at] * IN_A_YEAR[frequency] // 12, frequency)
