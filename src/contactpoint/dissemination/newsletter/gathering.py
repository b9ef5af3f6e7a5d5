"""What is new since an issue: what happened, what is dated since, what is to come.

Happenings are what main knows (`matching.happenings`); an item that was loaded in a batch, of which
nobody was told, is found by its day all the same. Only what readers may see now is offered.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from contactpoint.dissemination.blocks import as_kept, key_of
from contactpoint.dissemination.models import Happening, Issue
from contactpoint.dissemination.sections import COMING, CORRECTED, HEADINGS, THEME
from contactpoint.outputs.models import Event
from contactpoint.outputs.querysets import offered, readable
from contactpoint.search.documents import Document
from contactpoint.search.sources import documents

AHEAD: Final = timedelta(days=75)
"""So far ahead events to come are proposed."""
MOST: Final = 300
"""Things that are looked at."""
MOST_PROPOSED: Final = 8
"""In one section of a new issue; the page of what is new has the others."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that an issue may tell, and under which section by its kind."""

    thing: Document
    about: str
    whats: Sequence[str]

    @property
    def key(self) -> str:
        """Of the document."""
        return self.thing.key

    @property
    def by_theme(self) -> str:
        """The section of its first main theme; what is to come or corrected stays together."""
        first = (*self.thing.parents, *self.thing.themes)[:1]
        if self.about in (COMING, CORRECTED) or not first:
            return self.about
        return f"{THEME}{first[0]}"


def gathered(since: date) -> list[Candidate]:
    """What is new since a day, in the order of the sections; some queries."""
    whats = _happened(since)
    keys = dict.fromkeys([*whats, *_dated(since), *_to_come()])
    found = [
        Candidate(thing, about_of(thing, whats.get(thing.key, ())), whats.get(thing.key, ()))
        for thing in documents(list(keys)[:MOST])
        if thing.versions
    ]
    order = {about: place for place, about in enumerate(HEADINGS)}
    return sorted(found, key=lambda one: (order.get(one.about, len(order)), *_newest(one)))


def _newest(one: Candidate) -> tuple[int, str]:
    day = one.thing.day.toordinal() if one.thing.day else 0
    return (day if one.about == COMING else -day), one.key


def _happened(since: date) -> dict[str, list[str]]:
    rows = Happening.objects.filter(at__date__gte=since).exclude(what=Happening.What.WITHDRAWN)
    rows = rows.exclude(untold=Happening.Untold.ASIDE)
    found: dict[str, list[str]] = {}
    for thing, what in rows.order_by("-at", "-pk").values_list("thing", "what")[:MOST]:
        if what not in found.setdefault(thing, []):
            found[thing].append(what)
    return found


def _dated(since: date) -> list[str]:
    """Outputs by their own day, of whichever kind."""
    today = timezone.localdate()
    rows = offered().filter(
        Q(published_on__range=(since, today)) | Q(effective_on__range=(since, today))
    )
    return _keys(rows.order_by("-published_on", "-pk"))


def _to_come() -> list[str]:
    now = timezone.now()
    events = Event.objects.filter(starts_at__range=(now, now + AHEAD))
    return _keys(readable().filter(pk__in=events.values("pk")).order_by("starts_at", "pk"))


def _keys(rows: Any) -> list[str]:
    found = rows.values_list("translation_key", flat=True)[: MOST * 4]
    return [f"output:{key}" for key in dict.fromkeys(found)]


def about_of(thing: Document, whats: Sequence[str] = ()) -> str:
    """Under which section a thing stands, by its kind and by what happened to it."""
    if thing.kind == "event" and thing.day and thing.day >= timezone.localdate():
        return COMING
    if Happening.What.CORRECTED in whats and Happening.What.NEW not in whats:
        return CORRECTED
    return f"kind:{thing.kind}" if f"kind:{thing.kind}" in HEADINGS else "more"


def arranged(some: Iterable[Candidate], *, by_theme: bool = False) -> list[dict[str, Any]]:
    """Candidates as sections of an issue."""
    found: dict[str, list[str]] = {}
    for one in some:
        found.setdefault(one.by_theme if by_theme else one.about, []).append(as_kept(one.thing))
    return [section(about, things) for about, things in found.items()]


def section(about: str, things: Iterable[str]) -> dict[str, Any]:
    """A section as the field takes it."""
    items = [_block("item", {"thing": one, "words": {}}) for one in things]
    return _block("section", {"about": about, "headings": {}, "items": items})


def _block(what: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": what, "value": value, "id": str(uuid.uuid4())}


def proposed(since: date, *, by_theme: bool = False) -> list[dict[str, Any]]:
    """The sections of a new issue: of each the newest."""
    kept: dict[str, int] = {}
    some = []
    for one in gathered(since):
        about = one.by_theme if by_theme else one.about
        kept[about] = kept.get(about, 0) + 1
        if kept[about] <= MOST_PROPOSED:
            some.append(one)
    return arranged(some, by_theme=by_theme)


def keys_in(issue: Issue) -> set[str]:
    """The things that an issue has already."""
    return {key_of(one["thing"]) for block in issue.sections for one in block.value["items"]}


def rearrange(issue: Issue, *, by_theme: bool) -> None:
    """Sort what an issue has into sections of its own kind or theme, with the words that editors
    gave it. What nobody may see stays, under no heading. The caller saves."""
    items = [one for block in issue.sections.raw_data for one in block["value"].get("items", [])]
    keys = [key_of(one["value"].get("thing")) for one in items]
    things = {thing.key: thing for thing in documents(keys)}
    whats = _happened(issue.since)
    found: dict[str, list[dict[str, Any]]] = {}
    for key, item in zip(keys, items, strict=True):
        about = ""
        if key in things:
            thing, told = things[key], whats.get(key, ())
            one = Candidate(thing, about_of(thing, told), told)
            about = one.by_theme if by_theme else one.about
        found.setdefault(about, []).append(item)
    order = [about for about in HEADINGS if about in found]
    raw = []
    for about in [*order, *(about for about in found if about not in order)]:
        made = section(about, [])
        made["value"]["items"] = found[about]
        raw.append(made)
    issue.sections = issue._meta.get_field("sections").stream_block.to_python(raw)


def put_in(issue: Issue, chosen: Mapping[str, Sequence[Document]]) -> int:
    """Append things to the sections they belong to, by `about`; how many were not there yet. The
    caller saves."""
    known = keys_in(issue)
    raw = [dict(one) for one in issue.sections.raw_data]
    number = 0
    for about, things in chosen.items():
        new = [as_kept(thing) for thing in things if thing.key not in known]
        if not new:
            continue
        number += len(new)
        made = section(about, new)
        place = next((one for one in raw if (one["value"].get("about") or "") == about), None)
        if place is None:
            raw.append(made)
        else:
            value = dict(place["value"])
            value["items"] = [*value.get("items", []), *made["value"]["items"]]
            place["value"] = value
    issue.sections = issue._meta.get_field("sections").stream_block.to_python(raw)
    return number
