"""Looks at a partner's feed: fetch it, read it into the moderation queue, say when to come again.

The round only hands feeds that are due to the job queue; a job does the fetching, so that a slow
server holds nobody up. A feed that fails is asked less and less often, and says why in its list.
"""

import hashlib
import logging
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.utils import timezone

from contactpoint.intake.actions.reading import Reading, read_source
from contactpoint.intake.errors import IntakeError, SourceError
from contactpoint.intake.fetching import Fetched, FetchError, fetch
from contactpoint.intake.models import WatchedFeed
from contactpoint.kit.jobs import task

log = logging.getLogger(__name__)

LONGEST_WAIT: Final = timedelta(days=7)
_AT_ONCE: Final = 20
_BEHIND_OTHERS: Final = -5


def enqueue_due() -> bool:
    """Put a job into the queue for each feed that is due; whether there may be more."""
    now = timezone.now()
    due = WatchedFeed.objects.filter(is_active=True, due_at__lte=now)
    keys = list(due.values_list("pk", "every_hours")[:_AT_ONCE])
    for pk, hours in keys:
        # Another worker may have taken it: only one of them moves it on.
        if due.filter(pk=pk).update(due_at=now + timedelta(hours=hours)):
            look_at_feed.enqueue(pk)
    return len(keys) == _AT_ONCE


@task(priority=_BEHIND_OTHERS)
def look_at_feed(pk: int) -> None:
    """The job; a feed that was deleted or is no longer watched is passed over."""
    feed = WatchedFeed.objects.filter(pk=pk, is_active=True).first()
    if feed is not None:
        look_at(feed)


def look_at(feed: WatchedFeed) -> Reading | None:
    """Fetch and read `feed`. None where nothing has changed, or where it could not be read; what
    was wrong stands in its `problem` then."""
    try:
        found = fetch(feed.address, etag=feed.etag, last_modified=feed.last_modified)
        result = _read(feed, found)
    except (FetchError, SourceError, IntakeError) as error:
        log.warning("Watched feed %s could not be read.", feed.pk)
        feed.failures = min(feed.failures + 1, 30)
        wait = timedelta(hours=feed.every_hours) * 2 ** min(feed.failures, 10)
        _settle(feed, min(wait, max(LONGEST_WAIT, timedelta(hours=feed.every_hours))), str(error))
        return None
    feed.failures = 0
    _settle(feed, timedelta(hours=feed.every_hours), "")
    return result


def _read(feed: WatchedFeed, found: Fetched) -> Reading | None:
    if found.body is None:
        return None
    digest = hashlib.sha256(found.body).hexdigest()
    result = None
    if digest != feed.digest:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "feed"
            path.write_bytes(found.body)
            result = read_source(path, format="feed", language=feed.language, feed=feed)
    # Only what was read to its end is never asked for again.
    feed.etag, feed.last_modified, feed.digest = found.etag, found.last_modified, digest
    return result


def _settle(feed: WatchedFeed, wait: timedelta, problem: str) -> None:
    now = timezone.now()
    feed.checked_at, feed.due_at, feed.problem = now, now + wait, problem[:500]
    WatchedFeed.objects.filter(pk=feed.pk).update(
        etag=feed.etag,
        last_modified=feed.last_modified,
        digest=feed.digest,
        failures=feed.failures,
        checked_at=feed.checked_at,
        due_at=feed.due_at,
        problem=feed.problem,
    )
