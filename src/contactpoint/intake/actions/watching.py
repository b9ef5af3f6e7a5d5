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
from django.utils.translation import gettext as _

from contactpoint.intake.actions.reading import Reading, read_source
from contactpoint.intake.errors import IntakeError, SourceError
from contactpoint.intake.models import WatchedFeed
from contactpoint.kit.fetching import Fetched, FetchError, fetch
from contactpoint.kit.jobs import task

log = logging.getLogger(__name__)

LONGEST_WAIT: Final = timedelta(days=7)
LARGEST_FEED: Final = 10 * 1024**2
MOST_SECONDS: Final = 30.0
_AT_ONCE: Final = 20
_BEHIND_OTHERS: Final = -5
_ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "application/json;q=0.8, */*;q=0.1"
)


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
        result = _read(feed, _asked(feed))
    except (FetchError, SourceError, IntakeError) as error:
        log.warning("Watched feed %s could not be read.", feed.pk)
        feed.failures = min(feed.failures + 1, 30)
        wait = timedelta(hours=feed.every_hours) * 2 ** min(feed.failures, 10)
        _settle(feed, min(wait, max(LONGEST_WAIT, timedelta(hours=feed.every_hours))), str(error))
        return None
    feed.failures = 0
    _settle(feed, timedelta(hours=feed.every_hours), "")
    return result


def _asked(feed: WatchedFeed) -> Fetched:
    """What the server has to say; 304 where nothing has changed since the last time."""
    headers = {"Accept": _ACCEPT}
    if feed.etag:
        headers["If-None-Match"] = feed.etag
    if feed.last_modified:
        headers["If-Modified-Since"] = feed.last_modified
    found = fetch(
        feed.address,
        most_bytes=LARGEST_FEED,
        seconds=MOST_SECONDS,
        headers=headers,
        keeps_https=True,
    )
    if found.status not in (200, 304):
        raise SourceError(
            _("The server answered with status %(status)s.") % {"status": found.status}
        )
    return found


def _read(feed: WatchedFeed, found: Fetched) -> Reading | None:
    if found.status == 304:
        return None
    digest = hashlib.sha256(found.content).hexdigest()
    result = None
    if digest != feed.digest:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "feed"
            path.write_bytes(found.content)
            result = read_source(path, format="feed", language=feed.language, feed=feed)
    # Only what was read to its end is never asked for again.
    feed.etag = found.headers.get("etag", "")[:255]
    feed.last_modified = found.headers.get("last-modified", "")[:100]
    feed.digest = digest
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
