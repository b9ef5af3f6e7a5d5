"""Lists of rows that are the same for all languages: themes, concepts, countries, institutions."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import F, QuerySet

from contactpoint.api.cursors import Order, page
from contactpoint.api.parameters import Asked
from contactpoint.api.resources.resource import Listed, Resource, Thing


class Rows(Resource):
    """Things with a column `key` that is their own; listed by it."""

    key: ClassVar[str] = "slug"
    orders: ClassVar[Mapping[str, Order]] = {"id": Order("id", F("slug"), str)}

    def listed(self, asked: Asked) -> Listed:
        """One query for the page, and a fixed number for what its things are."""
        found = self.narrowed(self.rows(), asked).order_by()
        keys, cursor = page(found, self.orders[asked.sort], self.key, asked.cursor, asked.limit)
        return Listed(self._things(keys, asked.fields), cursor)

    def one(self, key: str, asked: Asked) -> Thing | None:
        return next(iter(self._things([key], asked.fields)), None)

    def _things(self, keys: Sequence[str], fields: Collection[str]) -> list[Thing]:
        rows = list(self.rows().filter(**{f"{self.key}__in": keys})) if keys else []
        found = self.told(rows, fields)
        names = [one.name for one in self.every_field if one.name in fields]
        return [
            Thing({name: found[key].values[name] for name in names if name in found[key].values})
            for key in keys
            if key in found
        ]

    def rows(self) -> "QuerySet[Any]":
        """What anybody may see."""
        raise NotImplementedError

    def narrowed(self, found: "QuerySet[Any]", asked: Asked) -> "QuerySet[Any]":
        """Those that answer to the filters."""
        return found

    def told(self, rows: Sequence[Any], fields: Collection[str]) -> dict[str, Thing]:
        """The things by their keys."""
        raise NotImplementedError
