"""Draw a cover from an item's own identity: every output has a picture that nobody had to make.

The drawing repeats the mark of the house: two points and the path between them. Contour lines run
around each point and cross. The first seed settles the first point, the second seed the second
point, so items that share a concept look related; all seeds together settle the path. The function
is pure: the same hue and seeds give the same drawing, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from math import cos, hypot, pi, sin

HUES = 11
NODES = 8
HANDLE = 0.1876
"""Share of the chord between two neighbours that makes an eight-node curve closest to a circle."""

Point = tuple[float, float]


def cover(hue: int, seeds: Sequence[str], *, width: int = 640, height: int = 400) -> str:
    """Return an inline SVG, under 4 kB, hidden from assistive technology.

    `hue` is the index of a theme's hue, from 1 to 11 (any other number is wrapped into it);
    `seeds` are slugs of concepts, most telling first, or whatever else names the item. Colours come
    from the style sheet through classes, so the drawing follows light, dark and print. A drawing
    narrower than 320 units has fewer lines.
    """
    numbers = list(seeds) or [str(hue)]
    first = _dice(numbers[0])
    second = _dice(numbers[1] if len(numbers) > 1 else numbers[0] + "/second")
    both = _dice("/".join(numbers))

    start = (width * _between(first, 0.14, 0.38), height * _between(first, 0.26, 0.80))
    goal = (width * _between(second, 0.62, 0.88), height * _between(second, 0.18, 0.74))
    too_level = abs(start[1] - goal[1]) < height * 0.14
    if too_level:
        goal = (goal[0], goal[1] + height * (0.2 if goal[1] < height * 0.5 else -0.2))
    count = 7 if width < 320 else 12
    far = hypot(width, height) * 0.62

    lines_around_start = _contours(start, count, far, first)
    lines_around_goal = _contours(goal, count - 2, far * 0.9, second)
    dot = round(width * (0.019 if width >= 320 else 0.028), 1)
    return (
        f'<svg class="cover" data-hue="{(hue - 1) % HUES + 1}" viewBox="0 0 {width} {height}"'
        ' fill="none" stroke="currentColor" aria-hidden="true" focusable="false">'
        f'<path class="cover-ground" stroke="none" d="M0 0h{width}v{height}H0z"/>'
        f'<path class="cover-lines" d="{lines_around_start}"/>'
        f'<path class="cover-lines cover-lines-far" d="{lines_around_goal}"/>'
        f'<path class="cover-path" d="{_path(start, goal, (width, height), both)}"/>'
        f'<circle class="cover-start" cx="{start[0]:.0f}" cy="{start[1]:.0f}" r="{dot}"/>'
        f'<circle class="cover-goal" cx="{goal[0]:.0f}" cy="{goal[1]:.0f}" r="{dot}"/>'
        "</svg>"
    )


def _dice(seed: str) -> Iterator[float]:
    """Yield sixteen numbers from 0 to 1 that depend on the seed alone."""
    digest = blake2b(seed.encode(), digest_size=32).digest()
    return (int.from_bytes(digest[i : i + 2]) / 65535 for i in range(0, 32, 2))


def _between(dice: Iterator[float], low: float, high: float) -> float:
    return low + (high - low) * next(dice)


def _contours(centre: Point, count: int, far: float, dice: Iterator[float]) -> str:
    """Closed lines around a point, rounder near it and more wilful further out."""
    turn = _between(dice, 0, 2 * pi)
    skew = _between(dice, 0, 2 * pi)
    oval = _between(dice, 0.10, 0.20)
    lobes = _between(dice, 0.05, 0.11)
    drift = _between(dice, 0, 2 * pi)
    paths = []
    for line in range(1, count + 1):
        part = line / count
        radius = far * part * (0.55 + 0.45 * part)
        x = centre[0] + cos(drift) * radius * 0.12
        y = centre[1] + sin(drift) * radius * 0.12
        nodes = []
        for node in range(NODES):
            angle = 2 * pi * node / NODES + part * 0.6
            reach = radius * (
                1
                + oval * (0.4 + part) * cos(2 * (angle - turn))
                + lobes * part * 1.6 * cos(3 * (angle - skew))
            )
            nodes.append((x + reach * cos(angle), y + reach * sin(angle)))
        paths.append(_closed_curve(nodes))
    return "".join(paths)


def _closed_curve(nodes: list[Point]) -> str:
    """A smooth closed line through the nodes, in whole units, as short as SVG allows."""
    count = len(nodes)
    tangents = [
        (
            (nodes[(i + 1) % count][0] - nodes[i - 1][0]) * HANDLE,
            (nodes[(i + 1) % count][1] - nodes[i - 1][1]) * HANDLE,
        )
        for i in range(count)
    ]
    x, y = round(nodes[0][0]), round(nodes[0][1])
    text = [f"M{x} {y}"]
    for i in range(1, count + 1):
        node, tangent = nodes[i % count], tangents[i % count]
        end_x, end_y = round(node[0]), round(node[1])
        if i == 1:
            out_x, out_y = round(tangents[0][0]), round(tangents[0][1])
            text.append(f"c{out_x}{_signed(out_y)}")
            joint = " "
        else:
            joint = "s"
        hold_x, hold_y = round(node[0] - tangent[0]) - x, round(node[1] - tangent[1]) - y
        text.append(f"{joint}{hold_x}{_signed(hold_y)}{_signed(end_x - x)}{_signed(end_y - y)}")
        x, y = end_x, end_y
    return "".join(text) + "z"


def _path(start: Point, goal: Point, size: Point, dice: Iterator[float]) -> str:
    """The way from one point to the other: an S, never a straight line, never out of the frame."""
    span_x, span_y = goal[0] - start[0], goal[1] - start[1]
    bend = _between(dice, 0.45, 0.85) * (1 if next(dice) > 0.5 else -1)
    pull = _between(dice, 0.35, 0.6)
    first = (start[0] + span_x * pull - span_y * bend, start[1] + span_y * pull + span_x * bend)
    second = (goal[0] - span_x * pull + span_y * bend, goal[1] - span_y * pull - span_x * bend)
    # A curve stays within the hull of its points, so what holds for them holds for it.
    points = (start, _inside(first, size), _inside(second, size), goal)
    move, *curve = (f"{x:.0f} {y:.0f}" for x, y in points)
    return f"M{move}C{' '.join(curve)}"


def _inside(point: Point, size: Point) -> Point:
    x, y = (
        min(max(part, 0.04 * whole), 0.96 * whole) for part, whole in zip(point, size, strict=True)
    )
    return x, y


def _signed(number: int) -> str:
    """A number after another one: the minus sign parts them, else a space."""
    return str(number) if number < 0 else f" {number}"
