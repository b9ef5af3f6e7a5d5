"""The film of a guide, as its page shows it: nothing of it is fetched before somebody wants it."""

import logging
from dataclasses import dataclass
from typing import Final

from django.db.models.fields.files import FieldFile

from contactpoint.guidance.heard.playing import told
from contactpoint.guidance.languages import own_name
from contactpoint.guidance.models import Guide
from contactpoint.media.formats.captions import paragraphs, parse
from contactpoint.media.models import Recording as Film
from contactpoint.media.visibility import public

log = logging.getLogger(__name__)
LARGEST_POSTER: Final = 40_000
"""Bytes of a still that a page shows: a larger one would cost a reader more than the page."""


@dataclass(frozen=True, slots=True)
class Track:
    """Captions in a language, by its own name."""

    url: str
    language: str
    name: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A film with its size in words, its captions, and what is said in it in the reader's language,
    if anybody wrote that."""

    url: str
    kind: str
    size: str
    length: str
    poster: str
    tracks: list[Track]
    words: list[str]


def film_of(guide: Guide, language: str) -> Shown | None:
    """The film, where any reader may see it and its file is there. No query for a guide without
    one, two with."""
    if guide.film_id is None:
        return None
    film = public(Film.objects.filter(pk=guide.film_id)).prefetch_related("captions").first()
    size = _size(film.file) if film is not None else None
    if film is None or size is None:
        return None
    captions = {row.language: row for row in film.captions.all()}
    words = film.transcript.splitlines() if film.spoken == language else []
    if not any(words) and language in captions:
        words = [text for _at, text in paragraphs(parse(captions[language].text.encode()))]
    return Shown(
        url=film.url,
        kind=film.kind,
        size=told(size, language),
        length=_clock(round(film.duration)),
        poster=_poster(film),
        tracks=[
            Track(row.url, row.language, own_name(row.language), row.language == language)
            for row in captions.values()
        ],
        words=[line.strip() for line in words if line.strip()],
    )


def _poster(film: Film) -> str:
    still = film.thumbnail
    size = _size(still) if still else None
    return str(still.url) if size is not None and size <= LARGEST_POSTER else ""


def _size(file: FieldFile) -> int | None:
    """None where it is gone, or can't be asked for: a page that may save somebody goes without."""
    try:
        return int(file.storage.size(str(file.name)))
    except OSError as problem:
        log.warning("The page of a guide is without %s: %s", file.name, problem)
        return None


def _clock(seconds: int) -> str:
    """`3:07`, in every language; empty where nobody said how long it takes."""
    return f"{seconds // 60}:{seconds % 60:02}" if seconds else ""
