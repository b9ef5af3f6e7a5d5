"""What was loaded has no version in the history: before its first edit the words that readers have,
and that may stand on paper, are kept as one."""

from typing import Any

from django.utils import timezone
from wagtail.models import RevisionMixin


def keep(text: Any) -> None:
    """The stored row of a text as a version of the day on which it went live, where the text in
    hand has other words and none has been kept yet."""
    if not (text.pk and text.live and text.latest_revision_id is None):
        return
    row = type(text).objects.filter(pk=text.pk).first()
    if row is None or row.digest == text.digest:
        return
    kept = RevisionMixin.save_revision(row, clean=False, changed=False)
    kept.created_at = row.last_published_at or timezone.now()
    kept.save(update_fields=["created_at"])
    type(text).objects.filter(pk=text.pk).update(live_revision=kept)
