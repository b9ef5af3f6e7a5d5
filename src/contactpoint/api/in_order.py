"""The whole order of a list, held until something changes, so that a page of it is two steps away.

The newest day of all languages of a thing stands in no index: a database goes through everything to
find the first five. Here it is kept as numbers, 24 bytes a thing, and a place in it is found by
halving.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from contactpoint.api.cursors import Order, read, written, wrong

_KEY: Final = 16
_BEGINNING: Final = datetime(1, 1, 1, tzinfo=UTC)
_STEP: Final = timedelta(microseconds=1)


class Ordered:
    """Things by a day or a moment, and of one day by their key; nobody changes it."""

    def __init__(self, order: Order, things: Iterable[tuple[UUID, Any]]) -> None:
        """`things` are keys and what the order goes by, however they come."""
        self._order, self._sign = order, -1 if order.is_down else 1
        found = sorted((self._sign * _number(at), key.bytes) for key, at in things)
        self._values = array("q", (value for value, _key in found))
        self._keys = b"".join(key for _value, key in found)

    def __len__(self) -> int:
        """In numbers of eight bytes: what it takes of the room for what is held."""
        return 3 * len(self._values)

    def page(self, cursor: list[Any] | None, limit: int) -> tuple[list[UUID], str]:
        """The keys of a page and the cursor of the next, as `cursors.page` gives them."""
        start = self._behind(cursor) if cursor is not None else 0
        end = min(start + limit, len(self._values))
        keys = [UUID(bytes=self._key(place)) for place in range(start, end)]
        if end == len(self._values):
            return keys, ""
        return keys, written(self._order.name, self._at(end - 1), str(keys[-1]))

    def _behind(self, cursor: list[Any]) -> int:
        if len(cursor) != 2 or not isinstance(cursor[1], str):
            raise wrong()
        try:
            key = UUID(cursor[1]).bytes
        except ValueError:
            raise wrong() from None
        at = self._sign * _number(read(self._order.kind, cursor[0]))
        return bisect_right(range(len(self._values)), (at, key), key=self._place)

    def _place(self, place: int) -> tuple[int, bytes]:
        return self._values[place], self._key(place)

    def _key(self, place: int) -> bytes:
        return self._keys[place * _KEY : (place + 1) * _KEY]

    def _at(self, place: int) -> date:
        number = self._sign * self._values[place]
        if self._order.kind is datetime:
            return _BEGINNING + number * _STEP
        return date.fromordinal(number)


def _number(at: date) -> int:
    return (at - _BEGINNING) // _STEP if isinstance(at, datetime) else at.toordinal()
