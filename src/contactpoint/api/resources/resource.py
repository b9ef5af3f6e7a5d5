"""What is offered: a list with its filters and orders, and each thing of it by its key."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db.models import QuerySet

from contactpoint.api import parameters as given
from contactpoint.api.cursors import LONGEST
from contactpoint.api.parameters import Asked, Chosen, Facet, Parameter
from contactpoint.api.rights import Rights
from contactpoint.api.shapes import ADDRESS, SLUG, TEXT, Field, Schema, choice, choosable, pruned

ROOT: Final = "/api/v1"
ID: Final = Field("id", TEXT, "Its key here, which never changes.", always=True)
SELF: Final = Field(
    "self", ADDRESS, "Its address in this interface; its name in the graph.", "@id", always=True
)


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as it is told."""

    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list; `cursor` of the next page, `more` what only this list tells beside it."""

    things: Sequence[Thing]
    cursor: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


class Resource(ABC):
    """One kind of things. `schema_name` is what one of them is called in the document."""

    name: ClassVar[str]
    schema_name: ClassVar[str]
    about: ClassVar[str]
    key_schema: ClassVar[Schema] = {"type": "string", "pattern": SLUG}
    key_example: ClassVar[str] = ""
    fields: ClassVar[tuple[Field, ...]]
    facets: ClassVar[tuple[Facet, ...]] = ()
    further: ClassVar[tuple[Parameter, ...]] = ()
    sorts: ClassVar[tuple[str, ...]] = ("id",)
    more: ClassVar[Mapping[str, Schema]] = {}
    has_items: ClassVar[bool] = True
    only_one: ClassVar[tuple[str, ...]] = ()
    """Fields that only a thing by itself has, since a list of them would be a book."""
    on_request: ClassVar[tuple[str, ...]] = ()
    """Fields that a list has only where `fields` names them."""
    rights: ClassVar[Rights | None] = None
    """What holds beside the licence, or in place of it where `not_ours` are told."""
    not_ours: ClassVar[tuple[str, ...]] = ()
    """Fields in which words of others stand; everything else describes, under the licence."""
    below: ClassVar[str] = ""
    """The list each thing of which has a list of these under its address."""
    examples: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Queries to try, each with what it asks for."""
    cursor_about: ClassVar[str] = (
        "Where to go on, from “next” of the page before: a place in the order, which nothing moves "
        "that is published or taken away meanwhile."
    )
    """What a cursor of the list promises."""

    @property
    def every_field(self) -> tuple[Field, ...]:
        """With those that every thing has."""
        return (ID, SELF, *self.fields)

    def fields_parameter(self, *, of_list: bool) -> Parameter:
        """Which fields are wanted."""
        there = [one for one in self.every_field if not (of_list and one.name in self.only_one)]
        names = [one.name for one in there]
        names += [name for one in there for name in choosable(one)]
        return Parameter(
            "fields",
            choice(names),
            "Only these fields, beside those that are always there; themes.label is the label of "
            "each of the themes.",
            True,
        )

    def list_parameters(self) -> list[Parameter]:
        """All that a list understands, in the order of the document."""
        found = [one for facet in self.facets for one in facet.parameters()]
        found += self.further
        if self.sorts:
            about = f"The order; “-” stands before what goes down. {self.sorts[0]} unless said."
            found.append(Parameter("sort", choice(self.sorts), about))
        found.append(self.fields_parameter(of_list=True))
        limit = {"type": "integer", "minimum": 1, "maximum": given.MOST, "default": given.USUAL}
        cursor = {"type": "string", "minLength": 1, "maxLength": LONGEST}
        return [
            *found,
            Parameter("limit", limit, "How many things at most."),
            Parameter("cursor", cursor, self.cursor_about),
        ]

    def item_parameters(self) -> list[Parameter]:
        """All that the address of a thing understands."""
        return [self.fields_parameter(of_list=False)]

    def asked(self, values: Mapping[str, Any], *, of_list: bool, under: str = "") -> Asked:
        """What was read as a question to this list. Raises `ProblemError`."""
        chosen = {}
        for facet in self.facets:
            by_mode = {mode: values.get(f"{facet.name}.{mode}", ()) for mode in facet.modes}
            if any(by_mode.values()):
                chosen[facet.name] = Chosen(**by_mode)
        given.refuse_unknown(self.facets, chosen)
        hidden = (*self.only_one, *self.on_request) if of_list else ()
        every = [one.name for one in self.every_field if one.name not in hidden]
        always = {one.name for one in self.every_field if one.always}
        wanted: Sequence[str] = values.get("fields") or every
        inner: dict[str, set[str]] = {}
        for name in wanted:
            field, dot, chosen_inside = name.partition(".")
            if dot and field not in wanted:
                inner.setdefault(field, set()).add(chosen_inside)
        return Asked(
            fields=frozenset(name.partition(".")[0] for name in wanted) | always,
            inside=inner,
            chosen=chosen,
            values=values,
            sort=values.get("sort", self.sorts[0] if self.sorts else ""),
            cursor=values.get("cursor", ""),
            limit=values.get("limit", given.USUAL),
            under=under,
        )

    def is_licensed(self, *, with_all: bool) -> bool:
        """Whether the licence holds for the list as it stands, or `with_all` fields."""
        hidden = () if with_all else (*self.only_one, *self.on_request)
        return not set(self.not_ours) - set(hidden)

    @property
    def path(self) -> str:
        """Of the list, from the root of the interface on; `{id}` stands for what it is below."""
        return f"{self.below}/{{id}}/{self.name}" if self.below else self.name

    def list_url(self, under: str = "") -> str:
        """The whole address of the list; `under` is the key of what it stands below."""
        return f"{settings.BASE_URL}{ROOT}/{self.path}".replace("{id}", under)

    def url(self, key: str) -> str:
        """The whole address of a thing."""
        return f"{self.list_url()}/{key}"

    def chosen(self, thing: Thing, asked: Asked) -> dict[str, Any]:
        """What a thing tells, with only what was chosen inside its fields."""
        if not asked.inside:
            return thing.values
        by_name = {one.name: one for one in self.every_field}
        return {
            name: (
                pruned(by_name[name], value, asked.inside[name]) if name in asked.inside else value
            )
            for name, value in thing.values.items()
        }

    @abstractmethod
    def listed(self, asked: Asked) -> Listed | None:
        """A page of the list, in a number of queries that does not grow with it; None where there
        is nothing that it could stand below."""

    def one(self, key: str, asked: Asked) -> Thing | None:
        """The thing with a key, if anybody may see it."""
        raise NotImplementedError


def whole(url: str) -> str:
    """An address of this site in full."""
    return f"{settings.BASE_URL}{url}"


def words(labels: Mapping[str, Any] | None) -> dict[str, str]:
    """The languages that say something."""
    return {code: str(text) for code, text in (labels or {}).items() if text}


def reference(name: str, key: str, labels: Mapping[str, Any]) -> dict[str, Any]:
    """A thing of another list, as things name it."""
    return {
        "id": key,
        "self": f"{settings.BASE_URL}{ROOT}/{name}/{key}",
        "label": words(labels),
    }


def missing_in(rows: "QuerySet[Any, Any]", key: str) -> Any:
    """Tells which of some values no row has; one query."""

    def missing(values: Sequence[str]) -> Iterable[str]:
        there = rows.filter(**{f"{key}__in": values}).order_by().values_list(key, flat=True)
        return set(values) - {str(one) for one in there}

    return missing
