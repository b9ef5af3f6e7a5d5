"""A report as JSON: numbers as numbers, reasons by name, and the sentences beside them."""

from collections.abc import Iterable
from math import isinf
from typing import Any

from contactpoint.figures import Change, Period
from contactpoint.statistics.report import Row, Told


def as_json(when: Period, rows: Iterable[Row], language: str) -> dict[str, Any]:
    """`{"period", "language", "indicators": [{"name", "concept", "label", "figures": […]}]}`."""
    return {
        "period": when.code,
        "language": language,
        "indicators": [
            {
                "name": row.name,
                "concept": row.concept,
                "label": row.label,
                "figures": [_told(one) for one in row.places],
            }
            for row in rows
        ],
    }


def _told(told: Told) -> dict[str, Any]:
    figure = told.figure
    return {
        "geo": told.geo,
        "period": figure.period.code if figure else None,
        "value": figure.value if figure else None,
        "flags": figure.flags if figure else "",
        "vintage": str(figure.vintage) if figure and figure.vintage else None,
        "source": figure.source if figure else "",
        "is_example": bool(figure and figure.is_example),
        "reason": told.reason or None,
        "change_on_previous": _change(told.previous),
        "change_on_year": _change(told.year),
        "sentence": told.sentence,
        "why_not": list(told.why),
        "citation": told.source,
    }


def _change(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    base = change.base
    return {
        "percent": change.percent,
        "value": change.value,
        "lowest": change.lowest,
        "highest": None if change.highest is None or isinf(change.highest) else change.highest,
        "reason": change.reason,
        "caveats": list(change.caveats),
        "base": base.value if base else None,
        "base_period": base.period.code if base else None,
        "base_vintage": str(base.vintage) if base and base.vintage else None,
        "base_flags": base.flags if base else "",
    }
