"""What the addresses of lists call their filters, and what a program is told of one that a list
doesn't have: passed over, it would get everything for what it asked."""

from collections.abc import Container, Iterable
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FILTERS: Final[dict[str, Any]] = {
    "kind": gettext_lazy("Kind"),
    "theme": gettext_lazy("Theme"),
    "concept": gettext_lazy("Concept"),
    "type": gettext_lazy("Type"),
    "year": gettext_lazy("Year"),
    "institution": gettext_lazy("Institution"),
    "country": gettext_lazy("Country"),
    "language": gettext_lazy("Language"),
    "from": gettext_lazy("From"),
    "to": gettext_lazy("Until"),
}
MOST_VALUES, LONGEST_VALUE = 20, 100


def unfiltered(query: QueryDict) -> list[str]:
    """Why a list that has no filters can't answer to those that are asked for; empty where none
    is. Parameters that are no filters are nobody's concern."""
    return not_there(foreign(query))


def foreign(query: QueryDict, names: Container[str] = ()) -> list[tuple[str, str]]:
    """Filters that a list with these names doesn't have, with their values."""
    return [
        (name, value[:LONGEST_VALUE])
        for name in FILTERS
        if name not in names
        for value in query.getlist(name)[:MOST_VALUES]
        if value
    ]


def not_there(asked: Iterable[tuple[str, str]]) -> list[str]:
    """A sentence for each name of a filter and value that nobody knows."""
    said = _("There is no “%(value)s” among the choices for %(filter)s, so nothing is listed.")
    return [said % {"value": value, "filter": str(FILTERS[name])} for name, value in asked]
