"""What an address asks the search for, and the addresses of what might be asked instead.

`theme=a&theme=b` asks for any of both, `theme.all=a&theme.all=b` for each, `theme.not=a` for what
has it not, and so for every facet. A name that stands nowhere in this module is passed over.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, NamedTuple, cast
from urllib.parse import quote

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from contactpoint.kit.feeds.unfiltered import LONGEST_VALUE, MOST_VALUES
from contactpoint.kit.pagination import PARAMETER
from contactpoint.search.asking.results import Selection
from contactpoint.search.documents import FACETS
from contactpoint.search.engines.base import Sort
from contactpoint.search.engines.queries import Narrowing
from contactpoint.search.showing.limits import Beyond, cut, too_long, too_many
from contactpoint.search.showing.naming import Names, known_languages

Mode = Literal["any", "all", "none"]
SUFFIXES: Final[Mapping[Mode, str]] = {"any": "", "all": ".all", "none": ".not"}
SORTS: Final[tuple[Sort, ...]] = ("fit", "newest", "oldest")
MOST_PAGES: Final = 500
"""Who wants what comes after asks with more words: an engine pays for each page before."""
_UNWRITABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that are no part of a word, and that feeds and databases refuse."""
_DAY: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)


class Choice(NamedTuple):
    """A value of a facet, and whether it is one of several, needed, or unwanted."""

    facet: str
    mode: Mode
    value: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks for, all of it known; `since` and `until` are days as written."""

    text: str
    choices: tuple[Choice, ...] = ()
    since: str = ""
    until: str = ""
    sort: Sort = "fit"
    off: tuple[str, ...] = ()
    narrower: bool = False
    languages: tuple[str, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        """Whether less than everything that answers is wanted."""
        return bool(self.choices or self.since or self.until or self.languages)

    def of(self, facet: str, *modes: Mode) -> list[str]:
        """The values chosen of a facet, in these modes or in any."""
        wanted = modes or tuple(SUFFIXES)
        return [one.value for one in self.choices if one.facet == facet and one.mode in wanted]

    def mode_of(self, facet: str) -> Mode:
        """How a further value of the facet joins those that are chosen."""
        return "all" if self.of(facet, "all") and not self.of(facet, "any") else "any"

    def adding(self, facet: str, mode: Mode, value: str, instead: Iterable[str] = ()) -> "Asked":
        """The same with a value, which stands in the place of itself and of `instead`."""
        gone = {value, *instead}
        kept = [one for one in self.choices if one.facet != facet or one.value not in gone]
        return replace(self, choices=_ordered([*kept, Choice(facet, mode, value)]))

    def without(self, facet: str, value: str) -> "Asked":
        """The same without a value, however it was chosen."""
        kept = [one for one in self.choices if (one.facet, one.value) != (facet, value)]
        return replace(self, choices=tuple(kept))

    def joined(self, facet: str, mode: Mode) -> "Asked":
        """The same with all wanted values of a facet joined by `mode`."""
        moved = [
            one._replace(mode=mode) if one.facet == facet and one.mode != "none" else one
            for one in self.choices
        ]
        return replace(self, choices=_ordered(moved))

    def switched(self, concept: str) -> "Asked":
        """The same with a recognised concept switched off, or on again."""
        kept = [slug for slug in self.off if slug != concept]
        return replace(self, off=tuple(kept) if concept in self.off else (*self.off, concept))

    def sorted(self, sort: Sort) -> "Asked":
        """The same in another order."""
        return replace(self, sort=sort)

    def everything(self) -> "Asked":
        """The same question, narrowed by nothing."""
        return Asked(self.text, sort=self.sort, off=self.off, narrower=self.narrower)

    def parameters(self) -> list[tuple[str, str]]:
        """What stands in the address, in a fixed order; the page of the list is no part of it."""
        found = [("q", self.text)] if self.text else []
        found += [("in", code) for code in self.languages]
        found += [(one.facet + SUFFIXES[one.mode], one.value) for one in self.choices]
        found += [("from", self.since)] if self.since else []
        found += [("to", self.until)] if self.until else []
        found += [("sort", self.sort)] if self.sort != "fit" else []
        found += [("off", slug) for slug in self.off]
        return found + ([("narrower", "1")] if self.narrower else [])

    def query(self) -> str:
        """The part of the address behind the question mark."""
        return "&".join(f"{name}={quote(value)}" for name, value in self.parameters())

    def selection(self) -> Selection:
        """The same for whoever answers."""
        chosen = dict.fromkeys(one.facet for one in self.choices)
        return Selection(
            narrowings={
                facet: Narrowing(
                    any=self.of(facet, "any"),
                    all=self.of(facet, "all"),
                    none=self.of(facet, "none"),
                )
                for facet in chosen
            },
            since=day(self.since),
            until=day(self.until, last=True),
            sort=self.sort,
            off=frozenset(self.off),
            narrower=self.narrower,
            languages=self.languages,
        )


class Reading(NamedTuple):
    """What an address asks for; `ignored` are names of parameters with values that nobody knows,
    `beyond` what was more than is read, and `remarks` sentences for the reader about what else was
    not taken as it stands."""

    asked: Asked
    ignored: list[tuple[str, str]]
    remarks: list[str]
    beyond: list[Beyond]


def read(query: QueryDict, names: Names) -> Reading:
    """Take an address apart; one query at most, where an institution or a country is chosen."""
    ignored: list[tuple[str, str]] = []
    remarks: list[str] = []
    whole = " ".join(_UNWRITABLE.sub(" ", query.get("q", "")).split())
    text = cut(whole)
    beyond = [too_long(whole)] if text != whole else []
    beyond += too_many(query, tuple(SUFFIXES.values()))
    given = [
        Choice(facet, mode, value)
        for facet in FACETS
        for mode, suffix in SUFFIXES.items()
        for value in _values(query, facet + suffix)
    ]
    names.learn((one.facet, one.value) for one in given if _is_plain(one.value))
    choices: dict[tuple[str, str], Choice] = {}
    for one in given:
        if _is_plain(one.value) and names.knows(one.facet, one.value):
            kept = choices.setdefault((one.facet, one.value), one)
            if one.mode == "none" and kept.mode != "none":
                label = names.label(one.facet, one.value)
                remarks.append(
                    _("“%(value)s” was both wanted and unwanted; it counts as wanted.")
                    % {"value": label}
                )
            elif one.mode == "all":
                choices[one.facet, one.value] = one
        else:
            ignored.append((one.facet, _printable(one.value)))
    since = _one(query, "from", lambda value: day(value) is not None, ignored)
    until = _one(query, "to", lambda value: day(value) is not None, ignored)
    if _is_turned_round(since, until):
        remarks.append(_turned_round(since, until))
    return Reading(
        Asked(
            text=text,
            choices=_ordered(choices.values()),
            since=since,
            until=until,
            sort=cast(Sort, _one(query, "sort", lambda value: value in SORTS, ignored) or "fit"),
            off=_several(query, "off", names.recognises, ignored),
            narrower=_one(query, "narrower", lambda value: value == "1", ignored) == "1",
            languages=_several(query, "in", known_languages().__contains__, ignored),
        ),
        ignored,
        remarks,
        beyond,
    )


def page_number(query: QueryDict) -> int:
    """The page that a reader asks for, from 1; what can't be a number of a page is a 404."""
    given = query.get(PARAMETER, "1")
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < 7 else 0
    if not 1 <= number <= MOST_PAGES:
        raise Http404
    return number


