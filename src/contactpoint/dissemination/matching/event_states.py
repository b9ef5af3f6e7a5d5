"""What pages say of an event: when, where, whether it is held; by language, as JSON keeps it.

What nobody may read at that moment is kept sealed: it can be told whether it is other now, and
never what it was.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.crypto import salted_hmac

from contactpoint.kit.visibility import restricted, unexpired
from contactpoint.outputs.models import Event
from contactpoint.outputs.sources import originals

State: TypeAlias = dict[str, Any]
States: TypeAlias = dict[str, State]
TIMES: Final = ("starts_at", "ends_at", "whole_day", "time_zone")
PLACES: Final = ("place", "online")
FIELDS: Final = (*TIMES, *PLACES, "called_off")
_SEALED: Final = "is_sealed"
_SALT: Final = "contactpoint.dissemination.event"


def state_of(event: Event) -> State:
    """Of a page in memory."""
    return {name: _plain(getattr(event, name)) for name in FIELDS}


def standing(key: UUID) -> list[State]:
    """Of all live pages of an event, each with `language`, `is_open` and `is_source`; one query."""
    is_open = ExpressionWrapper(unexpired() & ~Q(restricted()), output_field=BooleanField())
    rows = _rows(Event.objects.filter(translation_key=key, live=True).annotate(is_open=is_open))
    return [{**_state(row), "is_open": row["is_open"], "language": _language(row)} for row in rows]


def told_by(pages: Iterable[int | None]) -> dict[str, States]:
    """Of pages that anybody may read, by translation key and language; one query."""
    found: dict[str, States] = {}
    wanted = Event.objects.filter(pk__in=[pk for pk in pages if pk is not None])
    for row in _rows(wanted, "translation_key"):
        found.setdefault(str(row["translation_key"]), {})[_language(row)] = _state(row)
    return found


def sealed(state: State) -> State:
    """To compare, and never to read."""
    kept = {name: _seal(name, state[name]) for name in FIELDS}
    return {**kept, "is_source": state["is_source"], _SEALED: True}


def is_readable(state: Mapping[str, Any]) -> bool:
    """Whether its words may be told."""
    return not state.get(_SEALED)


def differ(before: Mapping[str, Any], now: Mapping[str, Any], names: Iterable[str]) -> bool:
    """Whether something of these is other; what was may be sealed."""
    if is_readable(before):
        return any(before[name] != now[name] for name in names)
    return any(before[name] != _seal(name, now[name]) for name in names)


def event_of(state: Mapping[str, Any]) -> Event:
    """In memory only, to be told in words."""
    moments = {
        name: state[name] and datetime.fromisoformat(state[name])
        for name in ("starts_at", "ends_at")
    }
    return Event(**{**{name: state[name] for name in FIELDS}, **moments})


def _rows(events: "QuerySet[Event]", *columns: str) -> "QuerySet[Event, dict[str, Any]]":
    is_source = ExpressionWrapper(originals(), output_field=BooleanField())
    found = events.order_by("pk").annotate(is_source=is_source)
    extra = [name for name in ("is_open",) if name in events.query.annotations]
    return found.values(*FIELDS, "is_source", "locale__language_code", *extra, *columns)


def _state(row: Mapping[str, Any]) -> State:
    return {**{name: _plain(row[name]) for name in FIELDS}, "is_source": row["is_source"]}


def _language(row: Mapping[str, Any]) -> str:
    return str(row["locale__language_code"])


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _seal(name: str, value: Any) -> str:
    return salted_hmac(_SALT, f"{name} {value!r}", algorithm="sha256").hexdigest()
