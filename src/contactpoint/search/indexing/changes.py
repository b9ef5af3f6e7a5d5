"""What has changed is written down here, in the transaction that changes it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from contactpoint.search.models import Change, Expiry, Index

_BATCH: Final = 1000


def changed(keys: Iterable[str], *, hides: bool = True) -> None:
    """Let every living index look at these documents again; call it within the transaction.

    Without `hides` they are found as they were until then: say so only where nothing that a reader
    could see may be closed to them now. Two queries, one where there is no index: whoever builds
    one reads everything anyhow.
    """
    wanted = sorted(set(keys))
    if not wanted:
        return
    living = list(Index.objects.exclude(state=Index.State.OLD).values_list("pk", flat=True))
    if not living:
        return
    now = timezone.now()
    Change.objects.bulk_create(
        (
            Change(index_id=index, key=key, hides=hides, at=now)
            for key in wanted
            for index in living
        ),
        batch_size=_BATCH,
    )


def expired(now: datetime | None = None) -> int:
    """Let the indexes look again at what has a version that expired by now; returns how many."""
    due = Expiry.objects.filter(at__lte=now or timezone.now())
    if not due.exists():  # no write lock where there is nothing to do
        return 0
    with transaction.atomic():
        rows = list(due.select_for_update().values_list("pk", "key")[:_BATCH])
        changed(key for _pk, key in rows)
        Expiry.objects.filter(pk__in=[pk for pk, _key in rows]).delete()
    return len(rows)
