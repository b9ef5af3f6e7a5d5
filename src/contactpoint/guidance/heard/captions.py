"""The words of a page with their times in its sound, as WebVTT."""

from collections.abc import Iterable

from django.utils.html import escape

from contactpoint.guidance.heard.playing import Sound


def webvtt(sounds: Iterable[Sound]) -> str:
    """A cue a block, named as the block is."""
    parts, begin = ["WEBVTT"], 0.0
    for sound in sounds:
        end = begin + sound.mp3_seconds
        words = "\n".join(escape(line) for line in sound.said.lines)
        parts.append(f"{sound.said.block}\n{_time(begin)} --> {_time(end)}\n{words}")
        begin = end
    return "\n\n".join(parts) + "\n"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
