"""Parts that make a whole, over time, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contactpoint.kit.picturing.axes import (
    BELOW,
    COLOURS,
    Field,
    Lanes,
    draw_time,
    draw_values,
    lanes,
    side,
)
from contactpoint.kit.picturing.bands import Bands
from contactpoint.kit.picturing.drawing import LINE, Box, Drawing
from contactpoint.kit.picturing.lettering import clean, fitted, measured, parted, said
from contactpoint.kit.picturing.points import (
    ENGLISH,
    WIDE,
    Direction,
    Number,
    Point,
    Series,
    Words,
)
from contactpoint.kit.picturing.scales import scale

Ends = tuple[float, float]


def stacked(
    series: Sequence[Series],
    *,
    title: str,
    description: str,
    name: str,
    number: Number = str,
    direction: Direction = "ltr",
    words: Words = ENGLISH,
    width: int = WIDE,
    height: int | None = None,
) -> str:
    """A column for each label, of the parts that the series give, from the first up; their names
    and last values stand beside the last column. Negative parts hang below zero."""
    drawing = Drawing(
        "stacked", title=title, description=description, name=name, direction=direction,
        words=words, width=width,
    )  # fmt: skip
    laid = lanes(series)
    if not laid.values:
        return drawing.nothing()
    most = drawing.width * (0.32 if drawing.is_narrow else 0.28)
    piled = _piled(laid)
    parts = [
        _Part(number_, row, ends, _named(one, number_, row, most, number))
        for number_, (one, row, ends) in enumerate(zip(series, laid.rows, piled, strict=True), 1)
    ]
    up = max(height or (200 if drawing.is_narrow else 240), sum(part.height for part in parts))
    around = scale([end for ends in piled for one in ends if one for end in one])
    left = min(side(around, number), drawing.width / 3)
    right = drawing.width - 12 - max(part.width for part in parts)
    field = Field(left, right, 8, 8 + up, around)
    bands = Bands(len(laid.axis), field)
    draw_values(drawing, field, number)
    draw_time(drawing, field.bottom, laid.axis, bands.xs)
    for part in parts:
        part.draw(drawing, bands)
    drawing.hair(left, round(field.y(0)) + 0.5, right, "p-zero")
    _mark(drawing, bands, laid)
    _name(drawing, field, parts)
    return drawing.svg(field.bottom + BELOW)


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the series: what it has under each label, from where to where, and its name."""

    number: int
    row: Sequence[Point | None]
    ends: Sequence[Ends | None]
    lines: Sequence[tuple[str, str]]

    @property
    def height(self) -> float:
        return LINE * len(self.lines) + 4

    @property
    def width(self) -> float:
        return max((measured(words, bold=True) for _kind, words in self.lines), default=0)

    def draw(self, drawing: Drawing, bands: Bands) -> None:
        colour = _colour(self.number)
        full: list[Box] = []
        hollow: list[Box] = []
        for index, (point, ends) in enumerate(zip(self.row, self.ends, strict=True)):
            if point is not None and ends is not None:
                (hollow if point.is_hollow else full).append(bands.box(index, *ends))
        pattern = drawing.pattern(colour) if full else ""
        drawing.boxes(
            full, f"p-part p-{colour}" if pattern else f"p-part p-fill p-{colour}", pattern
        )
        if hollow:
            drawing.boxes(hollow, f"p-frame p-{colour}", drawing.hollow(colour))
            drawing.sign("frame")


def _colour(number: int) -> int:
    return (number - 1) % COLOURS + 1


def _piled(laid: Lanes) -> list[list[Ends | None]]:
    """Where each part begins and ends, series by series."""
    up, down = [0.0] * len(laid.axis), [0.0] * len(laid.axis)
    found: list[list[Ends | None]] = []
    for row in laid.rows:
        found.append([])
        for index, point in enumerate(row):
            value = None if point is None else point.drawn
            if value is None:
                found[-1].append(None)
                continue
            pile = down if value < 0 else up
            found[-1].append((pile[index], pile[index] + value))
            pile[index] += value
    return found


def _named(
    one: Series, place: int, row: Sequence[Point | None], most: float, number: Number
) -> list[tuple[str, str]]:
    """The name of a part, and its last value."""
    words = fitted(clean(one.name), most, lines=2, bold=True)
    lines = [(f"p-name p-{_colour(place)}", line) for line in words if line]
    last = row[-1]
    shown = said(last, number) if last is not None else ""
    return [*lines, ("p-value", fitted(shown, most)[0])] if shown else lines


def _mark(drawing: Drawing, bands: Bands, laid: Lanes) -> None:
    for index in range(len(laid.axis)):
        here = [point for row in laid.rows if (point := row[index]) is not None]
        if any(point.is_after_break for point in here):
            bands.mark_break(drawing, index)
        if all(point.drawn is None for point in here):
            bands.mark_missing(drawing, index)


def _name(drawing: Drawing, field: Field, parts: Sequence[_Part]) -> None:
    """At the height of each part of the last column, or in order where it has none."""
    wanted = []
    for part in parts:
        last = part.ends[-1]
        share = (part.number - 0.5) / len(parts)
        in_order = field.bottom - (field.bottom - field.top) * share
        wanted.append(field.y((last[0] + last[1]) / 2) if last else in_order)
    places = parted(wanted, [part.height for part in parts], 0, field.bottom + LINE / 2)
    for part, middle in zip(parts, places, strict=True):
        for row, (kind, words) in enumerate(part.lines):
            y = middle - part.height / 2 + 2 + LINE * (row + 0.5)
            drawing.text(field.right + 12, y, words, kind)
