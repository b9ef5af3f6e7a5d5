"""The film of a video as its page shows it: file, poster, captions, how long it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from contactpoint.glossary.languages import name_in, own_name
from contactpoint.kit.pictures import Look, look_of
from contactpoint.media.models import Recording
from contactpoint.media.visibility import public
from contactpoint.outputs.durations import length_of
from contactpoint.outputs.models import Video


@dataclass(frozen=True, slots=True)
class Track:
    """Captions in a language; `label` is its own name, `name` that in the reader's language."""

    url: str
    language: str
    label: str
    name: str
    is_translation: bool
    is_default: bool


@dataclass(frozen=True, slots=True)
class Film:
    """A film of ours; `seconds` is 0 where nobody said how long it takes, `spoken` a language
    or empty where nothing is spoken (`is_silent`) or nobody said which."""

    url: str
    kind: str
    title: str
    seconds: int
    spoken: str
    is_silent: bool
    poster: str
    tracks: Sequence[Track] = ()

    @property
    def length(self) -> str:
        """How long it takes, in the active language."""
        return length_of(self.seconds)


def film_of(page: Video, language: str, *, hidden_too: bool = False) -> Film | None:
    """The film, where a reader may see it; a preview shows closed ones (`hidden_too`).

    Two queries where there is one. Captions in the reader's language are shown from the start.
    """
    if page.recording_id is None:
        return None
    rows = Recording.objects.filter(pk=page.recording_id).prefetch_related("captions")
    recording = (rows if hidden_too else public(rows)).first()
    if recording is None:
        return None
    look = poster_of(page)
    thumbnail = recording.thumbnail.url if recording.thumbnail else ""
    return Film(
        url=recording.url,
        kind=recording.kind,
        title=recording.title,
        seconds=round(recording.duration),
        spoken=name_in(recording.spoken, language) if recording.spoken else "",
        is_silent=recording.is_silent,
        poster=look.light if look else thumbnail,
        tracks=[
            Track(
                url=row.url,
                language=row.language,
                label=own_name(row.language),
                name=name_in(row.language, language),
                is_translation=not recording.is_silent and row.language != recording.language,
                is_default=row.language == language,
            )
            for row in recording.captions.all()
        ],
    )


def poster_of(page: Video, *, make: bool = True) -> Look | None:
    """The still that an editor chose; without `make` only where it is there already."""
    return look_of(page.poster, "still", make=make) if page.poster is not None else None


def host_of(url: str) -> str:
    """Who is asked for a film that is kept elsewhere."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
