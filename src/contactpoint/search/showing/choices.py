"""The choices beside the results: what each would leave, and the address that makes it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from contactpoint.glossary.naming import ThemeNode
from contactpoint.kit.days import in_words
from contactpoint.search.documents import FACETS
from contactpoint.search.showing.addresses import Asked
from contactpoint.search.showing.naming import PARAMETERS, Names

SHOWN: Final = 8
"""So many choices of a facet stand open; the rest stands behind "more"."""
MOST: Final = 24
MOST_BEYOND: Final = 2
"""So few more are shown with the others: opening a fold for them is no gain."""
SEVERAL: Final = frozenset({"theme", "concept", "institution", "country", "language"})
"""Facets of which a thing may have more than one value, so that all of them can be asked for."""
OPEN: Final = frozenset({"kind", "theme", "year", "language"})
Address = Callable[[Asked], str]
"""From what is asked to where it is answered."""


@dataclass(slots=True)
class Option:
    """A value: `url` takes it up, or leaves it where it is taken; `not_url` leaves out what has it.

    `mode` is how it is chosen, empty where it is not; `inner` says that it is part of what stands
    above it.
    """

    id: str
    label: str
    count: int
    url: str
    not_url: str = ""
    mode: str = ""
    inner: bool = False
    hue: int = 0


@dataclass(slots=True)
class Join:
    """How several chosen values are joined: any of them, or all."""

    label: str
    url: str
    current: bool


@dataclass(slots=True)
class Group:
    """A facet with its choices; `joins` only where there are several to join."""

    name: str
    label: str
    shown: list[Option] = field(default_factory=list)
    more: list[Option] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)

    @property
    def chosen(self) -> int:
        """How many of its values are chosen, in whatever way."""
        return sum(1 for option in (*self.shown, *self.more) if option.mode)

    @property
    def open(self) -> bool:
        """Whether its choices stand open from the start."""
        return self.name in OPEN or bool(self.chosen)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Something that narrows the results, and what is asked without it."""

    label: str
    without: Asked
    remove_url: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Makes the choices of one page; `to` knows the address of what might be asked instead."""

    asked: Asked
    names: Names
    to: Address

    def groups(self, facets: Mapping[str, Mapping[str, int]], total: int) -> list[Group]:
        """The facets that offer a choice; a query for names of institutions and countries."""
        self.names.learn(
            (facet, value) for facet in FACETS for value in _most(facets.get(facet, {}))
        )
        found = []
        for facet in FACETS:
            counts = facets.get(facet, {})
            values = self._values(facet, counts)
            is_idle = len(values) == 1 and not self.asked.of(facet)
            if not values or (is_idle and counts[values[0][0]] == total):
                continue
            group = Group(facet, str(PARAMETERS[facet]), joins=self._joins(facet))
            most = SHOWN if len(values) > SHOWN + MOST_BEYOND else len(values)
            for place, (value, above) in enumerate(values):
                option = self._option(facet, value, above, counts.get(value, 0))
                is_shown = place < most or option.mode or facet == "theme"
                (group.shown if is_shown else group.more).append(option)
            found.append(group)
        return found

    def chosen(self) -> list[Chosen]:
        """All that narrows the results, in the order of the address."""
        found = []
        for one in self.asked.choices:
            label = self.names.label(one.facet, one.value)
            text = _("not %(value)s") % {"value": label} if one.mode == "none" else label
            found.append(self._chosen(text, self.asked.without(one.facet, one.value)))
        if self.asked.since:
            found.append(self._chosen(_since(self.asked.since), replace(self.asked, since="")))
        if self.asked.until:
            found.append(self._chosen(_until(self.asked.until), replace(self.asked, until="")))
        for code in self.asked.languages:
            rest = tuple(other for other in self.asked.languages if other != code)
            text = _("texts in %(language)s") % {"language": self.names.spoken(code)}
            found.append(self._chosen(text, replace(self.asked, languages=rest)))
        return found

    def heading(self) -> str:
        """What the list is called where it stands by itself: the question, and what narrows it."""
        text = self.asked.text
        first = _("Search for “%(query)s”") % {"query": text} if text else _("What is new")
        return ", ".join([first, *(one.label for one in self.chosen())])

    def _chosen(self, label: str, without: Asked) -> Chosen:
        return Chosen(label, without, self.to(without))

    def _option(self, facet: str, value: str, above: str, count: int) -> Option:
        mode = next((one.mode for one in self.asked.choices if one[::2] == (facet, value)), "")
        theme = self.names.theme(value) if facet == "theme" and not above else None
        one = Option(
            id=f"choice-{facet}-{value}",
            label=self.names.label(facet, value),
            count=count,
            url="",
            mode=mode,
            inner=bool(above),
            hue=theme.hue if theme else 0,
        )
        if mode:
            one.url = self.to(self.asked.without(facet, value))
            return one
        # A theme holds all of its parts: a part that is chosen takes its place, and the other way.
        family = [above] if above else self._parts(value) if facet == "theme" else []
        instead = [other for other in family if other in self.asked.of(facet, "any", "all")]
        mode_of_facet = self.asked.mode_of(facet)
        one.url = self.to(self.asked.adding(facet, mode_of_facet, value, instead))
        one.not_url = self.to(self.asked.adding(facet, "none", value))
        return one

    def _joins(self, facet: str) -> list[Join]:
        asked = self.asked
        if facet not in SEVERAL or len(asked.of(facet, "any", "all")) < 2:
            return []
        any_url, all_url = (self.to(asked.joined(facet, mode)) for mode in ("any", "all"))
        return [
            Join(_("any of these"), any_url, not asked.of(facet, "all")),
            Join(_("all of these"), all_url, not asked.of(facet, "any")),
        ]

    def _values(self, facet: str, counts: Mapping[str, int]) -> list[tuple[str, str]]:
        """Values, each with what is above it: years from the newest, themes as in their tree, all
        else by use. What is chosen is always there."""
        taken = dict.fromkeys(self.asked.of(facet))
        if facet == "theme":
            return _themes(counts, taken, self.names.tree)
        if facet == "year":
            return [(value, "") for value in sorted({*counts, *taken}, reverse=True)[:MOST]]
        labels = {value: self.names.label(facet, value) for value in [*_most(counts), *taken]}
        ordered = sorted(
            labels, key=lambda value: (-counts.get(value, 0), labels[value].casefold(), value)
        )
        return [(value, "") for value in ordered]

    def _parts(self, slug: str) -> list[str]:
        return [
            child.theme.slug
            for node in self.names.tree
            if node.theme.slug == slug
            for child in node.children
        ]


def _since(written: str) -> str:
    """A day as a person writes it; a month or a year as it stands in the address."""
    if day := _in_words(written):
        return pgettext("a whole day", "from %(day)s") % {"day": day}
    return _("from %(day)s") % {"day": written}


def _until(written: str) -> str:
    if day := _in_words(written):
        return pgettext("a whole day", "until %(day)s") % {"day": day}
    return _("until %(day)s") % {"day": written}


def _in_words(written: str) -> str:
    try:
        return in_words(date.fromisoformat(written))
    except ValueError:
        return ""


def _most(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda value: (-counts[value], value))[:MOST]


def _themes(
    counts: Mapping[str, int], taken: Collection[str], tree: Sequence[ThemeNode]
) -> list[tuple[str, str]]:
    """Themes as in the tree, each with what is above it; parts only of those that are looked at."""
    tops = [node for node in tree if _is_there(node, counts, taken)]
    found = []
    for top in tops:
        found.append((top.theme.slug, ""))
        family = {top.theme.slug, *(child.theme.slug for child in top.children)}
        if len(tops) == 1 or not family.isdisjoint(taken):
            found += [
                (child.theme.slug, top.theme.slug)
                for child in top.children
                if child.theme.slug in counts or child.theme.slug in taken
            ]
    return found


def _is_there(node: ThemeNode, counts: Mapping[str, int], taken: Collection[str]) -> bool:
    family = {node.theme.slug, *(child.theme.slug for child in node.children)}
    return node.theme.slug in counts or not family.isdisjoint(taken)
