"""What an operator has to look at, in sentences; no news is good news."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contactpoint.kit import spreading
from contactpoint.kit.workers_seen import Seen
from contactpoint.operations.readings import Disk, Outbox, Queue, Search

LATE: Final = 15 * 60
LAGGING: Final = 60
LITTLE_ROOM: Final = 0.1
OLD: Final = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class State:
    """What is judged."""

    queues: list[Queue]
    outbox: Outbox
    search: Search
    workers: list[Seen]
    disk: Disk
    dump: datetime | None
    backup: datetime | None
    files: str = ""
    """Why stored files can't be had."""

    @property
    def failed(self) -> int:
        """Jobs and messages that failed for good."""
        return sum(queue.jobs["failed"] for queue in self.queues) + self.outbox.parked


def span(seconds: float) -> str:
    """How long something takes or waits, in the one unit that tells it."""
    if seconds < 0.9995:
        return f"{seconds * 1000:.0f}\xa0ms"
    if seconds < 90:
        return f"{number_format(seconds, 1 if seconds < 10 else 0)}\xa0s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f}\xa0min"
    if seconds < 48 * 3600:
        return f"{seconds / 3600:.0f}\xa0h"
    days = round(seconds / 86_400)
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}


def concerns(state: State) -> Iterator[str]:
    """What is not as it should be, the worst first."""
    if not state.workers:
        yield _(
            "No worker is at work: mails, alerts and the search wait until one is started "
            "(contactpoint serve, or contactpoint worker)."
        )
    # A range of long work waits for hours, and is meant to.
    oldest = max((one.oldest for one in state.queues if one.name != spreading.QUEUE), default=0.0)
    if oldest > LATE:
        yield _("A job has been due for %(span)s.") % {"span": span(oldest)}
    if state.failed:
        yield ngettext(
            "%(number)s thing failed for good and waits for you.",
            "%(number)s things failed for good and wait for you.",
            state.failed,
        ) % {"number": state.failed}
    if not state.search.is_there:
        yield _("There is no search index yet; a worker builds one by itself.")
    elif state.search.lag > LAGGING:
        yield _("The search has not heard of what changed %(span)s ago.") % {
            "span": span(state.search.lag)
        }
    if state.search.problem:
        yield _("The search index could not be written the last time.")
    if state.files:
        yield _("Stored files can't be reached: %(problem)s") % {"problem": state.files}
    if state.disk.share < LITTLE_ROOM:
        yield _("The disk is nearly full.")
    now = timezone.now()
    if state.dump is not None and state.dump < now - OLD:
        yield _("The last dump of public data is older than a day and a half.")
    if state.backup is None:
        yield _("Nobody has told the portal of a backup.")
    elif state.backup < now - OLD:
        yield _("The last backup is older than a day and a half.")