def day(text: str, *, last: bool = False) -> date | None:
    """`2024-05-17`, or the first or `last` day of `2024-05` or `2024`; None if it is no day."""
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    year = int(match[1])
    month = int(match[2]) if match[2] else (12 if last else 1)
    if not (year and 1 <= month <= 12):
        return None
    length = monthrange(year, month)[1]
    number = int(match[3]) if match[3] else (length if last else 1)
    return date(year, month, number) if 1 <= number <= length else None


def _ordered(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Facets and modes in one order; values of a facet in the reader's."""
    modes = list(SUFFIXES)
    return tuple(sorted(choices, key=lambda one: (FACETS.index(one.facet), modes.index(one.mode))))


def _values(query: QueryDict, name: str) -> list[str]:
    return list(dict.fromkeys(filter(None, query.getlist(name))))[:MOST_VALUES]


def _is_turned_round(since: str, until: str) -> bool:
    first, last = day(since), day(until, last=True)
    return first is not None and last is not None and first > last


def _turned_round(since: str, until: str) -> str:
    sentence = _("The period ends (%(until)s) before it begins (%(since)s): nothing lies in it.")
    return sentence % {"since": since, "until": until}


def _printable(value: str) -> str:
    """A value as it may be told to a reader."""
    return "".join(sign if sign.isprintable() else "�" for sign in value[:LONGEST_VALUE])


def _is_plain(value: str) -> bool:
    return len(value) <= LONGEST_VALUE and value.isprintable()


def _several(
    query: QueryDict, name: str, is_known: Callable[[str], bool], ignored: list[tuple[str, str]]
) -> tuple[str, ...]:
    found = _values(query, name)
    ignored += [(name, _printable(value)) for value in found if not is_known(value)]
    return tuple(value for value in found if is_known(value))


def _one(
    query: QueryDict, name: str, is_known: Callable[[str], bool], ignored: list[tuple[str, str]]
) -> str:
    value = query.get(name, "")
    if not value or is_known(value):
        return value
    ignored.append((name, _printable(value)))
    return ""
