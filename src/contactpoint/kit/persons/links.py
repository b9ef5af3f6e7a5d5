"""How rows are known to be somebody's: by an address, an account, or the words that they hold."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from contactpoint.kit.persons.addresses import pattern


@dataclass(frozen=True)
class Person:
    """Somebody, by address; `account` is their user, if they have one. `repr` says nothing."""

    address: str = field(repr=False)
    account: Any = field(default=None, repr=False)

    @classmethod
    def at(cls, address: str) -> "Person":
        """Whoever has this address, whatever its case."""
        bare = address.strip().lower()
        return cls(bare, get_user_model()._default_manager.filter(email__iexact=bare).first())

    @property
    def name(self) -> str:
        """As the account says; empty where it says none."""
        return str(self.account.get_full_name()) if self.account else ""


class Link(Protocol):
    """Picks rows of one model."""

    def pick(self, rows: "QuerySet[Model]", person: Person) -> "QuerySet[Model]":
        """The person's."""
        ...


@dataclass(frozen=True)
class Address:
    """Rows whose field (or a field of a row that they belong to) is the address."""

    path: str

    def pick(self, rows: "QuerySet[Model]", person: Person) -> "QuerySet[Model]":
        """Whatever its case."""
        return rows.filter(**{f"{self.path}__iexact": person.address})


@dataclass(frozen=True)
class Account:
    """Rows that point to the user; several fields mean any of them."""

    paths: str

    def pick(self, rows: "QuerySet[Model]", person: Person) -> "QuerySet[Model]":
        """None, where the person has no account."""
        if person.account is None:
            return rows.none()
        chosen = Q()
        for path in self.paths.split():
            chosen |= Q(**{path: person.account.pk})
        return rows.filter(chosen)


@dataclass(frozen=True)
class Named:
    """Rows whose field is the name that the account says."""

    path: str

    def pick(self, rows: "QuerySet[Model]", person: Person) -> "QuerySet[Model]":
        """None, where no name is known."""
        if not person.name:
            return rows.none()
        return rows.filter(**{f"{self.path}__iexact": person.name})


@dataclass(frozen=True)
class Mentions:
    """Rows in whose fields, texts or JSON, the address stands somewhere."""

    fields: str

    def pick(self, rows: "QuerySet[Model]", person: Person) -> "QuerySet[Model]":
        """Reads the whole table: no index helps."""
        chosen, names, found = Q(), self.fields.split(), pattern(person.address)
        held = rows
        for number, name in enumerate(names):
            held = held.alias(**{f"words_{number}": Cast(name, TextField())})
            chosen |= Q(**{f"words_{number}__icontains": person.address})
        keys = [
            key
            for key, *values in held.filter(chosen).values_list("pk", *names).iterator()
            if any(found.search(str(value)) for value in values)
        ]
        return rows.filter(pk__in=keys)


@dataclass(frozen=True)
class Picked:
    """Rows that only a function of the app knows to find."""

    function: Callable[["QuerySet[Model]", Person], "QuerySet[Model]"]

    def pick(self, rows: "QuerySet[Model]", person: Person) -> "QuerySet[Model]":
        """As it says."""
        return self.function(rows, person)
