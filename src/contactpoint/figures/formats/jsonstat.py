"""JSON-stat 2.0: https://json-stat.org/full/. One object with a flat list of values.

What our model says and JSON-stat has no word for stands under `extension`, where the standard
leaves room. Reading is in `jsonstat_reading`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contactpoint.figures import flags as flagging
from contactpoint.figures.formats.formats import Format
from contactpoint.figures.formats.jsonstat_reading import OURS, Reading
from contactpoint.figures.formats.jsonstat_text import parsed
from contactpoint.figures.formats.opening import Source, name_of, whole
from contactpoint.figures.limits import Limits
from contactpoint.figures.model import ROLES, Cube, Dimension


class JsonStat(Format):
    """What Eurostat's API answers by default, and what this library stores best."""

    name = "json-stat"
    title = "JSON-stat 2.0"
    suffixes = (".json", ".json.gz")
    media_type = "application/json"

    def looks_like(self, head: str) -> bool:
        """It begins as JSON does."""
        return head.lstrip("\ufeff \t\r\n").startswith("{")

    def read(self, source: Source, limits: Limits) -> Cube:
        """The cube; `UnreadableError` names the part and the position."""
        name = name_of(source)
        return Reading(name, limits).cube(parsed(whole(source, limits), name))

    def write(self, cube: Cube) -> bytes:
        """One dataset with values and status by position."""
        return json.dumps(_written(cube), ensure_ascii=False, separators=(",", ":")).encode()


def _written(cube: Cube) -> dict[str, Any]:
    origin = cube.origin
    has_value = ~np.isnan(cube.values)
    told = (cube.flags > 0) | ~has_value
    ours = {
        "dataset": origin.dataset,
        "extracted": origin.extracted.isoformat() if origin.extracted else "",
        "unit": origin.unit,
        "aggregate": origin.aggregate,
    }
    said: dict[str, Any] = {
        "version": "2.0",
        "class": "dataset",
        "label": origin.title,
        "href": origin.address,
        "source": origin.publisher,
        "updated": origin.updated,
        "id": [one.id for one in cube.dimensions],
        "size": [len(one.codes) for one in cube.dimensions],
        "role": {
            role: [one.id for one in cube.dimensions if one.role == role] for role in ROLES if role
        },
        "dimension": {one.id: _described(one) for one in cube.dimensions},
        "value": dict(
            zip(map(str, cube.positions[has_value].tolist()), _plain(cube.values[has_value]),
                strict=True)
        ),
        "status": {
            str(place): (":" if isnan(value) else "") + flagging.letters(bits)
            for place, value, bits in zip(
                cube.positions[told].tolist(), cube.values[told].tolist(),
                cube.flags[told].tolist(), strict=True,
            )
        },
        "extension": {OURS: {name: text for name, text in ours.items() if text}},
    }  # fmt: skip
    said["role"] = {role: named for role, named in said["role"].items() if named}
    return {name: what for name, what in said.items() if what not in ("", {}) or name == "value"}


def _described(one: Dimension) -> Mapping[str, Any]:
    category: dict[str, Any] = {"index": list(one.codes)}
    if one.labels:
        category["label"] = dict(one.labels)
    return {"label": one.label, "category": category} if one.label else {"category": category}


def _plain(values: NDArray[np.float64]) -> Sequence[float]:
    return [int(one) if one.is_integer() and abs(one) < 2**53 else one for one in values.tolist()]
