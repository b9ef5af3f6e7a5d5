"""What is asked by a version that was ever open, read once in a process: such a version never
changes, and reading one of a hundred questions takes longer than all the rest of a page."""

import datetime
from functools import lru_cache

from contactpoint.consultations.models import Version
from contactpoint.consultations.questions import Instrument


def asked(version: Version) -> Instrument:
    """The instrument; no query where this process has read it, so `definition` may be deferred."""
    if not version.is_frozen:
        return version.asked()
    return _kept(version.pk, version.created_at)


@lru_cache(maxsize=128)
def _kept(pk: int, _created_at: datetime.datetime) -> Instrument:
    """By its moment as well: a database that was put back gives keys again."""
    return Version.objects.get(pk=pk).asked()
