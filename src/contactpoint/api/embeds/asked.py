"""What a frame shows a list of, as its address says it: each list with the filters of the list."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from contactpoint.glossary.naming import theme_tree
from contactpoint.kit.locating import roots
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.filters import Selection, mentions, narrowed, select
from contactpoint.outputs.listing import NAMES, names_for, of_kind
from contactpoint.outputs.models import Event, Output
from contactpoint.outputs.models.lists import LISTS
from contactpoint.outputs.models.output import Kind
from contactpoint.outputs.querysets import entries, newest_first, offered
from contactpoint.search.asking.results import Result
from contactpoint.search.documents import FACETS
from contactpoint.search.showing.addresses import Asked, read
from contactpoint.search.showing.choices import Choices
from contactpoint.search.showing.entries import as_entries
from contactpoint.search.showing.naming import PARAMETERS, Names
from contactpoint.search.views.answers import newest

ALL: Final = "all"
"""In the place of a list: of every kind."""
ITEMS: Final = {"small": 2, "medium": 4, "wide": 6}
_AS_THEY_COME: Final = (Coalesce(F("starts_at"), F("ends_at")), "pk")
_A_DAY_ANYWHERE: Final = timedelta(days=2)
_MOST_JUST_OVER: Final = 50
NARROWING: Final = (*FACETS, "in", "from", "to")


class NoListError(ValueError):
    """Nothing here goes by the name of a list."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A list for a frame; `page_url`, without the host, is where the whole of it stands."""

    title: str
    page_url: str
    entries: Sequence[Entry] = ()
    problems: Sequence[str] = ()
    parameters: list[tuple[str, str]] = field(default_factory=list)
    """What was understood, as it stands in the address of the frame."""


def list_shown(query: QueryDict, slug: str, language: str, most: int) -> Shown:
    """The newest `most` of a list; where none are wanted, only what it is. What nobody knows is
    left out, and said. Raises `NoListError`."""
    names = (*NAMES, "kind") if slug == ALL else names_for(_kind(slug))
    kind = "" if slug == ALL else _kind(slug)
    selection = _selection(query, names, kind, language)
    outputs = of_kind(kind, language) if kind else offered(language)
    found = newest_first(narrowed(outputs, selection), kind)[:most] if most else None
    title = str(LISTS[kind][1]) if kind else _("New")
    return _of_selection(selection, title, f"{slug}/", language, found)


def events_shown(query: QueryDict, language: str, most: int) -> Shown:
    """What is under way or to come, the next first."""
    selection = _selection(query, names_for(Kind.EVENT), Kind.EVENT, language)
    outputs = narrowed(of_kind(Kind.EVENT, language), selection)
    found = outputs.filter(pk__in=_next(outputs, most)).order_by(*_AS_THEY_COME) if most else None
    return _of_selection(selection, _("Next events"), "events/", language, found)


def _next(outputs: "QuerySet[Output]", most: int) -> list[int]:
    """The keys of so many events that are not over. One of whole days is over with the last of
    them where it takes place, which no moment in the database says."""
    now = timezone.now()
    lately = now - _A_DAY_ANYWHERE
    likely = outputs.filter(Q(starts_at__gte=lately) | Q(ends_at__gte=lately))
    rows = Event.objects.filter(pk__in=likely.values("pk")).order_by(*_AS_THEY_COME)
    events = rows.only("starts_at", "ends_at", "whole_day", "time_zone")[: most + _MOST_JUST_OVER]
    return [one.pk for one in events if one.over_at is not None and one.over_at > now][:most]


def search_shown(query: QueryDict, language: str, most: int) -> Shown:
    """The newest that answer a search with its filters. Nothing is listed where a choice is
    unknown: a list without it would look right and be wrong. Raises `UnavailableError`."""
    names = Names(language)
    asked, ignored, remarks, beyond = read(query, names)
    refused = [
        *(one.refused for one in beyond),
        *mentions(NARROWING, ignored, PARAMETERS, refused=True),
    ]
    results: list[Result] = []
    if most and not refused:
        results = newest(asked, language, limit=most).results
    tail = asked.sorted("fit").query()
    return Shown(
        search_title(asked, names),
        f"/{language}/search/" + (f"?{tail}" if tail else ""),
        as_entries(results, names, roots()) if results else [],
        [*refused, *remarks],
        asked.sorted("fit").parameters(),
    )


def search_title(asked: Asked, names: Names) -> str:
    """The question and what narrows it, in words."""
    return Choices(asked, names, lambda _asked: "").heading()


def _kind(slug: str) -> str:
    kind = next((kind for kind, (name, _label) in LISTS.items() if name == slug), None)
    if kind is None:
        raise NoListError(slug)
    return kind


def _selection(query: QueryDict, names: Sequence[str], kind: str, language: str) -> Selection:
    return select(query, names, kind=kind, language=language, tree=theme_tree(language))


def _of_selection(
    selection: Selection,
    title: str,
    path: str,
    language: str,
    found: "QuerySet[Output] | None",
) -> Shown:
    chosen = [label for labels in selection.chosen.values() for label in labels.values()]
    tail = "&".join(selection.tokens())
    if path == f"{ALL}/":
        path = "search/" if tail else ""
    if chosen and not selection.kind:
        title = ", ".join(chosen)
    elif chosen:
        title = ", ".join([title, *chosen])
    return Shown(
        title,
        f"/{language}/{path}" + (f"?{tail}" if tail else ""),
        entries(found, language, roots()) if found is not None else [],
        mentions(selection.names, selection.ignored),
        parameters_of(selection),
    )


def parameters_of(selection: Selection) -> list[tuple[str, str]]:
    """What was chosen, in a fixed order."""
    return [(name, value) for name in selection.names for value in selection.chosen.get(name, ())]
