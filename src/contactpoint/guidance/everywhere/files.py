"""Files that belong to the pages of a language: icons, scripts, letters; and sound, if somebody
has some.

    register(VOICE, recordings)      recordings(language) yields `File`s

Sound has a button of its own on the page about reading without internet, with its size: that of
Opus, or of MP3 where the phone can't play Opus.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Final

from django.contrib.staticfiles import finders
from django.templatetags.static import static

PAGES: Final = "pages"
VOICE: Final = "voice"
VOICE_MP3: Final = "voice-mp3"
GROUPS: Final = (PAGES, VOICE, VOICE_MP3)
Source = Callable[[str], Iterable["File"]]

_sources: dict[str, Source] = {}
_OF_EVERY_PAGE: Final = (
    "kit/img/favicon.svg",
    "guidance/leaving.js",
    "guidance/listen.js",
    "guidance/everywhere/everywhere.css",
    "guidance/everywhere/offline.js",
)
LETTERS: Final = {
    "ti": ("guidance/fonts/ethiopic-regular.woff2", "guidance/fonts/ethiopic-bold.woff2"),
    "ps": ("guidance/fonts/pashto-regular.woff2", "guidance/fonts/pashto-bold.woff2"),
}
"""Fonts of ours, for languages for which phones may have none."""
OF_NAMES: Final = tuple(regular for regular, _bold in LETTERS.values())
"""The list of languages is on each page, and each name stands in its own letters."""


@dataclass(frozen=True, slots=True)
class File:
    """A file by its address here; the digest tells it from any other version of it."""

    url: str
    digest: str
    size: int


def register(group: str, source: Source) -> None:
    """Let `source` name the files of a group; the last one that is registered counts."""
    if group not in GROUPS:
        raise ValueError(f"{group!r} is no group; use one of {', '.join(GROUPS)}")
    _sources[group] = source


def files(group: str, language: str) -> list[File]:
    """The files of a group in a language; none where nobody has any."""
    source = _sources.get(group)
    return list(source(language)) if source else []


def of_pages(language: str) -> Iterable[File]:
    """What the pages of a language fetch beside themselves."""
    names = (*_OF_EVERY_PAGE, *LETTERS.get(language, ()), *OF_NAMES)
    return [_shipped(name) for name in dict.fromkeys(names)]


def content(name: str) -> bytes:
    """The content of a shipped file."""
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    with open(found, "rb") as file:
        return file.read()


@cache
def _shipped(name: str) -> File:
    whole = content(name)
    return File(static(name), blake2b(whole, digest_size=8).hexdigest(), len(whole))


register(PAGES, of_pages)
