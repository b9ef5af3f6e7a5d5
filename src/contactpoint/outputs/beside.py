"""What most items have nothing of: asked in one small query before the large ones are built.

Django takes longer to build the queries for files and corrections than the database to find none.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists

from contactpoint.kit.prepared import rows
from contactpoint.outputs.models import Correction, Output, OutputFile


@dataclass(frozen=True, slots=True)
class Beside:
    """Whether there are rows, whoever may see them."""

    files: bool
    corrections: bool


def has_beside(pk: int, item: UUID) -> Beside:
    """Of a page and of the item that it is; a page that isn't stored yet has nothing."""
    if pk is None:
        return Beside(files=False, corrections=False)

    def build(values: list[Any]) -> Any:
        return (
            Output.objects.order_by()
            .filter(pk=values[0])
            .values_list(
                Exists(OutputFile.objects.filter(page=values[0])),
                Exists(Correction.objects.filter(item=values[1])),
            )
        )

    found = rows(("beside",), build, [pk, item])
    return Beside(*map(bool, found[0])) if found else Beside(files=False, corrections=False)
