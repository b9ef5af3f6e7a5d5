"""JSON-stat 2.0, which the library of figures reads back to the same figures.

One cube of indicators, units, places and periods, with cells only where there are some. A vintage
that all share stands where the library looks for it; each one's own stands under `extension`.
"""

import json
from collections.abc import Iterable
from typing import Any, ClassVar, Final

from contactpoint.figures import Cube, Origin
from contactpoint.figures import flags as flagging
from contactpoint.figures.building import NOTHING, Builder
from contactpoint.figures.formats import write
from contactpoint.figures.model import Role
from contactpoint.statistics.naming import names
from contactpoint.statistics.offering.citing import remarks_of, source_lines
from contactpoint.statistics.offering.describing import described, meanings
from contactpoint.statistics.offering.formats.formats import Format
from contactpoint.statistics.offering.tables import Table

DIMENSIONS: Final = ("indicator", "unit", "geo", "time")
_ROLES: Final[dict[str, Role]] = {"time": "time", "geo": "geo", "indicator": "metric"}


class JsonStat(Format):
    """For programs that know statistics."""

    name: ClassVar[str] = "jsonstat"
    title: ClassVar[str] = "JSON-stat"
    ending: ClassVar[str] = "json"

    def write(self, table: Table) -> bytes:
        """One dataset; one without a single code where there is no figure."""
        said: dict[str, Any] = json.loads(write(cube(table), "json-stat")) if _any(table) else {
            "version": "2.0", "class": "dataset", "label": table.title,
            "id": [*DIMENSIONS], "size": [0] * len(DIMENSIONS), "value": [],
            "dimension": {one: {"category": {"index": []}} for one in DIMENSIONS},
        }  # fmt: skip
        said["note"] = [*remarks_of(table), *source_lines(table.parts, table.language)]
        said.setdefault("extension", {}).update(
            {"dataset": described(table), "flags": meanings(table)}
        )
        return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def cube(table: Table) -> Cube:
    """The table as the library of figures has it. Raises `UnreadableError` where it has no figure.

    An indicator that counts in no unit has its cells under `-`."""
    said = names(table.language)
    builder = Builder(table.name, DIMENSIONS)
    for part, geo, when, figure in table.rows():
        if figure is None:
            continue
        series = builder.series((part.name, part.unit or "-", geo), when.code)
        value = NOTHING if figure.value is None else figure.value
        builder.add(
            series, builder.last(when.code, when.code), value, flagging.packed(figure.flags)
        )
    labels = {
        "indicator": {one.name: one.label for one in table.parts if any(one.lines.values())},
        "unit": {
            one.unit: said.code("unit", one.unit)
            for one in table.parts
            if one.unit and any(one.lines.values())
        },
        "geo": {
            code: said.code("geo", code)
            for part in table.parts
            for code, line in part.lines.items()
            if line
        },
    }
    titles = {one: said.dimension(one) for one in DIMENSIONS}
    return builder.cube(_origin(table), labels=labels, titles=titles, roles=_ROLES)


def _origin(table: Table) -> Origin:
    vintage = _shared(one.vintage for one in table.parts)
    return Origin(
        publisher=_shared(one.publisher for one in table.parts) or "",
        dataset=_shared(one.dataset for one in table.parts) or "",
        title=table.title,
        extracted=vintage.first if vintage and vintage.is_day else None,
        updated=_shared(one.updated for one in table.parts) or "",
        address=table.page,
    )


def _shared(values: Iterable[Any]) -> Any:
    """What all of them say."""
    said = {*values}
    return said.pop() if len(said) == 1 else None


def _any(table: Table) -> bool:
    return any(line for part in table.parts for line in part.lines.values())
