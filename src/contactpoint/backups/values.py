"""Values of columns in a form that no database has for itself, and back.

| kind | in the file |
|---|---|
| `integer` `boolean` `text` | as JSON has them |
| `float` | a number; `"nan"`, `"inf"`, `"-inf"` |
| `decimal` | `"12.50"`, with all its places |
| `date` `time` `moment` | ISO 8601, moments in UTC with `Z` |
| `duration` | microseconds |
| `uuid` | 32 hexadecimal digits |
| `binary` | base64 |
| `json` | the JSON text, as text |
| `address` | of the internet, as text |
"""

import base64
import json
import math
import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

Read = Callable[[Any], Any]

KINDS: Final = {
    **dict.fromkeys(
        ("AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField",
         "SmallIntegerField", "PositiveIntegerField", "PositiveBigIntegerField",
         "PositiveSmallIntegerField"),
        "integer",
    ),
    **dict.fromkeys(("CharField", "TextField", "SlugField", "FileField", "FilePathField"), "text"),
    "BooleanField": "boolean", "FloatField": "float", "DecimalField": "decimal",
    "DateField": "date", "TimeField": "time", "DateTimeField": "moment",
    "DurationField": "duration", "UUIDField": "uuid", "BinaryField": "binary",
    "JSONField": "json", "GenericIPAddressField": "address",
}  # fmt: skip
"""By what Django's fields say of themselves (`get_internal_type`)."""

_UUID: Final = re.compile(r"[0-9a-f]{32}")
_MICRO: Final = timedelta(microseconds=1)
_FINEST: Final = 64
"""Places of a decimal."""


def _moment(value: Any) -> str:
    """SQLite keeps text in UTC, PostgreSQL gives moments with their zone."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at.isoformat().replace("+00:00", "Z")


def _float(value: Any) -> Any:
    number = float(value)
    return number if math.isfinite(number) else str(number)


def _decimal(places: int) -> Read:
    unit = Decimal(1).scaleb(-places)

    def read(value: Any) -> str:
        # SQLite gives a number of fifteen digits for what was written as a decimal.
        exact = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
        return f"{exact.quantize(unit):f}"

    return read


def _duration(value: Any) -> int:
    return value // _MICRO if isinstance(value, timedelta) else int(value)


def reader(kind: str, places: int = 0) -> Read:
    """Turns what a driver gives for a column that is not null into its form in the file."""
    if kind == "decimal":
        return _decimal(places)
    readers: dict[str, Read] = {
        "integer": int, "boolean": bool, "text": str, "float": _float, "moment": _moment,
        "date": str, "time": str, "duration": _duration,
        "uuid": lambda value: uuid.UUID(str(value)).hex,
        "binary": lambda value: base64.b64encode(bytes(value)).decode(),
        "json": str, "address": str,
    }  # fmt: skip
    return readers[kind]


def _of(*types: type) -> Read:
    def check(value: Any) -> Any:
        if type(value) not in types:
            raise ValueError(f"{str(value)[:40]!r} is of another kind")
        return value

    return check


def _given_float(value: Any) -> float:
    if type(value) is str and value not in ("nan", "inf", "-inf"):
        raise ValueError("no number")
    return float(_of(str, float, int)(value))


def _given_decimal(value: Any) -> Decimal:
    try:
        found = Decimal(_of(str)(value))
    except InvalidOperation:
        raise ValueError("no decimal") from None
    if not found.is_finite() or len(found.as_tuple().digits) > _FINEST:
        raise ValueError("no decimal")
    return found


def _given_moment(value: Any) -> datetime:
    if not _of(str)(value).endswith("Z"):
        raise ValueError("a moment without its zone")
    return datetime.fromisoformat(value)


def _given_uuid(value: Any) -> str:
    if not _UUID.fullmatch(_of(str)(value)):
        raise ValueError("no UUID")
    return str(value)


def _given_json(value: Any) -> str:
    json.loads(_of(str)(value))
    return str(value)


def checker(kind: str) -> Read:
    """Turns the form of the file into Python's; raises ValueError (or RecursionError) where it
    isn't one. JSON, UUIDs and internet addresses stay text."""
    checkers: dict[str, Read] = {
        "integer": _of(int), "boolean": _of(bool), "text": _of(str), "float": _given_float,
        "decimal": _given_decimal, "moment": _given_moment,
        "date": lambda value: date.fromisoformat(_of(str)(value)),
        "time": lambda value: time.fromisoformat(_of(str)(value)),
        "duration": lambda value: _of(int)(value) * _MICRO,
        "uuid": _given_uuid, "json": _given_json, "address": _of(str),
        "binary": lambda value: base64.b64decode(_of(str)(value), validate=True),
    }  # fmt: skip
    return checkers[kind]


def for_sqlite(kind: str) -> Read:
    """What Django would write into SQLite for a value of Python's."""
    forms: dict[str, Read] = {
        "boolean": int, "decimal": str, "date": str, "time": str, "duration": _duration,
        "moment": lambda value: str(value.replace(tzinfo=None)),
    }  # fmt: skip
    return forms.get(kind, lambda value: value)
