"""Looks for an address in every text of every table: what no declaration leads to is found, too."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from contactpoint.kit.persons.addresses import pattern
from contactpoint.kit.persons.declaring import declaration_of, erased_how
from contactpoint.kit.persons.kinds import Erased

GONE: Final = "–"
_TEXTS: Final = (models.CharField, models.TextField, models.JSONField, models.FileField)


@dataclass(frozen=True)
class Mention:
    """A field of a row that has the address. `is_taken_out`: erasing takes it out of there."""

    label: str
    field: str
    pk: Any
    is_taken_out: bool


def mentions(address: str) -> Iterator[Mention]:
    """Reads everything once: a query a table."""
    for model in apps.get_models(include_auto_created=True):
        yield from mentions_in(model, address)


def mentions_in(model: type[models.Model], address: str) -> Iterator[Mention]:
    """Those of one table."""
    names = [one.name for one in model._meta.local_concrete_fields if isinstance(one, _TEXTS)]
    if not names or not model._meta.managed:
        return
    rows = model._base_manager.all()
    rows = rows.alias(**{f"words_of_{name}": Cast(name, TextField()) for name in names})
    found = Q()
    for name in names:
        found |= Q(**{f"words_of_{name}__icontains": address})
    said = declaration_of(model)
    spared = set()
    if said is not None and said.spared is not None:
        spared = set(said.spared(model._base_manager.all()).values_list("pk", flat=True))
    for row in rows.filter(found).values("pk", *names).iterator():
        for name in names:
            if pattern(address).search(str(row[name])):
                how = erased_how(model._meta.label, name)
                out = how not in (None, Erased.STAYS) and row["pk"] not in spared
                yield Mention(model._meta.label, name, row["pk"], out)


def take_out(found: Mention, address: str) -> None:
    """A dash in place of the address."""
    rows = apps.get_model(found.label)._base_manager.filter(pk=found.pk)
    value = rows.values_list(found.field, flat=True).get()
    rows.update(**{found.field: without(value, address)})


def without(value: Any, address: str) -> Any:
    """A text, or what JSON is made of."""
    if isinstance(value, str):
        return pattern(address).sub(GONE, value)
    if isinstance(value, list):
        return [without(one, address) for one in value]
    if isinstance(value, dict):
        return {without(key, address): without(one, address) for key, one in value.items()}
    return value
