"""What a recording is, by its first bytes: a name can say anything."""

from __future__ import annotations

import re
from typing import Final

ENOUGH: Final = 96
"""So many bytes from the beginning decide."""
_FILMS: Final = frozenset(
    [b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash"]
)
_MPEG_LAYER_3: Final = frozenset([0xFA, 0xFB, 0xF2, 0xF3, 0xE2, 0xE3])
_WEBM: Final = re.compile(
    rb"\x42\x82(?:\x84|\x40\x04|\x20\0\x04|\x10\0{2}\x04|\x08\0{3}\x04|\x01\0{6}\x04)webm"
)
"""The name of the format; some writers keep more bytes for its length than it takes."""
SUFFIXES: Final = {
    "video/mp4": ("mp4",),
    "video/webm": ("webm",),
    "audio/mpeg": ("mp3",),
    "audio/mp4": ("m4a",),
    "audio/ogg": ("ogg", "opus"),
}
"""The endings of a file's name by what it is."""


def kind_of(head: bytes) -> str:
    """The media type of a film or a sound as players here take it; empty for all else."""
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "video/webm" if _WEBM.search(head[:ENOUGH]) else ""
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "audio/mp4" if brand == b"M4A " else "video/mp4" if brand in _FILMS else ""
    if head.startswith(b"OggS"):
        return "audio/ogg"
    is_layer_3 = len(head) > 1 and head[0] == 0xFF and head[1] in _MPEG_LAYER_3
    return "audio/mpeg" if head.startswith(b"ID3") or is_layer_3 else ""
