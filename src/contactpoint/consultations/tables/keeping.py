"""A column as everything that is published sees it."""

from dataclasses import dataclass, replace
from typing import Final

from contactpoint.consultations.tables.sheets import MISSING, Column
from contactpoint.consultations.tables.tallies import Tally, tally

OTHER: Final = "\x00"
"""The class of all that a question hides; it is never shown."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A column that is published, and which of its categories are hidden."""

    column: Column
    hidden: frozenset[str]

    @property
    def values(self) -> tuple[str | None, ...]:
        """The column as everything published sees it: what is hidden is one class."""
        return tuple(OTHER if one in self.hidden else one for one in self.column.values)

    @property
    def rows(self) -> list[str | None]:
        """The classes that occur, who was not asked last."""
        met = set(self.values)
        order = [*self.column.categories, MISSING, OTHER, None]
        return [
            one
            for one in order
            if one in met or (one in self.column.categories and one not in self.hidden)
        ]

    def shown(self) -> Tally:
        """Without what it hides; what nobody named is not named where it is hidden."""
        column, hidden = self.column, self.hidden
        full = tally(column, column.counts())
        categories = column.categories
        if column.is_open:
            categories = tuple(one for one in categories if one not in hidden)
        counts = {one: None if one in hidden else full.counts[one] for one in categories}
        missing = None if MISSING in hidden else full.missing
        return replace(full, categories=categories, counts=counts, missing=missing)
