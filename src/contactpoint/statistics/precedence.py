"""Which figures answer where there are several: the one place that decides it.

A real table goes before what was printed at the time, and that before examples. Of an indicator
that was printed for a kind of period, anywhere, no example is told for that kind of period: an
invented figure beside a real one would be taken for real, or seem to contradict it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol, TypeVar

from contactpoint.figures import Figure
from contactpoint.statistics.printed import Printed
from contactpoint.statistics.unpacking import Unpacked

T = TypeVar("T")


class Stored(Protocol):
    """An extraction, as far as it matters here."""

    is_example: bool


def in_order(
    extraction: Stored | None, table: Mapping[str, T], printed: Mapping[str, T]
) -> list[Mapping[str, T]]:
    """What may answer for an indicator by one kind of period, the best first: lines by place.
    `printed` is all that was printed of it, wherever; `table` may be for some places only."""
    if extraction is None or not table:
        return [printed] if printed else []
    if not extraction.is_example:
        return [table, printed] if printed else [table]
    return [printed or table]


def printed_by_place(
    lines: Iterable[Unpacked], frequency: str, known: date | None = None
) -> dict[str, Printed]:
    """What was printed for a kind of period, of several vintages, as known on a day."""
    found: dict[str, list[Figure]] = {}
    for line in lines:
        vintage = line.template.vintage
        if line.frequency == frequency and (
            known is None or (vintage is not None and vintage.last <= known)
        ):
            found.setdefault(line.template.geo, []).extend(line.figures())
    return {place: Printed(figures) for place, figures in found.items() if figures}
