"""What the search finds, as the lists of the interface call it, so that both name the same thing.

The search has keys of its own, by source; a consultation or a guide is known there by its number.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import QuerySet

from contactpoint.api.resources.guidance import Guidance
from contactpoint.api.resources.queries import Queries
from contactpoint.api.resources.resource import ROOT, whole
from contactpoint.search.sources.statistics import indicator_key
from contactpoint.statistics.configured import shown

_LISTS: Final = {"output": "outputs", "concept": "concepts", "theme": "themes"}
"""Sources that call things as the list does."""


def names(keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    """By the search's key the id and the address in the interface, of what has one; a query where
    there are consultations, and one where there are guides."""
    found: dict[str, tuple[str, str]] = {}
    numbers: dict[str, list[int]] = {"consultation": [], "guide": []}
    indicators = {indicator_key(name): name for name in shown()}
    for key in keys:
        source, _colon, own = key.partition(":")
        if source in _LISTS:
            found[key] = _named(_LISTS[source], own)
        elif source in numbers:
            numbers[source].append(int(own))
        elif key in indicators:
            found[key] = _named("figures", indicators[key])
    found |= _by_number("consultation", Queries().rows(), "queries", numbers)
    found |= _by_number("guide", Guidance().rows(), "guidance", numbers)
    return found


def _by_number(
    source: str, rows: "QuerySet[Any]", name: str, numbers: Mapping[str, list[int]]
) -> dict[str, tuple[str, str]]:
    if not numbers[source]:
        return {}
    there = rows.filter(pk__in=numbers[source]).order_by().values_list("pk", "code")
    return {f"{source}:{pk}": _named(name, code) for pk, code in there}


def _named(name: str, key: str) -> tuple[str, str]:
    return key, whole(f"{ROOT}/{name}/{key}")
