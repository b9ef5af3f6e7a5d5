"""The last look before something is shown: whether it may be seen now, however old the index is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from contactpoint.kit.prepared import rows
from contactpoint.kit.visibility import visible
from contactpoint.search.engines.queries import AllOf, Key, Nothing, Query
from contactpoint.search.models import Change, Index

MOST_WAITING: Final = 500
"""With more things waiting to be taken out nothing is counted and no word is offered."""
Thing = Mapping[str, Any]
Versions = dict[str, dict[str, Any]]


def shown_versions(things: Sequence[Thing]) -> Iterator[tuple[Thing, Versions]]:
    """Of stored things those that any reader may see, each with such versions; in order."""
    yield from ((thing, versions) for thing, versions in visible_versions(things) if versions)


def visible_versions(things: Sequence[Thing]) -> list[tuple[Thing, Versions]]:
    """Each thing with the versions that any reader may see now, which may be none; one query."""
    now = timezone.now()
    minute = int(now.timestamp()) // 60
    wanted = {one["pk"] for thing in things for one in thing["versions"].values() if one["pk"]}
    public = _public(sorted(wanted), now) if wanted else set()
    return [
        (
            thing,
            {
                code: one
                for code, one in thing["versions"].items()
                if (not one["pk"] or one["pk"] in public)
                and (one.get("expires") is None or one["expires"] > minute)
            },
        )
        for thing in things
    ]


def _public(pks: list[int], now: datetime) -> set[int]:
    # Filled up, so that few shapes of the query are kept.
    size = 1 << (len(pks) - 1).bit_length()
    padded = [*pks, *[pks[0]] * (size - len(pks))]
    key = ("search-visible", size) if size <= MOST_WAITING else None
    return {pk for (pk,) in rows(key, _visible, [now, *padded])}


def _visible(values: list[Any]) -> "QuerySet[Any, Any]":
    return visible(Page.objects.order_by().filter(pk__in=values[1:]), values[0]).values_list("pk")


def waiting() -> list[str]:
    """Keys of things of which something was closed, moved or taken away, and which are not indexed
    anew yet; at most `MOST_WAITING` and one.

    The index knows them as they were, so they are out of everything that is told until it has
    caught up, most often within a second. What was merely written anew is found by its old text
    until then. One query, on few rows.
    """
    return [key for (key,) in rows("search-waiting", _waiting)]


def _waiting(_values: list[Any]) -> "QuerySet[Any, Any]":
    changes = Change.objects.filter(index__state=Index.State.CURRENT, hides=True).order_by()
    return changes.values_list("key").distinct()[: MOST_WAITING + 1]


def without(query: Query, keys: Sequence[str]) -> Query:
    """The query, for all things but these."""
    return (
        AllOf((query,), (Key(tuple(keys)),)) if keys and not isinstance(query, Nothing) else query
    )
