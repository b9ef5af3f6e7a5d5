"""What a reader can hear of a text: of each block the sound of these very words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from babel.units import format_unit

from contactpoint.guidance.addresses import Addresses
from contactpoint.guidance.heard.keeping import Kind, current
from contactpoint.guidance.heard.saying import Saying, places_of
from contactpoint.guidance.heard.sounding import MP3_BITS
from contactpoint.guidance.models import GuideText, Place, Recording


@dataclass(frozen=True, slots=True)
class Sound:
    """What is heard of a block, with its addresses and sizes."""

    said: Saying
    recording: Recording
    mp3_url: str
    opus_url: str
    mp3_size: str
    opus_size: str

    @property
    def is_computer(self) -> bool:
        """Whether no person speaks."""
        return self.recording.kind == Kind.COMPUTER

    @property
    def mp3_seconds(self) -> float:
        """How long exactly it plays within the sound of a page: an encoder fills its last frame."""
        return self.recording.mp3_size * 8 / MP3_BITS[self.recording.kind]


@dataclass(frozen=True, slots=True)
class Heard:
    """What is heard of a page by this reader; false where nothing is."""

    sounds: dict[str, Sound]
    outdated: frozenset[str]
    mp3_url: str
    captions_url: str
    mp3_size: str
    opus_size: str

    def __bool__(self) -> bool:
        return bool(self.sounds)

    @property
    def head(self) -> Sound | None:
        """Title and summary."""
        return next((one for one in self.sounds.values() if one.said.block.startswith("_")), None)

    @property
    def has_computer(self) -> bool:
        """Whether a computer speaks somewhere."""
        return any(sound.is_computer for sound in self.sounds.values())

    @property
    def is_mixed(self) -> bool:
        """Whether a person speaks here and a computer there, so that each is said to be one."""
        return len({sound.is_computer for sound in self.sounds.values()}) > 1

    @property
    def bytes(self) -> int:
        """Of the MP3 of all."""
        return sum(one.recording.mp3_size for one in self.sounds.values())

    @property
    def digest(self) -> str:
        """Tells this sound from any other."""
        named = (f"{one.recording.pk} {one.said.digest}" for one in self.sounds.values())
        return blake2b("\n".join(named).encode(), digest_size=8).hexdigest()


def heard_of(text: GuideText, source: GuideText | None, at: Addresses) -> Heard:
    """What `at.variant` hears of a text: one query where nothing was ever recorded."""
    own = list(Recording.objects.filter(guide=text.guide_id, language=text.language))
    places = places_of([text, source]) if own else {}
    return heard_among(text, source, places, own, at)


def heard_among(
    text: GuideText,
    source: GuideText | None,
    places: Mapping[str, Place],
    own: Iterable[Recording],
    at: Addresses,
) -> Heard:
    """The same without a query, for whoever has looked at many at once."""
    own = list(own)
    whole = current(text, source, places, own) if own else []
    mine = [(said, best, is_old) for said, best, is_old in whole if said.is_for(at.variant)]
    code = text.guide.code if mine else ""
    sounds = {
        said.block: _sound(said, best, code, text.language)
        for said, best, _is_old in mine
        if best is not None
    }
    recordings = [one.recording for one in sounds.values()]
    return Heard(
        sounds=sounds,
        outdated=frozenset(said.block for said, best, is_old in mine if is_old and best is None),
        mp3_url=at.of(f"voice/{code}.mp3"),
        captions_url=at.of(f"voice/{code}.vtt"),
        mp3_size=told(sum(one.mp3_size for one in recordings), at.language),
        opus_size=told(sum(one.opus_size for one in recordings), at.language),
    )


def told(size: int, language: str) -> str:
    """A size as the language writes it: “210 kB”, “1.2 MB”."""
    if size < 1_000_000:
        kilobytes = max(1, round(size / 1000))
        return str(format_unit(kilobytes, "digital-kilobyte", "short", locale=language))
    megabytes = round(size / 1_000_000, 1)
    return str(format_unit(megabytes, "digital-megabyte", "short", locale=language))


def _sound(said: Saying, recording: Recording, code: str, language: str) -> Sound:
    address = Addresses(language).of(f"voice/{code}/{said.block}-{said.digest}")
    return Sound(
        said=said,
        recording=recording,
        mp3_url=f"{address}.mp3",
        opus_url=f"{address}.opus",
        mp3_size=told(recording.mp3_size, language),
        opus_size=told(recording.opus_size, language),
    )
