"""The choices beside the results: what each would leave, and the address that makes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from django.utils.translation import gettext as _

from contactpoint.glossary.naming import ThemeNode
from contactpoint.search.documents import FACETS
from contactpoint.search.showing.addresses import Asked
from contactpoint.search.showing.naming import PARAMETERS, Names

SHOWN: Final = 8
"""So many choices of a facet stand open; the rest stands behind "more"."""
MOST: Final = 40
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
    """Something that narrows the results, and the address without it."""

    label: str
    remove_url: str


def groups(
    facets: Mapping[str, Mapping[str, int]], total: int, asked: Asked, names: Names, to: Address
) -> list[Group]:
    """The facets that offer a choice; one query for the names of institutions and countries."""
    names.learn((facet, value) for facet in FACETS for value in _most(facets.get(facet, {})))
    found = []
    for facet in FACETS:
        counts = facets.get(facet, {})
        values = _themes(counts, asked, names.tree) if facet == "theme" else _values(
            facet, counts, asked, names
        )
        is_idle = len(values) == 1 and not asked.of(facet) and counts.get(values[0][0]) == total
        if not values or is_idle:
            continue
        group = Group(facet, str(PARAMETERS[facet]), joins=_joins(facet, asked, to))
        for place, (value, above) in enumerate(values):
            option = _option(facet, value, above, counts.get(value, 0), asked, names, to)
            is_shown = place < SHOWN or option.mode or above or facet == "theme"
            (group.shown if is_shown else group.more).append(option)
        found.append(group)
    return found


def chosen(asked: Asked, names: Names, to: Address) -> list[Chosen]:
    """All that narrows the results, in the order of the address."""
    found = [
        Chosen(
            _("not %(value)s") % {"value": label} if one.mode == "none" else label,
            to(asked.without(one.facet, one.value)),
        )
        for one in asked.choices
        for label in (names.label(one.facet, one.value),)
    ]
    if asked.since:
        label = _("from %(day)s") % {"day": asked.since}
        found.append(Chosen(label, to(replace(asked, since=""))))
    if asked.until:
        label = _("until %(day)s") % {"day": asked.until}
        found.append(Chosen(label, to(replace(asked, until=""))))
    for code in asked.languages:
        rest = tuple(other for other in asked.languages if other != code)
        label = _("texts in %(language)s") % {"language": names.spoken(code)}
        found.append(Chosen(label, to(replace(asked, languages=rest))))
    return found


def _option(
    facet: str, value: str, above: str, count: int, asked: Asked, names: Names, to: Address
) -> Option:
    mode = next((one.mode for one in asked.choices if one[::2] == (facet, value)), "")
    label = names.label(facet, value)
    theme = names.theme(value) if facet == "theme" else None
    one = Option(
        id=f"choice-{facet}-{value}",
        label=label,
        count=count,
        url="",
        mode=mode,
        inner=bool(above),
        hue=theme.hue if theme and not above else 0,
    )
    if mode:
        one.url = to(asked.without(facet, value))
        return one
    # A theme holds all of its parts: a part that is chosen takes its place, and the other way.
    family = [above] if above else _parts(value, names.tree) if facet == "theme" else []
    instead = [other for other in family if other in asked.of(facet, "any", "all")]
    one.url = to(asked.adding(facet, asked.mode_of(facet), value, instead))
    one.not_url = to(asked.adding(facet, "none", value))
    return one


def _joins(facet: str, asked: Asked, to: Address) -> list[Join]:
    wanted = asked.of(facet, "any", "all")
    if len(wanted) < 2:
        return []
    return [
        Join(_("any of these"), to(asked.joined(facet, "any")), not asked.of(facet, "all")),
        Join(_("all of these"), to(asked.joined(facet, "all")), not asked.of(facet, "any")),
    ]


def _most(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda value: (-counts[value], value))[:MOST]


def _values(
    facet: str, counts: Mapping[str, int], asked: Asked, names: Names
) -> list[tuple[str, str]]:
    """Years from the newest, all else by use; what is chosen is always there."""
    taken = dict.fromkeys(asked.of(facet))
    if facet == "year":
        return [(value, "") for value in sorted({*counts, *taken}, reverse=True)[:MOST]]
    found = dict.fromkeys([*_most(counts), *taken])
    ordered = sorted(
        found,
        key=lambda value: (-counts.get(value, 0), names.label(facet, value).casefold(), value),
    )
    return [(value, "") for value in ordered]


def _themes(
    counts: Mapping[str, int], asked: Asked, tree: Sequence[ThemeNode]
) -> list[tuple[str, str]]:
    """Themes as in the tree, each with what is above it; parts only of those that are looked at."""
    taken = set(asked.of("theme"))
    tops = [node for node in tree if _is_there(node, counts, taken)]
    found = []
    for top in tops:
        found.append((top.theme.slug, ""))
        family = {top.theme.slug, *(child.theme.slug for child in top.children)}
        if len(tops) == 1 or family & taken:
            found += [
                (child.theme.slug, top.theme.slug)
                for child in top.children
                if child.theme.slug in counts or child.theme.slug in taken
            ]
    return found


def _is_there(node: ThemeNode, counts: Mapping[str, int], taken: set[str]) -> bool:
    family = {node.theme.slug, *(child.theme.slug for child in node.children)}
    return node.theme.slug in counts or bool(family & taken)


def _parts(slug: str, tree: Sequence[ThemeNode]) -> list[str]:
    return [
        child.theme.slug for node in tree if node.theme.slug == slug for child in node.children
    ]
