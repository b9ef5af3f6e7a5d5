"""Pictures taken apart again: elements by a real XML parser, words by the real fonts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from xml.etree.ElementTree import Element, fromstring

from hypothesis import strategies as st
from PIL import ImageFont

from contactpoint.kit.composing.press import FONTS
from contactpoint.kit.picturing import (
    Point,
    Series,
    bars,
    columns,
    dumbbell,
    line,
    sparkline,
    stacked,
    tiles,
    whiskers,
)

SAID = {"title": "Applicants", "description": "What is seen.", "name": "applicants"}
ONE = {"bars": bars, "columns": columns, "tiles": tiles, "sparkline": sparkline}
SEVERAL = {"line": line, "stacked": stacked, "whiskers": whiskers}
KINDS = [*ONE, *SEVERAL, "dumbbell"]
NUMBERS = st.none() | st.integers(-(10**9), 10**9) | st.floats()
LABELS = st.text(max_size=40)
FLAGS = st.sampled_from(["", "", "", "b", "p", "bp", "e"])
_SMALL = {"p-tick", "p-note", "p-said", "p-publisher"}
_HIGH = 11  # what letters take of a line, from the top of a capital to the foot of a g
_ISOLATES = re.compile("[\u2066-\u2069]")


def points(
    labels: st.SearchStrategy[str] = LABELS, **given: st.SearchStrategy
) -> st.SearchStrategy:
    parts = {
        "value": NUMBERS,
        "flags": FLAGS,
        "tick": labels,
        "note": labels,
        "code": st.sampled_from(["", "BE", "EL", "UK", "XX"]),
        "is_main": st.booleans(),
    }
    return st.builds(Point, label=labels, **{**parts, **given})  # fmt: skip


def series(**given: st.SearchStrategy) -> st.SearchStrategy:
    labels = given.get("labels", LABELS)
    many = st.lists(points(**given), max_size=12).map(tuple)
    return st.builds(Series, name=labels, points=many, is_main=st.booleans())


def drawn(kind: str, several: list[Series], **options: object) -> str:
    """A picture of any kind, of as many of the series as it takes."""
    if kind in ONE and kind == "sparkline":
        options = {key: value for key, value in options.items() if key != "number"}
    if kind in ONE:
        return ONE[kind](several[0], **{**SAID, **options})
    if kind == "dumbbell":
        return dumbbell((several[0], several[-1]), **{**SAID, **options})
    return SEVERAL[kind](several, **{**SAID, **options})


def parsed(svg: str) -> Element:
    return fromstring(svg)


def of_class(root: Element, name: str) -> list[Element]:
    return [one for one in root.iter() if name in one.get("class", "").split()]


def words(root: Element) -> list[str]:
    """What is written, in the order in which it is."""
    return [text.words for text in texts(root)]


def path_of(element: Element) -> list[list[tuple[float, float]]]:
    """The stretches of a line."""
    return [
        [tuple(map(float, place.split(" "))) for place in stretch.split("L")]
        for stretch in element.get("d").split("M")[1:]
    ]


def boxes_of(element: Element) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of each box of a shape."""
    found = re.findall(r"M(\S+) (\S+)h(\S+)v(\S+)h\S+z", element.get("d", ""))
    return [tuple(map(float, one)) for one in found]


@dataclass(frozen=True)
class Text:
    """A line of words, and where it stands."""

    words: str
    kind: str
    left: float
    right: float
    middle: float

    def meets(self, other: "Text") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 0.5 and abs(self.middle - other.middle) < _HIGH


def texts(root: Element) -> Iterator[Text]:
    """As wide as the real font sets them."""
    for one in root.iter():
        if one.tag.rpartition("}")[2] == "text":
            kind = one.get("class", "")
            said = _ISOLATES.sub("", one.text or "")
            across = _set(said, kind)
            anchor = {"middle": 0.5, "end": 1}.get(one.get("text-anchor", ""), 0)
            left = float(one.get("x")) - across * anchor
            yield Text(said, kind, left, left + across, float(one.get("y")) - 4.5)


def meeting(root: Element) -> list[tuple[str, str]]:
    """Words that stand on one another."""
    return [(a.words, b.words) for a, b in combinations(texts(root), 2) if a.meets(b)]


def outside(root: Element) -> list[str]:
    """Words that leave the picture."""
    _x, _y, width, height = map(float, root.get("viewBox").split())
    return [
        one.words
        for one in texts(root)
        if not (one.left >= -1 and one.right <= width + 1 and 0 <= one.middle <= height)
    ]


def _set(said: str, kind: str) -> float:
    bold = any(name in kind.split() for name in ("p-name", "p-main"))
    size = 12 if _SMALL.intersection(kind.split()) else 13
    return _font("sans-semibold" if bold else "sans-regular").getlength(said) * size / 1000


@cache
def _font(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{name}.ttf", 1000)
