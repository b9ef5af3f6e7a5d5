"""Captions as WebVTT (W3C), read strictly and written anew: of a file from outside only times and
plain text remain.

Styles, regions, positions, notes and marks are left out; the name in a voice mark goes before what
is said. What can't be read is refused with the line on which it stands, never repaired.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

LARGEST: Final = 512 * 1024
MOST_CUES: Final = 5_000
LONGEST_CUE: Final = 600
_PAUSE: Final = 2_500
_PARAGRAPH: Final = 350
_LONGEST_PARAGRAPH: Final = 1_200
_HEAD: Final = re.compile(r"WEBVTT(?:[ \t].*)?\Z")
_LEFT_OUT: Final = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?\Z")
_MOMENT: Final = r"(?:([0-9]{2}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_TIMING: Final = re.compile(rf"{_MOMENT}[ \t]+-->[ \t]+{_MOMENT}(?:[ \t].*)?\Z")
_VOICE: Final = re.compile(r"<v(?:\.[^<>\s]*)?[ \t]+([^<>\s][^<>]*)>")
_MARK: Final = re.compile(r"<[^<>]*>")
_SPACES: Final = re.compile(r"[ \t\u00a0]+")
_END_OF_SENTENCE: Final = (".", "!", "?", "…", ".”", ".»", "؟", "。")


class CaptionsError(ValueError):
    """Not captions as they must be; `problem` is a word for why, `line` counts from 1, or is 0."""

    def __init__(self, problem: str, line: int = 0) -> None:
        super().__init__(f"{problem}, line {line}" if line else problem)
        self.problem, self.line = problem, line


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from `start` to `end`, in milliseconds; `text` has a line break or several."""

    start: int
    end: int
    text: str


def parse(data: bytes) -> list[Cue]:
    """The cues of a file, in their order. Raises `CaptionsError`."""
    if len(data) > LARGEST:
        raise CaptionsError("large")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaptionsError("encoding") from error
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not _HEAD.match(lines[0]):
        raise CaptionsError("head", 1)
    cues: list[Cue] = []
    for number, block in _blocks(lines):
        if number == 1 or _LEFT_OUT.match(block[0]):
            continue
        cue = _cue(number, block)
        if cues and cue.start < cues[-1].start:
            raise CaptionsError("order", number)
        if cue.text:
            cues.append(cue)
        if len(cues) > MOST_CUES:
            raise CaptionsError("many", number)
    if not cues:
        raise CaptionsError("empty")
    return cues


def written(cues: Iterable[Cue]) -> str:
    """The cues as a file that players read; nothing in a text can be taken for a mark.

    Raises `CaptionsError` where it would be too large to be read again: signs are written longer.
    """
    blocks = (
        f"{_clock(cue.start)} --> {_clock(cue.end)}\n{html.escape(cue.text, quote=False)}\n"
        for cue in cues
    )
    text = "\n".join(["WEBVTT\n", *blocks])
    if len(text.encode()) > LARGEST:
        raise CaptionsError("large")
    return text


def paragraphs(cues: Sequence[Cue]) -> list[tuple[int, str]]:
    """What is said, to read: `(start, text)`; a pause or the end of a longer thought ends one."""
    made: list[tuple[int, str]] = []
    end = 0
    for cue in cues:
        words = cue.text.replace("\n", " ")
        start, text = made[-1] if made else (0, "")
        is_whole = len(text) >= _PARAGRAPH and text.endswith(_END_OF_SENTENCE)
        if made and not is_whole and cue.start - end < _PAUSE and len(text) < _LONGEST_PARAGRAPH:
            made[-1] = (start, f"{text} {words}")
        else:
            made.append((cue.start, words))
        end = cue.end
    return made


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The number of the first line of each block, and its lines."""
    block: list[str] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []
    if block:
        yield len(lines) + 1 - len(block), block


def _cue(number: int, block: Sequence[str]) -> Cue:
    """A block with its times on the first line, or on the second under a name for it."""
    place = 0 if "-->" in block[0] or len(block) == 1 else 1
    match = _TIMING.match(block[place].strip())
    if match is None:
        raise CaptionsError("time", number + place)
    start, end = _milliseconds(match.groups()[:4]), _milliseconds(match.groups()[4:])
    if end <= start:
        raise CaptionsError("time", number + place)
    said = block[place + 1 :]
    if any("-->" in line for line in said):
        raise CaptionsError("time", number + place)
    text = "\n".join(filter(None, map(_plain, said)))
    if len(text) > LONGEST_CUE:
        raise CaptionsError("long", number)
    return Cue(start, end, text)


def _milliseconds(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _clock(moment: int) -> str:
    seconds, thousandths = divmod(moment, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"


def _plain(line: str) -> str:
    """A line without marks and without characters that nobody sees but a parser."""
    text = html.unescape(_MARK.sub("", _VOICE.sub(r"\1: ", line)))
    seen = "".join(sign for sign in text if sign == "\t" or unicodedata.category(sign) != "Cc")
    return _SPACES.sub(" ", seen.replace("\u2028", " ").replace("\u2029", " ")).strip()
