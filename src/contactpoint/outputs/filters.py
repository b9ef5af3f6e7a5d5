"""What a reader asks a list for: themes, concepts, types, years, institutions, countries.

Nothing that a reader writes reaches `filter()` as a name. Each parameter is read here by its own
name, each value is looked up, and what is unknown is put aside so that the page can say so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import quote

from django.db.models import Q, QuerySet
from django.db.models.lookups import In
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contactpoint.glossary.models import Concept
from contactpoint.glossary.naming import ThemeNode, flat, label_in, with_narrower
from contactpoint.kit.feeds.unfiltered import (
    FILTERS,
    LONGEST_VALUE,
    MOST_VALUES,
    foreign,
    not_there,
)
from contactpoint.network.models import Country, Institution
from contactpoint.outputs.entries import KIND_LABELS, TYPE_LABELS
from contactpoint.outputs.models import Classification, Output, OutputCountry, OutputInstitution
from contactpoint.outputs.models.relations import OutputTheme
from contactpoint.outputs.querysets import year_of

LABELS: dict[str, Any] = {
    name: FILTERS[name]
    for name in ("kind", "theme", "concept", "type", "year", "institution", "country")
}
ROWS: dict[str, tuple[Any, str]] = {
    "concept": (Concept, "slug"),
    "institution": (Institution, "slug"),
    "country": (Country, "code"),
}
LINKS: dict[str, tuple[Any, str]] = {
    "theme": (OutputTheme, "theme__in"),
    "concept": (Classification, "concept__in"),
    "institution": (OutputInstitution, "institution__in"),
    "country": (OutputCountry, "country__in"),
}


@dataclass
class Selection:
    """What was asked for and understood, by the name of the filter.

    `chosen` maps values to labels, `wanted` holds what the database is asked for (a theme brings
    its children, a concept what is narrower), `ignored` what nobody knows.
    """

    names: Sequence[str]
    kind: str = ""
    chosen: dict[str, dict[str, str]] = field(default_factory=dict)
    wanted: dict[str, list[Any]] = field(default_factory=dict)
    ignored: list[tuple[str, str]] = field(default_factory=list)

    def tokens(self) -> list[str]:
        """The selection as parts of an address, in a fixed order."""
        return [token(name, value) for name in self.names for value in self.chosen.get(name, ())]

    def shape(self) -> tuple[Any, ...]:
        """What shapes a query for this selection: not the values, but how many there are."""
        wanted = tuple((name, len(values)) for name, values in self.wanted.items())
        return (tuple(self.names), self.kind, wanted)

    def flat(self) -> list[Any]:
        """All wanted values in a row."""
        return [value for values in self.wanted.values() for value in values]

    def filled(self, values: Sequence[Any]) -> "Selection":
        """The same selection with other wanted values, given in a row."""
        rest = iter(values)
        wanted = {name: list(islice(rest, len(old))) for name, old in self.wanted.items()}
        return Selection(self.names, self.kind, self.chosen, wanted)

    def add(self, name: str, value: str, label: str, wanted: Iterable[Any]) -> None:
        """Take one value up."""
        self.chosen.setdefault(name, {})[value] = label
        self.wanted.setdefault(name, []).extend(wanted)


def token(name: str, value: str) -> str:
    """`name=value` as it stands in an address."""
    return f"{name}={quote(value, safe='')}"


def select(
    query: QueryDict, names: Sequence[str], *, kind: str, language: str, tree: list[ThemeNode]
) -> Selection:
    """Read the reader's query; a query is made only for filters that need one."""
    selection = Selection(names, kind)
    for name in names:
        values = dict.fromkeys(value for value in query.getlist(name)[:MOST_VALUES] if value)
        found = _known(name, [value for value in values if _plain(value)], language, tree)
        for value in values:
            if value in found:
                label, wanted = found[value]
                selection.add(name, value, label, wanted)
            else:
                selection.ignored.append((name, value[:LONGEST_VALUE]))
    return selection


def _plain(value: str) -> bool:
    """Whether a database may be asked for the value: PostgreSQL refuses a null character."""
    return len(value) <= LONGEST_VALUE and value.isprintable()


def _known(
    name: str, values: list[str], language: str, tree: list[ThemeNode]
) -> dict[str, tuple[str, list[Any]]]:
    """Label and wanted keys of each value that exists."""
    if not values:
        return {}
    if name == "theme":
        return {
            node.theme.slug: (node.theme.label, [node.pk, *(child.pk for child in node.children)])
            for node in flat(tree)
            if node.theme.slug in values
        }
    if name in ("kind", "type"):
        labels = KIND_LABELS if name == "kind" else TYPE_LABELS
        return {value: (str(labels[value]), [value]) for value in values if value in labels}
    if name == "year":
        years = [value for value in values if len(value) == 4 and value.isascii()]
        return {value: (value, [int(value)]) for value in years if value.isdecimal()}
    model, key = ROWS[name]
    rows = model.objects.filter(**{f"{key}__in": values}).values_list(
        "pk", key, label_in(language, fallback=key)
    )
    return {
        value: (label, sorted(with_narrower({pk})) if name == "concept" else [pk])
        for pk, value, label in rows
    }


def narrowed(outputs: "QuerySet[Output]", selection: Selection) -> "QuerySet[Output]":
    """The outputs that answer to the whole selection."""
    for name, wanted in selection.wanted.items():
        outputs = outputs.filter(condition(name, wanted, selection.kind))
    return outputs


def condition(name: str, wanted: Sequence[Any], kind: str) -> Any:
    """SQL for answering to one filter: to any of its values."""
    if name in LINKS:
        model, key = LINKS[name]
        return Q(pk__in=model.objects.filter(**{key: wanted}).order_by().values("page"))
    if name == "kind":
        return Q(kind__in=wanted)
    if name == "type":
        return Q(publication__publication_type__in=wanted)
    return In(year_of(kind), wanted)


def mentions(
    names: Iterable[str],
    ignored: Iterable[tuple[str, str]],
    labels: Mapping[str, Any] = LABELS,
    *,
    refused: bool = False,
    sentence: str = "",
) -> list[str]:
    """Sentences for a reader whose filters nobody knows: each was left out, or nothing is listed
    where it is `refused`; `sentence` says it otherwise."""
    known = set(names)
    said = sentence or (
        _("There is no “%(value)s” among the choices for %(filter)s, so nothing is listed.")
        if refused
        else _("There is no “%(value)s” among the choices for %(filter)s; it was left out.")
    )
    return [
        str(said) % {"value": value, "filter": str(labels[name])}
        for name, value in ignored
        if name in known
    ]


def unanswerable(query: QueryDict, selection: Selection) -> list[str]:
    """Why no list can be made for a program: a filter has a value that nobody knows, or is one that
    the list doesn't have. Parameters that are no filters are nobody's concern."""
    return not_there([*selection.ignored, *foreign(query, selection.names)])
