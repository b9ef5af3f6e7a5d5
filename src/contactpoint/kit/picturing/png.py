"""A sheet as a PNG, set in our own fonts."""

from __future__ import annotations


def png(svg: str, width: int) -> bytes:
    """The picture, `width` pixels wide. Nothing is fetched and no file read that `svg` names.

    Raises ValueError for what isn't one of our own sheets."""
    raise ValueError(f"not drawn yet: {len(svg)} letters for {width} pixels")
