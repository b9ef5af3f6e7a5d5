"""Values over time as lines, each named at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

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
from contactpoint.kit.picturing.drawing import LINE, Drawing, Place
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

_TOP: Final = 8
_BESIDE: Final = 10
_LED: Final = 26  # from a line to its name where a hairline leads from one to the other
_BREAK: Final = 12  # of the mark of a break beyond its line, up and down
_DENSE: Final = 7  # points nearer than this can't each have a dot


def line(
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
    from_zero: bool = True,
) -> str:
    """Values over time, a line for each series, with its name and its last value at the end.

    A missing value parts the line, a break in series too, with a mark: across the field where there
    is one line, else at the line that breaks, whose name is said below. Provisional values are
    hollow dots. `height` is that of the field; names that need more get it.
    """
    drawing = Drawing(
        "line", title=title, description=description, name=name, direction=direction,
        words=words, width=width,
    )  # fmt: skip
    laid = lanes(series)
    values = laid.values
    if not values:
        return drawing.nothing()
    ends = _ends(drawing, series, laid, number)
    up = max(height or (200 if drawing.is_narrow else 240), sum(end.height for end in ends))
    around = scale(values, from_zero=from_zero)
    top, foot = float(_TOP), _TOP + up
    wanted = [foot - up * around.share(end.value) for end in ends]
    places = parted(wanted, [end.height for end in ends], 0, foot + LINE / 2)
    are_led = any(
        end.index < len(laid.axis) - 1 or abs(place - wish) > LINE
        for end, wish, place in zip(ends, wanted, places, strict=True)
    )
    beside = _LED if are_led and len(ends) > 1 else _BESIDE
    left = min(side(around, number), drawing.width / 3)
    field = Field(left, drawing.width - beside - max(end.width for end in ends), top, foot, around)
    xs = _places(len(laid.axis), left + 4, field.right)
    draw_values(drawing, field, number)
    draw_time(drawing, field.bottom, laid.axis, xs)
    for index, row in enumerate(laid.rows):
        whose = series[index].name if len(series) > 1 else ""
        _draw(drawing, field, row, xs, _kind(series, index), whose=whose)
    for end, wish, place in zip(ends, wanted, places, strict=True):
        if beside == _LED:
            x = field.right + beside - 4
            drawing.lines([((xs[end.index] + 6, wish), (x, place))], "p-lead")
        end.write(drawing, field.right + beside, place)
    return drawing.svg(foot + BELOW)


@dataclass(frozen=True, slots=True)
class _End:
    """What stands at the end of a line: lines of words, each with its class."""

    index: int
    value: float
    lines: Sequence[Sequence[tuple[str, str]]]

    @property
    def height(self) -> float:
        return LINE * len(self.lines) + 2

    @property
    def width(self) -> float:
        return max(_across(line) for line in self.lines)

    def write(self, drawing: Drawing, x: float, middle: float) -> None:
        y = middle - LINE * (len(self.lines) - 1) / 2
        for row, line in enumerate(self.lines):
            start = x
            for kind, words in line:
                drawing.text(start, y + row * LINE, words, kind)
                start += _across([(kind, words)]) + _SPACE


_SPACE: Final = 6


def _across(line: Sequence[tuple[str, str]]) -> float:
    words = sum(measured(words, bold=kind != "p-value") for kind, words in line)
    return words + _SPACE * (len(line) - 1)


def _ends(drawing: Drawing, series: Sequence[Series], laid: Lanes, number: Number) -> list[_End]:
    """The last value of each line beside its name, or below where that takes too much. The name of
    a line alone is said by the title: there it is the label of the value."""
    most = drawing.width * (0.32 if drawing.is_narrow else 0.3)
    found = []
    for place, (one, row) in enumerate(zip(series, laid.rows, strict=True)):
        last = _last(row)
        if last is None:
            continue
        index, point, value = last
        shown = fitted(said(point, number), most)[0]
        if len(series) == 1:
            below = fitted(clean(point.label), most)
            found.append(_End(index, value, [[("p-main", shown)], [("p-value", below[0])]]))
            continue
        kind = f"p-name {_kind(series, place)}"
        named = [(kind, words) for words in fitted(clean(one.name), most, lines=2, bold=True)]
        found.append(_End(index, value, [*([part] for part in named), [("p-value", shown)]]))
    in_one = [_End(end.index, end.value, [[part for line in end.lines for part in line]])
              for end in found]  # fmt: skip
    fit = len(series) > 1 and all(end.width <= most for end in in_one)
    return in_one if fit else found


def _draw(
    drawing: Drawing,
    field: Field,
    row: Sequence[Point | None],
    xs: Sequence[float],
    kind: str,
    *,
    whose: str,
) -> None:
    """The stretches of a line between its gaps, and its dots; `whose` where there are others."""
    stretches: list[list[Place]] = [[]]
    hollow: list[Place] = []
    for index, (x, point) in enumerate(zip(xs, row, strict=True)):
        if point is None or point.drawn is None:
            stretches.append([])
            continue
        place = (x, field.y(point.drawn))
        if point.flags:
            if point.is_after_break and index:
                _mark_break(drawing, field, [*stretches[-1][-1:], place], xs[index - 1], whose)
                stretches.append([])
            if point.is_hollow:
                hollow.append(place)
                drawing.sign("ring")
        stretches[-1].append(place)
    kept = [one for one in stretches if one]
    drawing.lines([one for one in kept if len(one) > 1], f"p-line {kind}")
    if not kept:
        return
    last = kept[-1][-1]
    dense = len(xs) > 1 and xs[1] - xs[0] < _DENSE
    alone = [one[0] for one in kept if len(one) == 1]
    for x, y in dict.fromkeys([*alone, *(hollow[-1:] if dense else hollow), last]):
        shape = "p-ring" if (x, y) in hollow else "p-dot"
        drawing.dot(x, y, 3.5 if (x, y) == last else 2.5, f"{shape} {kind}")


def _mark_break(
    drawing: Drawing, field: Field, ends: Sequence[Place], before: float, whose: str
) -> None:
    """Between the point `before` and the last of `ends`: across the field, or no higher than the
    gap of the one line that breaks."""
    x = (before + ends[-1][0]) / 2
    top, bottom = field.top, field.bottom
    if whose:
        ys = [y for _x, y in ends]
        top, bottom = max(top, min(ys) - _BREAK), min(bottom, max(ys) + _BREAK)
    drawing.lines([((x, top), (x, bottom))], "p-break")
    drawing.sign("break", whose)


def _last(row: Sequence[Point | None]) -> tuple[int, Point, float] | None:
    for index in range(len(row) - 1, -1, -1):
        point = row[index]
        if point is not None and (value := point.drawn) is not None:
            return index, point, value
    return None


def _places(count: int, left: float, right: float) -> list[float]:
    """Evenly from side to side; one alone stands at the end, where its name is."""
    if count == 1:
        return [right]
    return [left + (right - left) * index / (count - 1) for index in range(count)]


def _kind(series: Sequence[Series], index: int) -> str:
    """The class of a line: those that step back have none of the colours."""
    if not any(one.is_main for one in series):
        return f"p-{index % COLOURS + 1}"
    if not series[index].is_main:
        return "p-0"
    return f"p-{sum(one.is_main for one in series[:index]) % COLOURS + 1}"
