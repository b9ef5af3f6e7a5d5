"""What is said in a film, to read and to search: as an editor wrote it, else from its captions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from contactpoint.media.formats.captions import paragraphs, parse
from contactpoint.media.models import Captions, Recording
from contactpoint.media.visibility import public
from contactpoint.outputs.models import Video

SECOND: Final = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; `at` is "1:24", when it is said, or empty where that is not known."""

    text: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """All that is said, in one language; empty where the recording does not tell which."""

    language: str
    lines: list[Line]


def transcript_of(page: Video, language: str, *, hidden_too: bool = False) -> Transcript | None:
    """In `language`, the page's, where there is one, else in that of the film, else in any.

    One query, and one more where there are captions. A closed film keeps its words to itself.
    """
    if page.transcript.strip():
        return Transcript(language, list(_written(page.transcript)))
    if page.recording_id is None:
        return None
    rows = Recording.objects.filter(pk=page.recording_id)
    recording = (rows if hidden_too else public(rows)).first()
    if recording is None:
        return None
    captions = {row.language: row for row in recording.captions.all()}
    own = recording.spoken
    if language in captions and own != language:
        return _from(captions[language])
    if recording.transcript.strip():
        return Transcript(own, list(_written(recording.transcript)))
    wanted = [code for code in (language, own, *captions) if code in captions]
    return _from(captions[wanted[0]]) if wanted else None


def has_transcript(page: Video, *, hidden_too: bool = False) -> bool:
    """Whether there is one in any language; one query at most."""
    if page.transcript.strip() or page.recording_id is None:
        return bool(page.transcript.strip())
    rows = Recording.objects.filter(pk=page.recording_id)
    rows = rows if hidden_too else public(rows)
    with_captions = Captions.objects.filter(recording__in=rows.values("pk"))
    return rows.exclude(transcript="").values("pk").union(with_captions.values("pk")).exists()


def spoken(recordings: Iterable[int]) -> dict[int, dict[str, str]]:
    """What is said in recordings that any reader may have, by key and language; two queries."""
    keys = set(recordings)
    if not keys:
        return {}
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = public(Recording.objects.filter(pk__in=keys)).prefetch_related("captions")
    for recording in rows:
        for row in recording.captions.all():
            found[recording.pk][row.language] = "\n\n".join(line.text for line in _from(row).lines)
        if recording.transcript.strip():
            found[recording.pk][recording.spoken] = recording.transcript.strip()
    return dict(found)


def _from(row: Captions) -> Transcript:
    said = paragraphs(parse(row.text.encode()))
    return Transcript(row.language, [Line(text, _clock(start)) for start, text in said])


def _written(text: str) -> Iterator[Line]:
    return (Line(line.strip()) for line in text.splitlines() if line.strip())


def _clock(moment: int) -> str:
    minutes, seconds = divmod(moment // SECOND, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
