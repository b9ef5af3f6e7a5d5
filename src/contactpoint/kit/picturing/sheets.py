"""A picture that leaves the page: with its heading, its source and its own style sheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from typing import Any, Final

from contactpoint.kit.picturing.drawing import LINE, Drawing, figure
from contactpoint.kit.picturing.lettering import SIZE, clean, fitted, measured
from contactpoint.kit.picturing.points import ENGLISH, Direction
from contactpoint.kit.picturing.styles import style

POST: Final = (1200, 630)
"""Width and height of a picture in a social post."""
_POST_SCALE: Final = 1.9  # letters are nearly twice as large as in a page
_LEAST: Final = 90
_MARGIN: Final = 28
_HEADING: Final = 22
_HEADING_LINE: Final = 27
_SERIF: Final = 1.16  # how much wider than the sans it is set
_LARGEST: Final = 1.3
_PICTURE: Final = re.compile(
    r'<svg class="picture[^"]*" width="\d+" height="\d+" viewBox="0 0 (\d+) (\d+)" role="img"'
    r' aria-labelledby="([\w -]+)">(<title.*?</title><desc.*?</desc>)(.*)</svg>',
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a picture that leaves the page: a heading above, and below a note (such as
    "Example series, not official figures"), the source, and who publishes it."""

    heading: str
    source: str
    note: str = ""
    publisher: str = ""
    direction: Direction = "ltr"


def bare(picture: str) -> str:
    """A picture as an SVG file without anything around it, for a place that has its own words, such
    as a PDF. Raises ValueError for what is no picture."""
    parts = _parts(picture)
    return (
        f"{_opened(parts, parts.width, parts.height)}{parts.said}<style>{style()}</style>"
        f"{parts.drawn}</svg>"
    )


def sheet(picture: str, frame: Frame) -> str:
    """A picture as a whole SVG file, as large as it is.

    Serve it with the policy that `styles.policy` gives. Raises ValueError for what is no picture.
    """
    parts = _parts(picture)
    around = _Around(frame, parts.width + 2 * _MARGIN)
    high = around.top + parts.height + around.foot
    return around.drawn(parts, 1.0, (around.width, round(high)), 1.0)


def post(draw: Callable[..., str], series: Any, frame: Frame, **options: Any) -> str:
    """A picture drawn for a social post, such as `post(line, [series], frame, title=…, …)`.

    It is as large as `POST`, and drawn to fill that: lines, columns and stacks take the height that
    is left, rows and tiles get smaller the more there are (six rows are read well, twelve hardly).
    """
    around = _Around(frame, round(POST[0] / _POST_SCALE))
    room = POST[1] / _POST_SCALE - around.top - around.foot
    options["direction"] = frame.direction
    if "height" in signature(draw).parameters:
        high = _parts(draw(series, width=around.room, height=_LEAST, **options)).height
        fill = max(_LEAST, _LEAST + int(room) - high)
        picture = draw(series, width=around.room, height=fill, **options)
    else:
        high = _parts(draw(series, width=around.room, **options)).height
        larger = max(1.0, high / room)
        picture = draw(series, width=round(around.room * larger), **options)
    parts = _parts(picture)
    fit = min(around.room / parts.width, room / parts.height, _LARGEST)
    return around.drawn(parts, fit, POST, _POST_SCALE)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A picture taken apart: the names and texts of its title and description, and its drawing."""

    width: int
    height: int
    names: str
    said: str
    drawn: str


def _parts(picture: str) -> _Parts:
    found = _PICTURE.fullmatch(picture)
    if found is None:
        raise ValueError("only a picture of ours can leave the page")
    return _Parts(int(found[1]), int(found[2]), found[3], found[4], found[5])


def _opened(parts: _Parts, width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" width="{width}"'
        f' height="{height}" viewBox="0 0 {width} {height}" role="img"'
        f' aria-labelledby="{parts.names}">'
    )


class _Around:
    """A sheet of a width, with the words of its frame."""

    def __init__(self, frame: Frame, width: int) -> None:
        self.width = width
        self.room = width - 2 * _MARGIN
        self._frame = frame
        narrower = SIZE / _HEADING / _SERIF
        self._heading = fitted(clean(frame.heading), self.room * narrower, lines=2, bold=True)
        self._below = self._lines_below()
        self.top = _MARGIN + _HEADING_LINE * len(self._heading) + LINE
        self.foot = LINE * max(1, len(self._below)) + 20 + _MARGIN - 8

    def drawn(self, picture: _Parts, fit: float, size: tuple[int, int], scale: float) -> str:
        """With the picture on it, made larger by `fit`; the whole made larger by `scale`."""
        drawing = Drawing(
            "sheet", title="", description="", name="sheet", direction=self._frame.direction,
            words=ENGLISH, width=self.width,
        )  # fmt: skip
        for row, words in enumerate(self._heading):
            drawing.text(_MARGIN, _MARGIN + _HEADING_LINE * (row + 0.5), words, "p-heading")
        left = _MARGIN + (self.room - picture.width * fit if drawing.is_mirrored else 0)
        moved = f"translate({figure(left)} {figure(self.top)}) scale({fit:.4f})"
        drawing.put(f'<g transform="{moved}">{picture.drawn}</g>')
        self._write_below(drawing, size[1] / scale - self.foot)
        width, height = size
        return (
            f"{_opened(picture, width, height)}{picture.said}<style>{style()}</style>"
            f'<path class="p-ground" d="M0 0h{width}v{height}H0z"/>'
            f'<g transform="scale({scale:g})">{drawing.content}</g></svg>'
        )

    def _lines_below(self) -> list[tuple[str, str]]:
        publisher = clean(self._frame.publisher)
        room = self.room - (measured(publisher, bold=True) + 24 if publisher else 0)
        lines = [("p-publisher", line) for line in fitted(clean(self._frame.note), room, lines=3)]
        lines += [("p-note", line) for line in fitted(clean(self._frame.source), room, lines=2)]
        return [(kind, line) for kind, line in lines if line]

    def _write_below(self, drawing: Drawing, y: float) -> None:
        drawing.hair(_MARGIN, y + 8, _MARGIN + self.room)
        for row, (kind, line) in enumerate(self._below):
            drawing.text(_MARGIN, y + 22 + row * LINE, line, kind)
        last = y + 22 + LINE * max(0, len(self._below) - 1)
        publisher, end = self._frame.publisher, _MARGIN + self.room
        drawing.text(end, last, publisher, "p-publisher", anchor="end", room=self.room)
