"""What the pages of the network show, in words of the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from contactpoint.kit.appearances import Tally, institutions_counted
from contactpoint.kit.labels import pick
from contactpoint.kit.pages import language_of, shows
from contactpoint.network.addresses import institution_url
from contactpoint.network.days import in_words, since
from contactpoint.network.models import Country, ExpertGroup, Institution, NetworkPage
from contactpoint.network.tiles import ALWAYS, Grid, grid


@dataclass(frozen=True, slots=True)
class Body:
    """An institution in a list; `made` is how much of it is here in the reader's language."""

    name: str
    acronym: str
    url: str
    made: int


@dataclass(slots=True)
class State:
    """A row of the table: a state and its contact points."""

    code: str
    name: str
    status: str
    status_label: str
    joined: str
    since: str
    contact_points: list[Body] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """An expert group."""

    slug: str
    name: str
    about: str
    since: str
    homepage: str


@shows(NetworkPage)
def network_context(page: NetworkPage, request: HttpRequest) -> dict[str, Any]:
    """Four queries: states, institutions, expert groups, and what is here of each institution."""
    language = language_of(page, request)
    tallies = institutions_counted(language)
    institutions = list(Institution.objects.select_related("country"))
    states = members(Country.objects.all(), institutions, tallies, language)
    return {
        "states": [state for state in states if state.status != Country.Status.NONE],
        "map": drawn(states),
        "roles": by_role(institutions, tallies, language),
        "expert_groups": [
            Group(
                row.slug,
                pick(row.labels, language),
                pick(row.about, language),
                since(row.since),
                row.homepage,
            )
            for row in ExpertGroup.objects.all()
        ],
    }


def members(
    countries: Iterable[Country],
    institutions: Iterable[Institution],
    tallies: Mapping[str, Tally],
    language: str,
) -> list[State]:
    """The states of the network, members first, each with its contact points; by name."""
    order = list(Country.Status)
    found = {
        country.code: State(
            country.code,
            pick(country.labels, language) or country.code,
            country.emn_status,
            str(Country.Status(country.emn_status).label),
            country.joined,
            in_words(country.joined),
        )
        for country in countries
        if country.emn_status != Country.Status.NONE or country.code in ALWAYS
    }
    for one in institutions:
        if one.kind == Institution.Kind.CONTACT_POINT and one.country:
            state = found.get(one.country.code)
            if state:
                state.contact_points.append(body(one, tallies, language))
    return sorted(
        found.values(),
        key=lambda one: (order.index(Country.Status(one.status)), sortable(one.name)),
    )


def drawn(states: Iterable[State]) -> Grid:
    """The map, each square with its sentence."""
    return grid((one.code, one.status, one.joined, sentence(one)) for one in states)


def sentence(state: State) -> str:
    """ "Belgium: Member since 14 May 2008"."""
    if state.status == Country.Status.NONE:
        return _("%(state)s: takes no part") % {"state": state.name}
    standing = f"{state.status_label} {since(state.joined)}".strip()
    return _("%(state)s: %(standing)s") % {"state": state.name, "standing": standing}


def by_role(
    institutions: Iterable[Institution], tallies: Mapping[str, Tally], language: str
) -> list[dict[str, Any]]:
    """Institutions under what they are, in the order of the roles, each by name."""
    found: dict[str, list[Body]] = {role.value: [] for role in Institution.Kind}
    found[""] = []
    for one in institutions:
        role = one.kind if one.kind in found else ""
        found[role].append(body(one, tallies, language))
    labels = dict(Institution.Kind.choices)
    return [
        {
            "name": str(labels.get(role) or _("Other")),
            "institutions": sorted(bodies, key=lambda one: sortable(one.name)),
        }
        for role, bodies in found.items()
        if bodies
    ]


def body(one: Institution, tallies: Mapping[str, Tally], language: str) -> Body:
    """An institution as lists show it."""
    name = pick(one.labels, language) or one.acronym or one.slug
    tally = tallies.get(one.slug)
    return Body(
        name,
        one.short_name(language),
        institution_url(one.slug, language),
        tally.made if tally else 0,
    )


def sortable(name: str) -> str:
    """As names are put in order where nothing more is known of the language."""
    return name.casefold().replace("é", "e").replace("ö", "o").replace("î", "i")
