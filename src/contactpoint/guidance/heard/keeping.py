"""Keeps recordings: the row and its two files come and go together."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from contactpoint.accounts.models import User
from contactpoint.guidance.heard import programs
from contactpoint.guidance.heard.saying import Saying, places_of, sayings
from contactpoint.guidance.heard.sounding import NoSoundError, Sounded, spoken_by_computer
from contactpoint.guidance.heard.voices import is_wanted
from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.models import GuideText, Place, Recording

log = logging.getLogger(__name__)
Kind = Recording.Kind
FOLDER: Final = "guidance"
MOST_VERSIONS: Final = 20
"""So many versions of a text keep the sound that a computer made of them."""


def keep(
    text: GuideText, said: Saying, kind: Kind, sound: Sounded, user: User | None = None
) -> Recording:
    """The sound of these words, in place of one of the same kind that there is of them."""
    name = f"{FOLDER}/{text.language}/{text.guide.code}/{said.block}-{said.digest}-{kind.value}"
    files: dict[str, str] = {}
    whose = {
        "guide": text.guide,
        "language": text.language,
        "block": said.block,
        "digest": said.digest,
        "kind": kind,
    }
    try:
        for form, content in (("mp3", sound.mp3), ("opus", sound.opus)):
            files[form] = default_storage.save(f"{name}.{form}", ContentFile(content))
        with transaction.atomic():
            forget(Recording.objects.filter(**whose))
            return Recording.objects.create(
                **whose,
                **files,
                mp3_size=len(sound.mp3),
                opus_size=len(sound.opus),
                seconds=sound.seconds,
                made_by=user,
            )
    except BaseException:
        for file in files.values():
            default_storage.delete(file)
        raise


def forget(recordings: Iterable[Recording]) -> int:
    """Delete rows one by one, so that their files follow (see `jobs.files_follow`)."""
    gone = list(recordings)
    for recording in gone:
        recording.delete()
    return len(gone)


def speak(guide: int, language: str, *, most: int | None = None) -> tuple[int, int]:
    """Let the computer say what it has not said yet of a live text, at most `most` sounds, and
    forget what it said of words that stand nowhere any more; how many were made, and how many
    forgotten. Words of versions in the history stay: they may stand on paper, with a code that
    leads to them.

    What a person has spoken is left to the person. A block that the programs refuse is logged and
    stays silent.
    """
    there = {
        text.language: text
        for text in GuideText.objects.filter(
            guide=guide, language__in={language, SOURCE}, live=True
        ).select_related("guide")
    }
    text = there.get(language)
    own = Recording.objects.filter(guide=guide, language=language)
    if text is None or not is_wanted(language):
        return 0, forget(own.filter(kind=Kind.COMPUTER))
    whole = sayings(text, there.get(SOURCE), places_of(there.values()))
    spoken = {(one.block, one.digest) for one in own}
    lacking = (said for said in whole if (said.block, said.digest) not in spoken)
    made = sum(islice((1 for said in lacking if _speak(text, said)), most))
    now = {(said.block, said.digest) for said in whole} | set(_kept(text, there.get(SOURCE)))
    old = [one for one in own.filter(kind=Kind.COMPUTER) if (one.block, one.digest) not in now]
    return made, forget(old)


def current(
    text: GuideText, source: GuideText | None, places: Mapping[str, Place], own: Iterable[Recording]
) -> "list[tuple[Saying, Recording | None, bool]]":
    """Each saying with the recording of these very words, a person's before a computer's; and
    whether a person has recorded other words of the block, which are out of date."""
    of_block: dict[str, list[Recording]] = {}
    for one in own:
        of_block.setdefault(one.block, []).append(one)
    found = []
    for said in sayings(text, source, places):
        rows = of_block.get(said.block, [])
        same = [one for one in rows if one.digest == said.digest]
        same = [one for one in same if one.kind == Kind.HUMAN or is_wanted(text.language)]
        best = min(same, key=lambda one: one.kind != Kind.HUMAN, default=None)
        old = any(one.kind == Kind.HUMAN and one.digest != said.digest for one in rows)
        is_old = old and (best is None or best.kind != Kind.HUMAN)
        found.append((said, best, is_old))
    return found


def _kept(text: GuideText, source: GuideText | None) -> Iterator[tuple[str, str]]:
    """Blocks and digests of the latest versions in the history."""
    for revision in text.revisions.order_by("-created_at")[:MOST_VERSIONS]:
        then = revision.as_object()
        if isinstance(then, GuideText):
            for said in sayings(then, source, places_of([then, source])):
                yield said.block, said.digest


def _speak(text: GuideText, said: Saying) -> bool:
    try:
        sound = spoken_by_computer(said.text, text.language)
    except (programs.RefusedError, NoSoundError) as problem:
        log.warning("No voice for %s of %s: %s", said.block, text, problem)
        return False
    keep(text, said, Kind.COMPUTER, sound)
    return True
