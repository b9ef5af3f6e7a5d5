"""The programs that make sound, for real: what a voice says, what becomes of an upload, what is
refused. They need espeak-ng and ffmpeg."""

import math
import random
import re
import struct
import subprocess
import wave
from io import BytesIO
from pathlib import Path
from typing import IO

import pytest

from contactpoint.guidance.heard import programs, sounding
from contactpoint.guidance.heard.sounding import NoSoundError, Sounded, spoken_by_computer, taken
from contactpoint.guidance.heard.voices import VOICES
from contactpoint.media.formats.recorded import ENOUGH, kind_of

SENTENCE = {
    "ar": "اتصل بالرقم ١١٢ الساعة ٩:٣٠.",
    "de": "Am 26.11.2026 um 14:30 Uhr.",
    "en": "Call 112 on 26 November 2026, at 9:30.",
    "es": "Llame al 112 el 1 de enero de 2026.",
    "fa": "با ۱۱۲ تماس بگیرید، ساعت ۹:۳۰.",
    "fr": "Appelez le 112, le 01/05/2026 à 14h30.",
    "nl": "Bel 112, op 26.11.2026 om 14.30 uur.",
    "ru": "Звоните 112, 26 ноября 2026 г. в 14:30.",
    "sq": "Telefononi 112, p.sh. në orën 9:00.",
    "tr": "112'yi arayın, saat 14:30.",
    "uk": "Телефонуйте 112 до 3 травня 2026 р.",
}


@pytest.fixture(autouse=True)
def programs_are_there() -> None:
    if gone := programs.missing():
        pytest.fail(f"{' and '.join(gone)} is missing: run `bash .ci/servers`.")


def loudness(data: bytes) -> float:
    said = subprocess.run(
        ["ffmpeg", "-hide_banner", "-nostats", "-i", "pipe:0", "-af", "ebur128", "-f", "null", "-"],
        input=data, capture_output=True, check=True,
    ).stderr.decode()  # fmt: skip
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[-1])


def recorded(folder: Path, *, seconds: float = 2, volume: float = 0.1) -> IO[bytes]:
    """A WAV that rises and falls as a voice does."""
    made = BytesIO()
    dice = random.Random(1)
    with wave.open(made, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(16_000)
        for number in range(int(seconds * 16_000)):
            tone = math.sin(number / 9) * (0.6 + 0.4 * math.sin(number / 1500)) * volume
            level = int(32_000 * tone + dice.randint(-9, 9) * bool(volume))
            file.writeframesraw(struct.pack("<hh", level, level))
    path = folder / "recorded.wav"
    path.write_bytes(made.getvalue())
    return path.open("rb")


def is_ours(sound: Sounded) -> bool:
    return kind_of(sound.mp3[:ENOUGH]) == "audio/mpeg" and kind_of(sound.opus) == "audio/ogg"


@pytest.mark.parametrize("language", VOICES)
def test_each_voice_speaks(language: str) -> None:
    sound = spoken_by_computer(SENTENCE[language], language)
    assert is_ours(sound)
    assert 1.5 < sound.seconds < 15
    assert len(sound.opus) < 2200 * sound.seconds
    assert len(sound.mp3) == pytest.approx(3000 * sound.seconds, rel=0.1)
    assert loudness(sound.mp3) == pytest.approx(sounding.LOUDNESS, abs=1.6)
    assert loudness(sound.opus) == pytest.approx(sounding.LOUDNESS, abs=1.6)


@pytest.mark.parametrize("volume", [0.02, 0.9])
def test_a_whisper_and_a_shout_become_equally_loud(tmp_path: Path, volume: float) -> None:
    sound = taken(recorded(tmp_path, volume=volume), "audio/wav")
    assert is_ours(sound)
    assert sound.seconds == pytest.approx(2, abs=0.1)
    assert loudness(sound.mp3) == pytest.approx(sounding.LOUDNESS, abs=1.2)


def test_what_a_file_holds_beside_its_sound_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "tagged.mp3"
    subprocess.run(
        ["ffmpeg", "-hide_banner", "-loglevel", "error", "-i", recorded(tmp_path).name,
         "-metadata", "title=Secret name", "-metadata", "comment=Secret place", path],
        check=True,
    )  # fmt: skip
    assert b"Secret" in path.read_bytes()
    with path.open("rb") as file:
        sound = taken(file, "audio/mpeg")
    assert b"Secret" not in sound.mp3 + sound.opus


@pytest.mark.parametrize(
    ("data", "kind", "problem"),
    [
        (b"#EXTM3U\n/etc/passwd\n", "audio/mpeg", "broken"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "audio/ogg", "broken"),
        (b"<svg onload=alert(1)>", "image/svg+xml", "kind"),
        (b"OggS" + b"\0" * 5000, "audio/ogg", "broken"),
        (b"\xff\xfb\x90\x00" + b"MZ" * 4000, "audio/mpeg", "broken"),
        (b"\0\0\0\x18ftypM4A " + b"\xff" * 4000, "audio/mp4", "broken"),
        (b"", "audio/mpeg", "broken"),
    ],
)
def test_what_is_no_sound_is_refused(tmp_path: Path, data: bytes, kind: str, problem: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with path.open("rb") as file, pytest.raises(NoSoundError) as refused:
        taken(file, kind)
    assert refused.value.problem in {problem, "silent"}


def test_silence_and_what_is_too_long_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NoSoundError, match="silent"):
        taken(recorded(tmp_path, volume=0), "audio/wav")
    monkeypatch.setattr(sounding, "LONGEST_SECONDS", 1)
    with pytest.raises(NoSoundError, match="long"):
        taken(recorded(tmp_path, seconds=3), "audio/wav")


def test_the_words_are_no_arguments_and_no_shell() -> None:
    sound = spoken_by_computer("--path=/tmp $(touch /tmp/x); -w /tmp/y.wav", "en")
    assert sound.seconds > 2
    assert not Path("/tmp/y.wav").exists()


def test_a_program_that_takes_too_long_is_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(programs, "WAITING_SECONDS", 1)
    endless = ["-hide_banner", "-re", "-f", "lavfi", "-i", "anullsrc", "-f", "null", "-"]
    with pytest.raises(programs.RefusedError, match="did not end"):
        programs.run(programs.FFMPEG, endless, b"")


def test_a_program_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(programs.MissingError, match="apt-get install espeak-ng"):
        spoken_by_computer("Yes.", "en")
