"""All that is kept of somebody, to be read by them (GDPR, articles 15 and 20)."""

from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from contactpoint.kit.persons.declaring import Data, Declared, with_data
from contactpoint.kit.persons.files import files_with, is_mail
from contactpoint.kit.persons.links import Person
from contactpoint.kit.persons.sweeping import mentions


def exported(address: str) -> dict[str, Any]:
    """As JSON: what is kept, why and for how long, and where else the address stands."""
    person = Person.at(address)
    held = []
    seen = set()
    for one in with_data():
        for data in one.data:
            rows = list(one.rows(person, data).order_by("pk"))
            seen |= {(one.label, row.pk) for row in rows}
            if rows:
                held.append(_told(one, data, rows))
    named = [
        {"in": each.label, "field": each.field, "number": str(each.pk)}
        for each in mentions(person.address)
        if (each.label, each.pk) not in seen
    ]
    files = [_file(path) for path in files_with(person.address)]
    return {
        "address": person.address,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "kept": held,
        "also_named": named,
        "files": files,
    }


def number_of_rows(told: dict[str, Any]) -> int:
    """How much it is."""
    return sum(len(one["rows"]) for one in told["kept"])


def _told(one: Declared, data: Data, rows: list[Model]) -> dict[str, Any]:
    return {
        "what": str(one.model._meta.verbose_name),
        "table": one.label,
        "purpose": str(data.purpose),
        "legal_ground": f"{data.ground.cited}: {data.ground.label}",
        "kept": str(data.kept.until),
        "rows": [_row(row, data) for row in rows],
    }


def _row(row: Model, data: Data) -> dict[str, Any]:
    return {"number": str(row.pk)} | {
        name: "***" if name in data.hidden.split() else readable(getattr(row, name))
        for name in data.names
    }


def readable(value: Any) -> Any:
    """What JSON can hold and a person can read."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): readable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [readable(one) for one in value]
    if isinstance(value, bytes | memoryview):
        return f"{len(bytes(value))} bytes"
    return str(value)


def _file(path: Any) -> dict[str, Any]:
    if is_mail(path):
        return {"file": path.name, "text": path.read_text(encoding="utf-8", errors="replace")}
    return {"file": path.name}
