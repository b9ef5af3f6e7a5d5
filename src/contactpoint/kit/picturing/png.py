"""A sheet as a PNG, in our own fonts.

Shapes are drawn and words are set by Typst, which prints our papers already, in a process of its
own that can open nothing. Only what our own pictures are made of gets there: a list says which
elements and attributes, so that nothing in an SVG can name a file or an address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from contactpoint.kit.picturing.styles import computed, style
from contactpoint.vocabulary.apart import CrashedError, GivenUpError, run_apart

WIDEST: Final = 4096
_LONGEST: Final = 400_000
_CHILD: Final = "contactpoint.kit.picturing.engraver"
_SECONDS: Final = 10
_MEMORY: Final = 1024**3
_MOST: Final = 16 * 1024**2
_AT_ONCE: Final = BoundedSemaphore(1)
"""Each picture takes a process and its memory: of those that one of ours starts, one runs."""
_SVG: Final = "{http://www.w3.org/2000/svg}"
_ELEMENTS: Final = frozenset(
    _SVG + name
    for name in ("svg", "g", "defs", "pattern", "path", "circle", "text", "title", "desc", "style")
)
_ATTRIBUTES: Final = frozenset((
    "aria-labelledby", "class", "cx", "cy", "d", "fill", "height", "id", "patternUnits", "r",
    "role", "text-anchor", "transform", "viewBox", "width", "x", "y",
))  # fmt: skip
_FILL: Final = re.compile(r"url\(#[\w-]+\)")
_MOVED: Final = re.compile(r"(?:translate\(([\d.-]+) ([\d.-]+)\))? ?(?:scale\(([\d.]+)\))?")


class NoPictureError(ValueError):
    """It is none of our sheets."""


class NotEngravedError(Exception):
    """The process that draws it gave up or failed."""


def png(svg: str, width: int) -> bytes:
    """What `sheet` made, `width` pixels wide; the same for the same.

    Nothing is fetched and no file is read that `svg` names. Raises `NoPictureError`,
    `NotEngravedError`; `OSError` where no process starts.
    """
    root = _read(svg)
    across, down = float(root.get("width", "0")), float(root.get("height", "0"))
    if not (0 < width <= WIDEST and across > 0 and 0 < down * width / across <= WIDEST):
        raise NoPictureError(f"it would be larger than {WIDEST} pixels, or nothing")
    texts = [text for one in list(root) for text in _texts(one, (0.0, 0.0, 1.0))]
    _without_texts(root)
    return engraved(tostring(root, encoding="unicode"), texts, (across, down), width)


def engraved(
    shapes: str, texts: Sequence[Mapping[str, Any]], size: tuple[float, float], width: int
) -> bytes:
    """Shapes and words that we drew ourselves, of a `size`, as a PNG of a `width` in pixels.

    A text has `x`, `y` (of its baseline), `anchor`, `words`, `size`, `weight`, `colour`, `serif`.
    Raises as `png` does.
    """
    data = {"width": size[0], "height": size[1], "shapes": shapes, "texts": texts}
    with TemporaryFile() as file:
        file.write(json.dumps(data).encode())
        file.seek(0)
        arguments = [str(_SECONDS), str(_MEMORY), str(72 * width / size[0])]
        if not _AT_ONCE.acquire(timeout=_SECONDS):
            raise NotEngravedError("too many pictures are wanted at once")
        try:
            drawn = run_apart(_CHILD, arguments, file, waiting=2 * _SECONDS, most=_MOST)
        except (CrashedError, GivenUpError):
            raise NotEngravedError("the process that draws it gave up") from None
        finally:
            _AT_ONCE.release()
    if not drawn.startswith(b"\x89PNG\r\n"):
        raise NotEngravedError("what came back is no PNG")
    return drawn


def _read(svg: str) -> Element:
    """The elements of a sheet; refused is whatever our pictures don't have."""
    if len(svg) > _LONGEST:
        raise NoPictureError(f"it is longer than {_LONGEST} letters")
    try:
        root: Element = fromstring(svg, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise NoPictureError("it is no XML that may be read") from error
    for element in root.iter():
        if element.tag not in _ELEMENTS:
            raise NoPictureError(f"{element.tag} is nothing that a picture has")
        for name, value in element.attrib.items():
            if name not in _ATTRIBUTES or (name == "fill" and not _FILL.fullmatch(value)):
                raise NoPictureError(f"{name} is nothing that a picture has there")
        if element.tag == f"{_SVG}style" and element.text != style():
            raise NoPictureError("its style is another one")
    return root


def _texts(element: Element, frame: tuple[float, float, float]) -> Iterator[dict[str, Any]]:
    """All words with their places on the sheet and their looks."""
    left, top, scale = frame
    moved = _MOVED.fullmatch(element.get("transform", ""))
    if moved is None:
        raise NoPictureError("it is moved in another way than ours")
    across, down, larger = (
        float(part or given) for part, given in zip(moved.groups(), "001", strict=True)
    )
    left, top, scale = left + across * scale, top + down * scale, scale * larger
    if element.tag == f"{_SVG}text":
        look = computed(frozenset(element.get("class", "").split()))
        yield {
            "x": left + float(element.get("x", "0")) * scale,
            "y": top + float(element.get("y", "0")) * scale,
            "anchor": element.get("text-anchor", "start"),
            "words": element.text or "",
            "size": float(look["font-size"].removesuffix("px")) * scale,
            "weight": int(look.get("font-weight", "400")),
            "colour": look["color"],
            "serif": "Serif" in look["font-family"],
        }
    for child in element:
        yield from _texts(child, (left, top, scale))


def _without_texts(element: Element) -> None:
    for child in list(element):
        if child.tag == f"{_SVG}text":
            element.remove(child)
        elif child.tag == f"{_SVG}style":
            child.text = style().partition("@media")[0]
        else:
            _without_texts(child)
