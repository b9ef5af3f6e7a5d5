"""Writes a film as WebM (https://www.matroska.org/technical/elements.html).

How long it takes and where to jump to stand before its pictures, so that a player can seek without
reading it all."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NANOSECONDS = 1_000_000
TRACK = 1
MATRICES = {"bt709": 1, "smpte170m": 6, "bt470bg": 5}
CURVES = {"bt709": 1, "smpte170m": 6, "iec61966-2-1": 13}
PRIMARIES = {"bt709": 1, "smpte170m": 6, "bt470bg": 5}


@dataclass(frozen=True)
class Picture:
    """An encoded frame, shown from `at` on, in milliseconds; a whole one needs none before it."""

    at: int
    whole: bool
    data: bytes


def webm(
    pictures: Sequence[Picture],
    milliseconds: int,
    size: tuple[int, int],
    colours: dict[str, object],
) -> bytes:
    """A film of one track in VP9; a cluster begins with each whole picture."""
    head = element(
        0x1A45DFA3,
        element(0x4286, number(1)),  # EBMLVersion
        element(0x42F7, number(1)),  # EBMLReadVersion
        element(0x42F2, number(4)),  # EBMLMaxIDLength
        element(0x42F3, number(8)),  # EBMLMaxSizeLength
        element(0x4282, b"webm"),  # DocType
        element(0x4287, number(4)),  # DocTypeVersion
        element(0x4285, number(2)),  # DocTypeReadVersion
    )
    info = element(
        0x1549A966,
        element(0x2AD7B1, number(NANOSECONDS)),  # TimestampScale
        element(0x4489, struct.pack(">d", milliseconds)),  # Duration
        element(0x4D80, b"Contactpoint"),  # MuxingApp
        element(0x5741, b"Contactpoint"),  # WritingApp
    )
    tracks = element(0x1654AE6B, _track(size, colours))
    clusters = [(parts[0].at, _cluster(parts)) for parts in _groups(pictures)]
    # Places are written in eight bytes, so that the length of what tells them is known before.
    starts = [0] * len(clusters)
    places = [0, 0, 0]
    for _round in range(2):
        seek, cues = _seek_head(places), _cues(clusters, starts)
        places = [len(seek), len(seek) + len(info), len(seek) + len(info) + len(tracks)]
        position = places[-1] + len(cues)
        for index, (_at, data) in enumerate(clusters):
            starts[index] = position
            position += len(data)
    body = b"".join([_seek_head(places), info, tracks, _cues(clusters, starts)])
    return head + element(0x18538067, body, *(data for _at, data in clusters))


def element(name: int, *parts: bytes) -> bytes:
    """An EBML element: its name, its length in as few bytes as it takes, what it holds.

    A length of nothing but ones would mean that none is known.
    """
    content = b"".join(parts)
    width = 1
    while len(content) >= (1 << 7 * width) - 1:
        width += 1
    size = (len(content) | 1 << 7 * width).to_bytes(width)
    return name.to_bytes((name.bit_length() + 7) // 8) + size + content


def number(value: int, length: int = 0) -> bytes:
    """An unsigned whole number, in as few bytes as it takes or in `length`."""
    return value.to_bytes(length or max(1, (value.bit_length() + 7) // 8))


def _track(size: tuple[int, int], colours: dict[str, object]) -> bytes:
    return element(
        0xAE,
        element(0xD7, number(TRACK)),  # TrackNumber
        element(0x73C5, number(TRACK)),  # TrackUID
        element(0x83, number(1)),  # TrackType: video
        element(0x9C, number(0)),  # FlagLacing
        element(0x22B59C, b"zxx"),  # Language: nothing is spoken
        element(0x86, b"V_VP9"),  # CodecID
        element(
            0xE0,
            element(0xB0, number(size[0])),  # PixelWidth
            element(0xBA, number(size[1])),  # PixelHeight
            element(
                0x55B0,
                element(0x55B1, number(MATRICES[str(colours["matrix"])])),
                element(0x55B9, number(2 if colours["fullRange"] else 1)),  # Range
                element(0x55BA, number(CURVES[str(colours["transfer"])])),
                element(0x55BB, number(PRIMARIES[str(colours["primaries"])])),
            ),
        ),
    )


def _groups(pictures: Sequence[Picture]) -> Iterator[list[Picture]]:
    group: list[Picture] = []
    for picture in pictures:
        if picture.whole and group:
            yield group
            group = []
        group.append(picture)
    yield group


def _cluster(pictures: Sequence[Picture]) -> bytes:
    first = pictures[0].at
    return element(
        0x1F43B675,
        element(0xE7, number(first)),  # Timestamp
        *(
            element(
                0xA3,  # SimpleBlock
                struct.pack(">BhB", 0x80 | TRACK, one.at - first, 0x80 if one.whole else 0),
                one.data,
            )
            for one in pictures
        ),
    )


def _seek_head(places: Sequence[int]) -> bytes:
    names = (0x1549A966, 0x1654AE6B, 0x1C53BB6B)
    return element(
        0x114D9B74,
        *(
            element(0x4DBB, element(0x53AB, number(name)), element(0x53AC, number(place, 8)))
            for name, place in zip(names, places, strict=True)
        ),
    )


def _cues(clusters: Sequence[tuple[int, bytes]], starts: Sequence[int]) -> bytes:
    return element(
        0x1C53BB6B,
        *(
            element(
                0xBB,
                element(0xB3, number(at, 4)),  # CueTime
                element(
                    0xB7, element(0xF7, number(TRACK)), element(0xF1, number(start, 8))
                ),  # CueTrack, CueClusterPosition
            )
            for (at, _data), start in zip(clusters, starts, strict=True)
        ),
    )
