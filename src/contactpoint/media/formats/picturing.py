"""Draws the first page of a PDF in a process of its own, so that the file can hurt nobody."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import IO, Final

from PIL import Image

from contactpoint.media.formats.first_page import TALLEST, WIDEST
from contactpoint.vocabulary.apart import CrashedError, GivenUpError, run_apart

MOST_SECONDS: Final = 10
"""Of CPU. A page full of vector drawings takes about two."""
MOST_MEMORY: Final = 1024**3
_MOST_WAITING: Final = 3 * MOST_SECONDS
_LONGEST_HEAD: Final = 100
_LONGEST_ANSWER: Final = WIDEST * TALLEST * 3 + _LONGEST_HEAD
_QUALITY: Final = 80
_CHILD: Final = "contactpoint.media.formats.first_page"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as WebP, and its size in pixels."""

    data: bytes
    width: int
    height: int


def first_page(file: IO[bytes]) -> Picture | None:
    """The first page of a real file that stands at its beginning; None where it can't be drawn.

    Raises `OSError` where no process can be started.
    """
    arguments = [str(MOST_SECONDS), str(MOST_MEMORY)]
    try:
        said = run_apart(_CHILD, arguments, file, waiting=_MOST_WAITING, most=_LONGEST_ANSWER)
        return _picture(said)
    except (GivenUpError, CrashedError, ValueError):
        return None


def _picture(said: bytes) -> Picture:
    """Only what has the size that it tells. Raises `ValueError`."""
    head, _line, pixels = said.partition(b"\n")
    size = json.loads(head[:_LONGEST_HEAD])
    if not isinstance(size, dict):
        raise ValueError("no size")
    width, height = size.get("width"), size.get("height")
    if not (isinstance(width, int) and isinstance(height, int)):
        raise ValueError("no size")
    if not (0 < width <= WIDEST and 0 < height <= TALLEST and len(pixels) == width * height * 3):
        raise ValueError("another size than it tells")
    made = io.BytesIO()
    Image.frombytes("RGB", (width, height), pixels).save(made, "WEBP", quality=_QUALITY)
    return Picture(made.getvalue(), width, height)
