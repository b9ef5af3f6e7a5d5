"""A line as small as a word."""

from __future__ import annotations

from typing import Final

from contactpoint.kit.picturing.drawing import Drawing
from contactpoint.kit.picturing.points import ENGLISH, Direction, Series, Words
from contactpoint.kit.picturing.scales import scale

_EDGE: Final = 4


def sparkline(
    series: Series,
    *,
    title: str,
    description: str,
    name: str,
    direction: Direction = "ltr",
    words: Words = ENGLISH,
    width: int = 120,
    height: int = 32,
) -> str:
    """The run of a series, without axes and words; its last point is marked.

    It stands beside the figure that it belongs to, and doesn't begin at zero."""
    drawing = Drawing(
        "sparkline", title=title, description=description, name=name, direction=direction,
        words=words, width=width,
    )  # fmt: skip
    values = [point.drawn for point in series.points]
    known = [value for value in values if value is not None]
    if not known:
        drawing.hair(0, height / 2, drawing.width, "p-break")
        return drawing.svg(height)
    around = scale(known, from_zero=False)
    low, high = min(known), max(known)
    reach = (around.share(high) - around.share(low)) or 1.0
    step = (drawing.width - 2 * _EDGE) / max(1, len(values) - 1)
    stretches: list[list[tuple[float, float]]] = [[]]
    for index, (point, value) in enumerate(zip(series.points, values, strict=True)):
        if value is None or point.is_after_break:
            stretches.append([])
        if value is None:
            continue
        up = (around.share(value) - around.share(low)) / reach if low < high else 0.5
        x = _EDGE + step * index if len(values) > 1 else drawing.width - _EDGE
        stretches[-1].append((x, height - _EDGE - (height - 2 * _EDGE) * up))
    kept = [one for one in stretches if one]
    drawing.lines([one for one in kept if len(one) > 1], "p-line p-1")
    for one in kept[:-1]:
        if len(one) == 1:
            drawing.dot(*one[0], 1.2, "p-dot p-1")
    last = next(point for point in reversed(series.points) if point.drawn is not None)
    drawing.dot(*kept[-1][-1], 2.8, "p-ring p-1" if last.is_hollow else "p-dot p-1")
    return drawing.svg(height)
