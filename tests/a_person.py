"""One person, put wherever the register says that somebody may be."""

from collections.abc import Iterator
from typing import Any, Final

from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, models
from made_rows import row
from wagtail.models import Page

from contactpoint.kit.persons.declaring import Declared, with_data
from contactpoint.kit.persons.kinds import Erased
from contactpoint.kit.persons.links import Address, Person

ADDRESS: Final = "mira.vandenbroucke@person.example"
NAME: Final = "Mira Vandenbroucke-Oyelaran"


def put_everywhere(user: Any) -> set[str]:
    """The person in each field of the register that does not stay; the tables that have them."""
    filled = set()
    for one in with_data():
        values = dict(_values(one, user))
        if one.model is Session:
            store = SessionStore()
            store[SESSION_KEY] = str(user.pk)
            store.save()
            continue
        if values and one.model is not get_user_model():
            known = one.rows(Person.at(ADDRESS)).first()  # what something else needed
            if one.model is Page:
                known = Page.objects.order_by("pk").last()
            if known is None:
                row(one.model, **values)
            else:
                one.model._base_manager.filter(pk=known.pk).update(**values)
            filled.add(one.label)
    return filled


def _values(one: Declared, user: Any) -> Iterator[tuple[str, Any]]:
    for link in one.person:
        if isinstance(link, Address) and link.path.count("__") == 1:
            name, _of, field = link.path.partition("__")
            held: Any = one.model._meta.get_field(name)
            if not held.null:
                yield name, _parent(held.related_model, {field: ADDRESS})
    for data in one.data:
        if data.erased == Erased.STAYS and not any(
            one.model._meta.get_field(name).related_model is get_user_model() for name in data.names
        ):
            continue
        for name in data.names:
            field: Any = one.model._meta.get_field(name)
            if field.related_model is get_user_model():
                yield name, user
            elif isinstance(field, models.JSONField):
                yield name, {"deep": [f"so says {ADDRESS.upper()}"]}
            elif field.is_relation and not field.null:
                parent = {
                    each: value
                    for each, value in (("email", ADDRESS), ("address", ADDRESS), ("user", user))
                    if each in {own.name for own in field.related_model._meta.local_fields}
                }
                yield name, _parent(field.related_model, parent)
            elif _holds_text(field):
                yield name, _text(field)


def _parent(model: Any, values: dict[str, Any]) -> Any:
    found = model._base_manager.filter(**values).first() if values else None
    return found or row(model, **values)


def _holds_text(field: Any) -> bool:
    if isinstance(field, models.UUIDField | models.FileField) or field.choices:
        return False
    return isinstance(field, models.CharField | models.TextField) and (
        (field.max_length or 999) >= len(ADDRESS)
    )


def _text(field: Any) -> str:
    if isinstance(field, models.EmailField) or field.name in ("username", "name", "checked_by"):
        return ADDRESS
    return f"{ADDRESS} was here"[: field.max_length]


def everything() -> Iterator[tuple[str, str]]:
    """Each value of each column of each table, as the database has it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for found in cursor.fetchall():
                for value in found:
                    yield (
                        table,
                        bytes(value).decode("latin-1")
                        if isinstance(value, bytes | memoryview)
                        else str(value),
                    )


def tables_with(text: str) -> set[str]:
    """Where it stands, whatever its case."""
    return {table for table, value in everything() if text.lower() in value.lower()}
