"""A cover that leaves the site: its drawing beside the title, in the size of a social post.

The drawing is the one of the item's page; colours are those of `tokens.css`, in light.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin
from pathlib import Path
from typing import Any, Final

from contactpoint.kit.covers import cover
from contactpoint.kit.picturing.lettering import SIZE, clean, fitted
from contactpoint.kit.picturing.png import engraved
from contactpoint.kit.picturing.sheets import POST

_DRAWING: Final = 470
"""How much of the width is the drawing's."""
_MARGIN: Final = 64
_SERIF: Final = 1.2  # how much wider than the sans it is set
_TITLES: Final = ((62, 4), (52, 5), (44, 6))
"""Sizes of the title and so many lines of each: the largest in which it stands whole."""
_PAPER, _INK, _QUIET, _HAIRLINE = "#fbfaf7", "#16202b", "#515c68", "#d6d3cc"
_HUE: Final = re.compile(r'\[data-hue="(\d+)"\] \{ --hue: (\d+); \}')
_TOKENS: Final = Path(__file__).parents[1] / "static" / "kit" / "css" / "tokens.css"


@dataclass(frozen=True, slots=True)
class Plate:
    """What stands on it: `line` above the title says what it is and of when."""

    hue: int
    seeds: tuple[str, ...]
    title: str
    line: str
    publisher: str


def plate(given: Plate) -> bytes:
    """A PNG of 1200 by 630 pixels, the same for the same. Raises as `png.png` does."""
    return engraved(_shapes(given), _texts(given), POST, POST[0])


def _shapes(given: Plate) -> str:
    width, height = POST
    left = width - _DRAWING
    ground, line = _oklch(0.5, 0.088, _angle(given.hue)), _oklch(0.95, 0.02, _angle(given.hue))
    drawn = cover(given.hue, given.seeds, width=_DRAWING, height=height)
    inner = drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")]
    style = (
        f".cover-ground{{fill:{ground}}}"
        f".cover-lines{{stroke:{line};stroke-width:1.2;stroke-opacity:.34}}"
        ".cover-lines-far{stroke-opacity:.6}"
        f".cover-path,.cover-start,.cover-goal{{stroke:{_PAPER};stroke-width:5;"
        "stroke-linecap:round}"
        f".cover-start{{fill:{_PAPER}}}.cover-goal{{fill:{ground}}}"
    )
    rule = height - _MARGIN - 44
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}"><style>{style}</style>'
        f'<path fill="{_PAPER}" d="M0 0h{width}v{height}H0z"/>'
        f'<path fill="{_HAIRLINE}" d="M{_MARGIN} {rule}h{left - 2 * _MARGIN}v2H{_MARGIN}z"/>'
        f'<svg x="{left}" y="0" width="{_DRAWING}" height="{height}"'
        f' viewBox="0 0 {_DRAWING} {height}" fill="none">{inner}</svg></svg>'
    )


def _texts(given: Plate) -> list[dict[str, Any]]:
    room = POST[0] - _DRAWING - 2 * _MARGIN
    size, lines = _set(clean(given.title), room)
    top = _MARGIN + 26
    words = fitted(clean(given.line), room * SIZE / 27)
    made = [_text(_MARGIN, top, words[0], 27, colour=_QUIET)]
    top += 30
    for line in lines:
        top += round(size * 1.16)
        made.append(_text(_MARGIN, top, line, size, weight=600, serif=True))
    publisher = fitted(clean(given.publisher), room * SIZE / 27, bold=True)
    made.append(_text(_MARGIN, POST[1] - _MARGIN, publisher[0], 27, weight=600))
    return made


def _set(title: str, room: float) -> tuple[int, list[str]]:
    for size, most in _TITLES:
        lines = fitted(title, room * SIZE / size / _SERIF, lines=most, bold=True)
        if "…" not in "".join(lines):
            return size, lines
    return size, lines


def _text(
    x: float,
    y: float,
    words: str,
    size: int,
    *,
    weight: int = 400,
    colour: str = _INK,
    serif: bool = False,
) -> dict[str, Any]:
    return {
        "x": x, "y": y, "anchor": "start", "words": words, "size": size, "weight": weight,
        "colour": colour, "serif": serif,
    }  # fmt: skip


@cache
def _angles() -> dict[int, int]:
    found = _HUE.findall(_TOKENS.read_text(encoding="utf-8"))
    return {int(number): int(angle) for number, angle in found}


def _angle(hue: int) -> int:
    return _angles()[(hue - 1) % len(_angles()) + 1]


def _oklch(lightness: float, chroma: float, angle: float) -> str:
    """As hexadecimal sRGB: https://www.w3.org/TR/css-color-4/#color-conversion-code"""
    a, b = chroma * cos(radians(angle)), chroma * sin(radians(angle))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _gamma(one)):02x}" for one in linear)


def _gamma(one: float) -> float:
    one = min(max(one, 0.0), 1.0)
    return 12.92 * one if one <= 0.0031308 else 1.055 * one ** (1 / 2.4) - 0.055
