"""From words or from an uploaded file to what is kept: one MP3 and one Opus, equally loud.

Loudness is that of EBU R 128: measured as a whole (BS.1770, gated), brought to the target by one
gain for all of the recording, and peaks held by a limiter. So a whisper stays a whisper and a
page of several voices is as loud in each paragraph.
"""

import re
import tempfile
from dataclasses import dataclass
from typing import IO, Final

from contactpoint.guidance.heard import programs
from contactpoint.guidance.heard.reading_out import read_out, speech

LOUDNESS: Final = -18.0
"""LUFS. Speech has high peaks: louder than this the limiter would have to work all the time."""
PEAK: Final = 0.8
"""Of full scale, −2 dB: encoders overshoot a little."""
RATE: Final = 24_000
"""Hz of the MP3; one for all, so that the sound of a page is that of its parts in a row."""
WORDS_A_MINUTE: Final = 145
"""Slower than the voice's own 175: listeners may be learning, or tired."""
LONGEST_SECONDS: Final = 300
LARGEST: Final = 20 * 1024**2
QUIETEST: Final = -60.0
"""LUFS; below it nothing was recorded but the room."""
MP3_BITS: Final = {"computer": 24_000, "human": 32_000}
OPUS_BITS: Final = {"computer": 12_000, "human": 20_000}
"""Bits a second by who speaks; those of the MP3 are the same from beginning to end."""
_MEASURE: Final = "aformat=channel_layouts=mono,apad=whole_dur=1,ebur128"
_LOUD: Final = re.compile(r"I:\s+(-?[\d.]+|-?inf|nan) LUFS")
_NO_MORE: Final = ("-hide_banner", "-nostdin", "-nostats", "-loglevel", "info")
_PLAIN: Final = ("-vn", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-threads", "1")
DEMUXERS: Final = {
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/mp4": "mov",
    "video/mp4": "mov",
    "video/webm": "matroska",
    "audio/wav": "wav",
}
"""How ffmpeg reads a file that is taken, by what its first bytes say. It never guesses."""


class NoSoundError(ValueError):
    """A file is no sound that can be kept; `problem` is `kind`, `broken`, `long` or `silent`."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Sounded:
    """What is kept."""

    mp3: bytes
    opus: bytes
    seconds: float


def spoken_by_computer(text: str, language: str) -> Sounded:
    """The words by the computer's voice of the language."""
    own = speech(language)
    arguments = ["-v", own.voice, "-s", str(WORDS_A_MINUTE), "-b", "1", "--stdin", "--stdout"]
    wave, _said = programs.run(programs.ESPEAK, arguments, read_out(text, language).encode("utf-8"))
    with tempfile.TemporaryFile() as file:
        file.write(wave)
        file.seek(0)
        return _kept(file, "wav", "computer")


def taken(file: IO[bytes], kind: str) -> Sounded:
    """An uploaded file, of which nothing is kept but its sound, encoded anew."""
    demuxer = DEMUXERS.get(kind)
    if demuxer is None:
        raise NoSoundError("kind")
    return _kept(file, demuxer, "human")


def _kept(file: IO[bytes], demuxer: str, kind: str) -> Sounded:
    """The file must be a real one. It is read once, and what comes out is ours."""
    with tempfile.TemporaryFile() as plain:
        loudness = _decoded(file, demuxer, plain)
        seconds = plain.tell() / 2 / RATE
        if not seconds:
            raise NoSoundError("broken")
        if seconds > LONGEST_SECONDS:
            raise NoSoundError("long")
        if not loudness > QUIETEST:
            raise NoSoundError("silent")
        mp3, opus = _encoded(plain, LOUDNESS - loudness, kind)
    return Sounded(mp3, opus, round(seconds, 2))


def _decoded(file: IO[bytes], demuxer: str, plain: IO[bytes]) -> float:
    """Into `plain` as one channel of 16 bits; its loudness in LUFS.

    Only the file itself is opened, whatever other files it names. What is short is made a second
    long: the measure needs 0.4 seconds.
    """
    file.seek(0)
    arguments = [
        *_NO_MORE, "-protocol_whitelist", "file,pipe", "-f", demuxer, "-i", "/dev/stdin",
        "-map", "0:a:0", *_PLAIN, "-t", str(LONGEST_SECONDS + 1),
        "-af", _MEASURE, "-ar", str(RATE), "-f", "s16le", "pipe:1",
    ]  # fmt: skip
    try:
        _nothing, said = programs.run(programs.FFMPEG, arguments, file, answer=plain)
    except programs.RefusedError as error:
        raise NoSoundError("broken") from error
    plain.seek(0, 2)
    found = _LOUD.findall(said)
    return float(found[-1]) if found else float("nan")


def _encoded(plain: IO[bytes], gain: float, kind: str) -> tuple[bytes, bytes]:
    """MP3 and Opus, by one run: what takes time is to start the program."""
    plain.seek(0)
    level = f"volume={gain:.2f}dB,alimiter=limit={PEAK}:level=false"
    each = ["-af", level, *_PLAIN, "-flags", "+bitexact", "-fflags", "+bitexact"]
    with tempfile.TemporaryFile() as opus:
        arguments = [
            *_NO_MORE, "-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "pipe:0",
            *each, "-c:a", "libmp3lame", "-b:a", str(MP3_BITS[kind]), "-write_xing", "0",
            "-id3v2_version", "0", "-f", "mp3", "pipe:1",
            *each, "-c:a", "libopus", "-b:a", str(OPUS_BITS[kind]), "-application", "voip",
            "-frame_duration", "60", "-f", "ogg", f"pipe:{opus.fileno()}",
        ]  # fmt: skip
        mp3, _said = programs.run(programs.FFMPEG, arguments, plain, also=opus)
        opus.seek(0)
        return mp3, opus.read()
