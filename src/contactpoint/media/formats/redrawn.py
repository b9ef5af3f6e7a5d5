"""Draws a picture anew, so that nothing is left of its file but what one sees.

A camera writes place, time, device and owner into a picture; programs add comments, previews that
show what was cut away, and whatever hides behind the last pixel. The colour profile stays, without
which colours would be others.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

KINDS: Final = {
    "jpg": "JPEG",
    "jpeg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
    "gif": "GIF",
    "avif": "AVIF",
}
"""The format of a picture, by the ending of its name."""
MOST_PIXELS: Final = 64_000_000
"""Of all frames together; a quarter of a gigabyte while it is drawn."""
_QUALITY: Final[dict[str, dict[str, Any]]] = {
    "JPEG": {"quality": 92, "progressive": True, "subsampling": "keep"},
    "WEBP": {"quality": 92},
    "AVIF": {"quality": 85, "speed": 8},
    "PNG": {"optimize": False},
    "GIF": {},
}
_KEPT: Final = frozenset(
    ["icc_profile", "transparency", "duration", "loop", "background", "disposal"]
)


class NoPictureError(Exception):
    """It is none of the kind that its name says, is damaged, or has too many pixels."""


def redrawn(content: bytes, suffix: str) -> bytes:
    """The picture, the right way up, in the format that its name says. Raises `NoPictureError`."""
    kind = KINDS.get(suffix.lower(), "")
    try:
        with Image.open(BytesIO(content), formats=[kind] if kind else []) as opened:
            frames = getattr(opened, "n_frames", 1)
            if opened.width * opened.height * frames > MOST_PIXELS:
                raise NoPictureError("too many pixels")
            return _several(opened, kind) if frames > 1 else _one(opened, kind)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, TypeError,
            SyntaxError, EOFError) as error:  # fmt: skip
        raise NoPictureError(str(error)) from error


def _one(opened: Image.Image, kind: str) -> bytes:
    turned = opened.getexif().get(0x0112, 1) != 1
    options = dict(_QUALITY[kind])
    if kind == "JPEG" and (turned or opened.mode not in ("RGB", "L", "CMYK")):
        options.pop("subsampling")
    picture: Image.Image = ImageOps.exif_transpose(opened) if turned else opened
    picture.load()
    if kind == "JPEG" and picture.mode not in ("RGB", "L", "CMYK"):
        picture = picture.convert("RGB")
    _forget(picture)
    if profile := picture.info.get("icc_profile"):
        options["icc_profile"] = profile
    made = BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()


def _several(opened: Image.Image, kind: str) -> bytes:
    """Of a picture that moves each frame, with its time."""
    frames = []
    for frame in ImageSequence.Iterator(opened):
        one = frame.copy()
        _forget(one)
        frames.append(one)
    shown = {"duration": [one.info.get("duration", 100) for one in frames]}
    if "loop" in opened.info:
        shown["loop"] = opened.info["loop"]
    made = BytesIO()
    options = {**_QUALITY[kind], **shown, "save_all": True, "append_images": frames[1:]}
    frames[0].save(made, kind, **options)
    return made.getvalue()


def _forget(picture: Image.Image) -> None:
    """Some writers put back what they find here."""
    picture.info = {name: value for name, value in picture.info.items() if name in _KEPT}
    picture.getexif().clear()
