"""What of all records a request wants, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from contactpoint.api.harvesting import records
from contactpoint.api.harvesting.asking import Asked, OaiError
from contactpoint.api.harvesting.formats import FORMATS
from contactpoint.api.harvesting.models import Harvested
from contactpoint.api.harvesting.sets import known_sets, names_in
from contactpoint.api.harvesting.tokens import Place, read
from contactpoint.api.resources.resource import Thing

PAGE: Final = {"ListRecords": 100, "ListIdentifiers": 500}


@dataclass(frozen=True, slots=True)
class Record:
    """A record; without a `thing` it is deleted, or only its header is wanted."""

    identifier: str
    stamp: datetime
    sets: Sequence[str]
    is_deleted: bool = False
    thing: Thing | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some records in order; `following` is where the list goes on, `begins` how many came before.
    A list that stands on one page has no `place`."""

    records: list[Record] = field(default_factory=list)
    prefix: str = ""
    place: Place | None = None
    begins: int = 0
    is_last: bool = True


def prefix_of_identifiers() -> str:
    """What stands before the key in an identifier: the scheme and the portal's own name."""
    return f"oai:{host()}:"


def host() -> str:
    """The name of the portal among others."""
    return settings.BASE_URL.partition("://")[2].partition("/")[0].partition(":")[0]


def one(identifier: str) -> Record:
    """A record by its identifier. Raises `OaiError`: idDoesNotExist."""
    missing = OaiError("idDoesNotExist", "There is no record of this name here, nor was there.")
    name = identifier.removeprefix(prefix_of_identifiers())
    try:
        key = UUID(name)
    except ValueError:
        raise missing from None
    row = Harvested.objects.filter(key=key).first()
    if row is None or identifier != f"{prefix_of_identifiers()}{key}":
        raise missing
    return _records([row], has_things=True)[0]


def page(asked: Asked) -> Page:
    """The page that is wanted: five queries, and those for what things are about. Raises
    `OaiError`."""
    place = read(asked) if asked.token else _beginning(asked)
    found = _rows(place)
    if not asked.token:
        place = replace(place, total=found.count())
    else:
        found = found.filter(Q(stamp__gt=place.stamp) | Q(stamp=place.stamp, pk__gt=place.pk))
    most = PAGE[asked.verb]
    rows = list(found.order_by("stamp", "pk")[: most + 1])
    if not rows:  # of a list that goes on, the rest may have changed and moved out of it since
        raise OaiError("noRecordsMatch", "No record answers to these arguments.")
    shown = rows[:most]
    begins, is_last = place.told, len(rows) <= most
    if shown:
        last = shown[-1]
        place = replace(place, stamp=last.stamp, pk=last.pk, told=begins + len(shown))
    return Page(
        records=_records(shown, has_things=asked.verb == "ListRecords"),
        prefix=place.prefix,
        place=place if asked.token or not is_last else None,
        begins=begins,
        is_last=is_last,
    )


def _beginning(asked: Asked) -> Place:
    prefix, spec = asked.arguments["metadataPrefix"], asked.arguments.get("set", "")
    if prefix not in FORMATS:
        raise cannot_be_told(prefix)
    if spec and spec not in known_sets():
        raise OaiError("noRecordsMatch", f"There is no set “{spec}”; ListSets names them all.")
    start = asked.since or datetime.min.replace(tzinfo=UTC)
    return Place(asked.verb, prefix, spec, asked.since, asked.before, start, 0, 0, 0)


def cannot_be_told(prefix: str) -> OaiError:
    """No record has this form."""
    there = ", ".join(FORMATS)
    return OaiError("cannotDisseminateFormat", f"There is no “{prefix}” here; there is {there}.")


def _rows(place: Place) -> "QuerySet[Harvested]":
    found = Harvested.objects.all()
    if place.since:
        found = found.filter(stamp__gte=place.since)
    if place.before:
        found = found.filter(stamp__lt=place.before)
    if place.spec:
        found = found.filter(sets__contains=f"|{place.spec}|")
    return found


def _records(rows: Sequence[Harvested], *, has_things: bool) -> list[Record]:
    """What is closed this moment is told of as deleted, whatever was noted of it."""
    keys = [row.key for row in rows]
    things = records.told(keys) if has_things else {}
    there = set(things) if has_things else set(records.seen(keys))
    before = prefix_of_identifiers()
    return [
        Record(
            identifier=f"{before}{row.key}",
            stamp=row.stamp,
            sets=names_in(row.sets),
            is_deleted=row.key not in there,
            thing=things.get(row.key),
        )
        for row in rows
    ]
