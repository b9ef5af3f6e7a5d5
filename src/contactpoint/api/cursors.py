"""Where a list goes on: a place in its order, not a number of things to pass over.

What is added before the place moves nothing, and nothing comes twice or is left out. A cursor says
the order that it belongs to, the value there and the key of the last thing that was told.
"""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from contactpoint.api.problems import Fault, ProblemError

LONGEST: Final = 400
AT: Final = "cursor_at"
"""The column that an order goes by."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order by a column, of days, moments, texts or numbers, and then by the key."""

    name: str
    expression: Any
    kind: type[date] | type[datetime] | type[str] | type[int]

    @property
    def is_down(self) -> bool:
        """Whether the greatest comes first."""
        return self.name.startswith("-")


def written(*parts: Any) -> str:
    """A cursor; whoever gets it need not understand it."""
    said = [one.isoformat() if isinstance(one, date) else one for one in parts]
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


def taken_apart(cursor: str, order: str) -> list[Any]:
    """What stands in a cursor of an order. Raises `ProblemError`."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, RecursionError, binascii.Error):
        raise wrong() from None
    if not isinstance(parts, list) or len(parts) < 2 or parts[0] != order:
        raise wrong()
    return parts[1:]


def wrong() -> ProblemError:
    """It was made up, or belongs to another list or order."""
    mend = "Take it from “next” of a list with the same filters and order, or begin without one."
    fault = Fault("cursor", "No list goes on from there.", mend)
    return ProblemError("unknown-cursor", "No list goes on from this cursor.", [fault])


def page(
    found: "QuerySet[Any, Any]", order: Order, key: str, cursor: str, limit: int
) -> tuple[list[Any], str]:
    """The keys of a page and the cursor of the next, empty where this is the last; one query.

    `found` gives `key` and may be grouped by it; what the order goes by is added here.
    """
    found = found.annotate(**{AT: order.expression})
    if cursor:
        behind = _behind(order, key, taken_apart(cursor, order.name))
        try:
            found = found.filter(behind)
        except ValidationError:  # a key that can't be one
            raise wrong() from None
    direction = "-" if order.is_down else ""
    rows: Sequence[Mapping[str, Any]] = list(
        found.order_by(f"{direction}{AT}", key).values(key, AT)[: limit + 1]
    )
    shown = rows[:limit]
    if len(rows) <= limit:
        return [row[key] for row in shown], ""
    last = shown[-1]
    at = last[AT]
    return [row[key] for row in shown], written(
        order.name, at if isinstance(at, date | int) else str(at), str(last[key])
    )


def _behind(order: Order, key: str, parts: Sequence[Any]) -> Q:
    if len(parts) != 2 or not isinstance(parts[1], str) or not parts[1].isprintable():
        raise wrong()
    at = read(order.kind, parts[0])
    further = "lt" if order.is_down else "gt"
    return Q(**{f"{AT}__{further}": at}) | Q(**{AT: at, f"{key}__gt": parts[1]})


def read(kind: type, value: Any) -> Any:
    """What an order goes by, as a cursor says it. Raises `ProblemError`."""
    if kind is int:
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31:
            return value
        raise wrong()
    if not isinstance(value, str) or not value.isprintable():
        raise wrong()
    if kind is str:
        return value
    try:
        read: date = kind.fromisoformat(value)  # type: ignore[attr-defined]
    except ValueError:
        raise wrong() from None
    if isinstance(read, datetime) != (kind is datetime) or getattr(read, "tzinfo", UTC) is None:
        raise wrong()
    if isinstance(read, datetime):
        try:
            return read.astimezone(UTC)
        except OverflowError:  # at the edge of time, and beyond it on the clock of UTC
            raise wrong() from None
    return read
