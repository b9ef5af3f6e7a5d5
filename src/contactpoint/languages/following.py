"""Compares what is published of an original with what each of its translations was made from.

`follow` reads the database and writes what it finds; called again, it finds the same. So it does
not matter who published, in which order, or how often.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from contactpoint.languages.borrowing import note_borrowed
from contactpoint.languages.differences import (
    OLDER,
    UNCHECKED,
    UNTRANSLATED,
    Basis,
    Difference,
    differences,
    moved_on,
    standing_in,
    version_of,
)
from contactpoint.languages.models import Original, Standing
from contactpoint.languages.passages import (
    NOT_READ,
    Passage,
    by_path,
    digest_of,
    passages_of,
    plain,
)
from contactpoint.languages.settled import carry_over, repeated, steps_of, still_needed
from contactpoint.outputs.sources import source_of


@dataclass(slots=True)
class Made:
    """What a translator made of one piece: the original's words, theirs, and whether a machine's.

    `text` is empty where nobody has translated it.
    """

    source: str
    text: str = ""
    by_machine: bool = False


@dataclass(slots=True)
class Written:
    """The pieces of one translation, by path and in order."""

    pieces: dict[str, list[Made]] = field(default_factory=dict)


@transaction.atomic
def follow(page: Page) -> list[Standing]:
    """Compare all translations of a page, whichever of its versions it is, with their original."""
    began = timezone.now()
    source = source_of(page).specific
    versions = [
        version.specific
        for version in Page.objects.filter(
            translation_key=page.translation_key, alias_of=None, live=True
        )
        .exclude(pk=source.pk)
        .order_by("pk")
    ]
    if not source.live or not versions:
        return []
    original, _new = Original.objects.select_for_update().get_or_create(page_id=source.pk)
    original.compared_at = began
    texts = dict(original.earlier) | {digest: text for _p, digest, text in original.passages}
    now = passages_of(source)
    texts |= {passage.digest: passage.text for passage in now}
    original.passages = [[passage.path, passage.digest, passage.text] for passage in now]
    known = {standing.pk: standing for standing in Standing.objects.filter(page__in=versions)}
    standings = []
    for version in versions:
        standing = known.get(version.pk) or Standing(page_id=version.pk)
        made = _made(source, version)
        for pieces in made.pieces.values():
            texts |= {digest_of(piece.source): piece.source for piece in pieces}
        standing.original = original
        compare(standing, now, passages_of(version), texts, made)
        standings.append(standing)
    _keep(original, standings, texts)
    for standing in standings:
        standing.save()
    note_borrowed(standings, source.locale.language_code)
    return standings


def follow_since(page: Page, moment: datetime) -> list[Standing]:
    """The same, unless a comparison began after `moment`, when what was published stood already."""
    original = Original.objects.filter(page=source_of(page).pk, compared_at__gt=moment).first()
    if original is None:
        return follow(page)
    return list(Standing.objects.filter(original=original, page__live=True).order_by("pk"))


@transaction.atomic
def settle(standing: Standing, keys: Collection[str]) -> int:
    """These changes are in the translation: it counts as made from what the original says now."""
    original = Original.objects.select_for_update().get(pk=standing.original_id)
    standing.refresh_from_db()
    settled = [
        one
        for one in (Difference(**each) for each in standing.differences)
        if one.kind in OLDER and one.key in keys
    ]
    if settled:
        order = list(dict.fromkeys(path for path, _digest, _text in original.passages))
        standing.basis = moved_on(standing.basis, settled, order)
        standing.settled += steps_of(settled)
        standing.save(update_fields=["basis", "settled"])
        source = Page.objects.get(pk=original.pk)
        carry_over(source.specific, standing.page.locale_id, settled)
        follow(source)
    return len(settled)


@transaction.atomic
def mark_cosmetic(source: Page, keys: Collection[str]) -> int:
    """These changes of the original changed no meaning: no translation is older by them.

    A translation that was made from a still earlier version keeps what it has to follow.
    """
    return sum(
        bool(settle(standing, keys)) for standing in Standing.objects.filter(original=source.pk)
    )


def compare(
    standing: Standing,
    now: list[Passage],
    written: list[Passage],
    texts: dict[str, str],
    made: Written,
) -> None:
    """Work out what a translation was made from and what has changed since, in memory."""
    stem = {path: {digest_of(one.source) for one in found} for path, found in made.pieces.items()}
    standing.settled = still_needed(standing.settled, stem)
    standing.basis, unchecked = _basis(standing, now, written, made)
    found = differences(standing.basis, now, written, texts, unchecked)
    standing.differences = [one.as_json() for one in found]
    standing.outdated = sum(one.kind in OLDER for one in found)
    standing.unfinished = sum(one.kind == UNTRANSLATED for one in found)
    standing.unchecked = sum(one.kind == UNCHECKED for one in found)
    if not standing.outdated:
        standing.since = None
    elif standing.since is None:
        standing.since = timezone.now()


def _basis(
    standing: Standing, now: list[Passage], written: list[Passage], made: Written
) -> tuple[Basis, list[tuple[str, int]]]:
    """What each paragraph of a translation was made from, and those that a machine wrote.

    A piece counts as made from the words that its translator saw as soon as their translation is
    what the page says; changes since then may be settled. A page that is written by hand is taken
    to say what its original said when the two first met.
    """
    there = by_path(written)
    based = dict(standing.basis) if standing.basis else {}
    if not standing.basis:
        based = {
            path: [passage.digest for passage in passages]
            for path, passages in by_path(now).items()
            if not made.pieces or path in there
        }
    machine: list[tuple[str, int]] = []
    for path, pieces in made.pieces.items():
        shown = [passage.text for passage in there.get(path, [])]
        if shown == [piece.text or piece.source for piece in pieces]:
            based[path] = repeated(path, [_noted(piece) for piece in pieces], standing.settled)
            machine += [(path, place) for place, one in enumerate(pieces) if one.by_machine]
        else:
            machine += [
                (path, place)
                for place, text in enumerate(shown)
                if any(one.by_machine and one.text == text for one in pieces)
            ]
    order = [*by_path(now), *(path for path in based if path not in by_path(now))]
    return [[path, based[path]] for path in order if path in based], machine


def _noted(piece: Made) -> str:
    digest = digest_of(piece.source)
    return digest if piece.text else standing_in(digest)


def _made(source: Page, version: Page) -> Written:
    """What wagtail-localize knows of a translation; empty where it is a page of its own."""
    translation = (
        Translation.objects.filter(
            source__object_id=version.translation_key,
            source__locale_id=source.locale_id,
            target_locale_id=version.locale_id,
        )
        .only("source_id", "enabled")
        .first()
    )
    if translation is None:
        return Written()
    found = Written()
    theirs = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(
            locale_id=version.locale_id, context__object_id=version.translation_key, has_error=False
        )
    }
    segments = StringSegment.objects.filter(source_id=translation.source_id)
    for segment in segments.select_related("string", "context").order_by("order"):
        path = segment.context.path
        if path in NOT_READ:
            continue
        row: Any = theirs.get((segment.string_id, segment.context_id))
        piece = Made(plain(segment.string.data))
        if row is not None:
            piece.text = plain(row.data)
            piece.by_machine = row.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
        found.pieces.setdefault(path, []).append(piece)
    return found


def _keep(original: Original, standings: list[Standing], texts: dict[str, str]) -> None:
    """Only those earlier versions that a translation was made from."""
    needed = {
        version_of(noted)
        for standing in standings
        for _path, digests in standing.basis
        for noted in digests
    }
    needed -= {digest for _path, digest, _text in original.passages} | {""}
    original.earlier = {digest: texts[digest] for digest in sorted(needed) if digest in texts}
    original.save()
