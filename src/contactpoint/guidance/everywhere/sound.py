"""The sound of a language as files of its pack: of each block what is heard of its very words.

Their addresses hold the hash of the words, so sound of other words is never among them; the digest
tells a new recording of the same words from the old one.
"""

from collections.abc import Iterator
from functools import partial
from hashlib import blake2b

from contactpoint.guidance.addresses import Addresses
from contactpoint.guidance.everywhere.files import VOICE, VOICE_MP3, File, register
from contactpoint.guidance.heard.together import audible


def sound_of(language: str, *, mp3: bool = False) -> Iterator[File]:
    """Each sound of the language, for whoever the reader is."""
    for guide in sorted(audible(Addresses(language)), key=lambda one: one.code):
        for sound in guide.heard.sounds.values():
            kept = sound.recording
            yield File(
                sound.mp3_url if mp3 else sound.opus_url,
                blake2b(f"{kept.pk} {kept.made_on}".encode(), digest_size=4).hexdigest(),
                kept.mp3_size if mp3 else kept.opus_size,
            )


register(VOICE, sound_of)
register(VOICE_MP3, partial(sound_of, mp3=True))
