"""The sheet on which a picture is drawn: escaped, mirrored, with a title and without a style.

Places are given as if read from left to right; from right to left everything is mirrored, and each
text keeps its own direction by marks around it, which any program understands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from contactpoint.kit.picturing.lettering import clean, escaped, fitted, isolated, measured
from contactpoint.kit.picturing.points import Direction, Words

Anchor = Literal["start", "middle", "end"]
Sign = Literal["ring", "frame", "break", "none"]
"""What is explained below a picture that has it."""

Place = tuple[float, float]
Box = tuple[float, float, float, float]
"""Of its corner nearest to the start, then its width and height."""
LINE: Final = 16
"""From one line of text to the next."""
_NARROW: Final = 480
_MIDDLE: Final = 4.5  # from the middle of a line of text down to its foot
_NO_NAME: Final = re.compile(r"[^\w-]+")
_OTHER_END: Final[dict[Anchor, Anchor]] = {"start": "end", "end": "start", "middle": "middle"}
_HATCHES: Final = {
    2: "M0 6L6 0M-1 1L1-1M5 7L7 5",
    3: "M0 3H6",
    4: "M1.5 1.5h1M4.5 4.5h1",
    5: "M3 0V6",
    6: "M0 0L6 6M-1 5L1 7M5-1L7 1",
}


def figure(value: float) -> str:
    """A place or a length with one decimal at most."""
    text = f"{value:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")


class Drawing:
    """Collects what is drawn and becomes an `<svg>`."""

    def __init__(
        self,
        kind: str,
        *,
        title: str,
        description: str,
        name: str,
        direction: Direction,
        words: Words,
        width: int,
    ) -> None:
        self.kind = kind
        self.title = escaped(clean(title))
        self.description = escaped(clean(description))
        self.name = _NO_NAME.sub("-", name)
        self.is_mirrored = direction == "rtl"
        self.words = words
        self.width = max(width, 80)
        self.is_narrow = self.width < _NARROW
        self._parts: list[str] = []
        self._patterns: dict[str, str] = {}
        self._signs: dict[Sign, list[str]] = {}

    def text(
        self,
        x: float,
        y: float,
        words: str,
        kind: str,
        *,
        anchor: Anchor = "start",
        room: float = 0,
    ) -> None:
        """One line, its middle at the height `y`; cut where it would take more than `room`."""
        shown = escaped(fitted(clean(words), room)[0] if room else clean(words))
        if not shown:
            return
        if self.is_mirrored:
            x, anchor, shown = self.width - x, _OTHER_END[anchor], isolated(shown)
        anchored = "" if anchor == "start" else f' text-anchor="{anchor}"'
        place = f'x="{x:.1f}" y="{y + _MIDDLE:.1f}"'.replace('.0"', '"')
        self._parts.append(f'<text class="{kind}" {place}{anchored}>{shown}</text>')

    def lines(self, lines: Iterable[Sequence[Place]], kind: str) -> None:
        """Lines through points, as one shape."""
        if self.is_mirrored:
            lines = [[(self.width - x, y) for x, y in one] for one in lines]
        drawn = "M".join("L".join([f"{x:.1f} {y:.1f}" for x, y in one]) for one in lines)
        if drawn:
            drawn = f"{drawn}L".replace(".0 ", " ").replace(".0L", "L").replace(".0M", "M")
            self._parts.append(f'<path class="{kind}" d="M{drawn[:-1]}"/>')

    def hair(self, x: float, y: float, across: float, kind: str = "p-grid") -> None:
        """A level line from `x` to `across`."""
        self.lines([((x, y), (across, y))], kind)

    def boxes(self, boxes: Iterable[Box], kind: str, fill: str = "") -> None:
        """Boxes as one shape; `fill` is what `pattern`, `hollow` or `missing` gave."""
        if self.is_mirrored:
            boxes = [(self.width - x - across, y, across, down) for x, y, across, down in boxes]
        drawn = "".join(
            [
                f"M{x:.1f} {y:.1f}h{across:.1f}v{down:.1f}h{-across:.1f}z"
                for x, y, across, down in boxes
            ]
        )
        if drawn:
            for end in " hvz":
                drawn = drawn.replace(f".0{end}", end)
            filled = f' fill="{fill}"' if fill else ""
            self._parts.append(f'<path class="{kind}" d="{drawn}"{filled}/>')

    def dots(self, places: Iterable[Place], kind: str) -> None:
        """Round dots as one shape: ends of lines without length. The style says how large."""
        if self.is_mirrored:
            places = [(self.width - x, y) for x, y in places]
        drawn = "".join([f"M{x:.1f} {y:.1f}h0" for x, y in places])
        if drawn:
            drawn = drawn.replace(".0 ", " ").replace(".0h", "h")
            self._parts.append(f'<path class="{kind}" d="{drawn}"/>')

    def dot(self, x: float, y: float, radius: float, kind: str) -> None:
        x = self.width - x if self.is_mirrored else x
        place = f'cx="{figure(x)}" cy="{figure(y)}" r="{figure(radius)}"'
        self._parts.append(f'<circle class="{kind}" {place}/>')

    def put(self, drawn: str) -> None:
        """What is drawn already."""
        self._parts.append(drawn)

    @property
    def content(self) -> str:
        """What was drawn so far."""
        return "".join(self._parts)

    def pattern(self, number: int) -> str:
        """What fills the shapes of a series: its colour with its hatching; the first has none."""
        hatch = _HATCHES.get(number)
        if hatch is None:
            return ""
        return self._pattern(f"f{number}", f"p-fill p-{number}", "p-hatch", hatch)

    def hollow(self, number: int) -> str:
        """What fills the shapes of provisional values of a series."""
        return self._pattern(f"h{number}", "p-paper", f"p-weave p-{number}", _HATCHES[2])

    def missing(self) -> str:
        """What fills the place of a figure that isn't there."""
        return self._pattern("none", "p-paper", "p-weave p-0", _HATCHES[4])

    def sign(self, sign: Sign, of: str = "") -> None:
        """Say below the picture what this means, and what it is true `of` where not of all."""
        named = self._signs.setdefault(sign, [])
        if of and of not in named:
            named.append(of)

    def svg(self, height: float) -> str:
        """The picture, with what its signs mean below."""
        down = round(height + self._explain(height))
        patterns = "".join(self._patterns.values())
        defined = f"<defs>{patterns}</defs>" if patterns else ""
        narrow = " picture-narrow" if self.is_narrow else ""
        name = self.name
        return (
            f'<svg class="picture picture-{self.kind}{narrow}" width="{self.width}" height="{down}"'
            f' viewBox="0 0 {self.width} {down}" role="img"'
            f' aria-labelledby="{name}-title {name}-description">'
            f'<title id="{name}-title">{self.title}</title>'
            f'<desc id="{name}-description">{self.description}</desc>'
            f"{defined}{self.content}</svg>"
        )

    def nothing(self) -> str:
        """The picture of no figures: it says so."""
        self.hair(0, 0.5, self.width)
        self.text(
            self.width / 2, 36, self.words.no_figures, "p-note", anchor="middle", room=self.width
        )
        self.hair(0, 71.5, self.width)
        return self.svg(72)

    def _pattern(self, key: str, ground: str, lines: str, hatch: str) -> str:
        name = f"{self.name}-{key}"
        self._patterns[key] = (
            f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse">'
            f'<path class="{ground}" d="M0 0h6v6H0z"/><path class="{lines}" d="{hatch}"/></pattern>'
        )
        return f"url(#{name})"

    def _explain(self, height: float) -> float:
        """Signs and their words, side by side while there is room; how much height they took."""
        meanings = {
            "ring": self.words.provisional,
            "frame": self.words.provisional,
            "break": self.words.break_in_series,
            "none": self.words.no_figure,
        }
        x, y = 0.0, height + LINE
        for sign, named in self._signs.items():
            said = clean(meanings[sign] + (f" ({', '.join(named)})" if named else ""))
            across = 16 + measured(said)
            if x and x + across > self.width:
                x, y = 0.0, y + LINE
            self._draw_sign(sign, x, y)
            self.text(x + 16, y, said, "p-note", room=self.width - x - 16)
            x += across + 20
        return y + LINE / 2 + 2 - height if self._signs else 0

    def _draw_sign(self, sign: Sign, x: float, y: float) -> None:
        if sign == "ring":
            self.dot(x + 5, y, 3.5, "p-ring p-1")
        elif sign == "frame":
            self.boxes([(x + 0.5, y - 5, 9, 10)], "p-frame p-1", self.hollow(1))
        elif sign == "none":
            self.boxes([(x + 0.5, y - 5, 9, 10)], "p-none", self.missing())
        else:
            self.lines([((x + 5, y - 6), (x + 5, y + 6))], "p-break")
