"""What Eurostat would answer, made up: JSON-stat with few figures that a person can follow."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

MONTHS = [f"2018-{month:02}" for month in range(7, 13)]
Cells = Mapping[tuple[str, str], tuple[float | None, str]]


def applicants(**places: Sequence[float | None]) -> bytes:
    """First-time applicants of the months from July 2018 on, by place."""
    cells = {
        (place, when): (value, "")
        for place, values in places.items()
        for when, value in zip(MONTHS, values, strict=False)
    }
    return answer("migr_asyappctzm", cells, applicant="FRST")


def answer(
    code: str,
    cells: Cells,
    *,
    codes: Mapping[str, str] | None = None,
    updated: str = "2019-06-17T11:00:00+0200",
    **more: str,
) -> bytes:
    """JSON-stat with `geo` and `time` and one code for each other dimension."""
    others = dict(codes or {"freq": "M", "unit": "PER", "citizen": "TOTAL", "sex": "T",
                            "age": "TOTAL"}) | more  # fmt: skip
    places = list(dict.fromkeys(place for place, _ in cells))
    times = sorted({when for _, when in cells})
    index = {**{name: [code] for name, code in others.items()}, "geo": places, "time": times}
    values, status = {}, {}
    for (place, when), (value, flags) in cells.items():
        at = str(places.index(place) * len(times) + times.index(when))
        if value is not None:
            values[at] = value
        if flags or value is None:
            status[at] = flags or ":"
    said: dict[str, Any] = {
        "version": "2.0", "class": "dataset", "label": "Made up", "source": "ESTAT",
        "updated": updated, "value": values, "status": status,
        "id": list(index), "size": [len(codes) for codes in index.values()],
        "dimension": {
            name: {
                "label": name.title(),
                "category": {
                    "index": {one: at for at, one in enumerate(codes)},
                    "label": {one: f"{one} in words" for one in codes},
                },
            }
            for name, codes in index.items()
        },
        "extension": {"id": code.upper()},
    }  # fmt: skip
    return json.dumps(said).encode()
