"""What is asked is kept by versions: the newest is written over until somebody may answer it, then
a change makes another."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from contactpoint.consultations.models import Instrument, Version
from contactpoint.consultations.questions import Instrument as Asked
from contactpoint.consultations.questions import carried, restored
from contactpoint.consultations.questions.differences import (
    Change,
    Nature,
    as_data,
    differences,
    from_data,
)
from contactpoint.consultations.questions.walking import order


class FrozenError(Exception):
    """The version may have been answered: it never changes again."""


class MeanwhileError(Exception):
    """Somebody kept a version since the one that was seen."""


def mark_of(version: Version | None) -> str:
    """Of what a version asks, so that it is noticed when somebody else has changed it: a version
    that nobody answers yet is written over, and keeps its number."""
    if version is None:
        return "0"
    said = json.dumps(version.definition, sort_keys=True).encode()
    return f"{version.number}-{hashlib.sha256(said).hexdigest()[:20]}"


@transaction.atomic
def keep(
    instrument: Instrument,
    asked: Asked,
    *,
    user: Any,
    natures: Mapping[str, Nature] | None = None,
    seen: str | None = None,
) -> Version:
    """Keep what is asked, as the newest version or as one more; unchanged, nothing is written.

    `natures` overrule what `differences` says, by the key of a change. `seen` is `mark_of` the
    version that was changed, where nobody may write over what they have not seen. Raises
    `InstrumentError` for what can't be asked, `MeanwhileError`.
    """
    data = carried(replace(asked, code=instrument.code.replace(" ", "-")))
    sound = restored(data)
    order(sound)
    held = Instrument.objects.select_for_update().get(pk=instrument.pk)
    newest = held.versions.order_by("-number").first()
    if seen is not None and seen != mark_of(newest):
        raise MeanwhileError
    if newest is not None and newest.definition == data:
        return _overruled(newest, natures)
    if sound.titles and dict(sound.titles) != held.labels:
        held.labels = dict(sound.titles)
        held.save(update_fields=["labels"])
    if newest is None or newest.is_frozen:
        newest = Version(
            instrument=held, number=newest.number + 1 if newest else 1, created_by=user
        )
    known = {one.key: one.nature for one in map(from_data, newest.changes)}
    newest.definition = data
    newest.changes = [
        as_data(_as_said(one, {**known, **(natures or {})})) for one in changes(newest, sound)
    ]
    newest.save()
    return newest


@transaction.atomic
def overrule(version: Version, natures: Mapping[str, Nature]) -> Version:
    """Say of changes whether they are of meaning; by the key of each. Raises `FrozenError`."""
    held = Version.objects.select_for_update().get(pk=version.pk)
    if held.is_frozen:
        raise FrozenError
    return _overruled(held, natures)


def changes(version: Version, asked: Asked) -> list[Change]:
    """What differs from the version before; nothing for the first one."""
    before = Version.objects.filter(instrument=version.instrument_id, number=version.number - 1)
    old = before.first()
    return differences(old.asked(), asked) if old else []


def _overruled(version: Version, natures: Mapping[str, Nature] | None) -> Version:
    if natures and not version.is_frozen:
        told = [as_data(_as_said(from_data(one), natures)) for one in version.changes]
        if told != version.changes:
            version.changes = told
            version.save(update_fields=["changes"])
    return version


def _as_said(change: Change, natures: Mapping[str, Nature]) -> Change:
    return replace(change, nature=natures.get(change.key, change.nature))
