"""What is done behind the pages: the search, workers, what failed, backups, and who may publish."""

from collections.abc import Iterator
from typing import Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import GroupPagePermission

from contactpoint.accounts.models import User
from contactpoint.kit import spreading, workers_seen
from contactpoint.operations import readings
from contactpoint.operations.doctor.asking import reading
from contactpoint.operations.doctor.findings import Finding, check, ok, warning
from contactpoint.operations.judging import LATE, OLD, span
from contactpoint.search import engines
from contactpoint.search.indexing.standing import standing

TABLES: Final = ("database", "migrations")


@check("index", needs=TABLES)
def index() -> Iterator[Finding]:
    """Whether there is one, of this version and this database, whole and up to date."""
    place = "CONTACTPOINT_SEARCH_URL" if settings.SEARCH_URL else str(settings.DATA / "index")
    with reading(connection):
        found = standing(engines.engine())
    for sentence in found.sentences:
        yield warning(
            place, sentence,
            "A worker mends it by itself; docs/operators/search-index.md if it does not.",
        )  # fmt: skip
    if not found.sentences:
        yield ok(place, f"{found.documents} documents, {found.pending} changes wait.")


@check("worker", needs=("cache",))
def worker() -> Iterator[Finding]:
    """Before the first start there is none, so that is no error."""
    there = workers_seen.workers()
    if there:
        yield ok("worker", f"{len(there)} at work: {', '.join(one.name for one in there)}.")
    else:
        yield warning(
            "worker", "None is at work: mails, alerts and the search wait.",
            "Start one: `contactpoint serve`, or `contactpoint worker`.",
        )  # fmt: skip


@check("queues", needs=TABLES)
def queues() -> Iterator[Finding]:
    """What failed for good, and what has waited for long."""
    with reading(connection):
        jobs, messages = readings.queues(), readings.messages()
    failed = sum(one.jobs["failed"] for one in jobs)
    oldest = max((one.oldest for one in jobs if one.name != spreading.QUEUE), default=0.0)
    if failed:
        yield warning(
            "jobs", f"{failed} failed for good.", "`contactpoint jobs list` says why; again sends."
        )
    if messages.parked:
        yield warning(
            "outbox", f"{messages.parked} messages failed for good.",
            "`contactpoint outbox` says why; with --retry they are sent again.",
        )  # fmt: skip
    if max(oldest, messages.oldest) > LATE:
        yield warning(
            "jobs", f"Something has been due for {span(max(oldest, messages.oldest))}.",
            "See that a worker runs, and its log.",
        )  # fmt: skip
    if not failed and not messages.parked and max(oldest, messages.oldest) <= LATE:
        yield ok("jobs", "Nothing failed for good, and nothing is late.")


@check("backups")
def backups() -> Iterator[Finding]:
    """By the file that whoever copies the data touches; the check of an app that makes backups
    takes the place of this one."""
    place, last = str(settings.DATA / "last-backup"), readings.last_backup()
    if last is None:
        yield warning(place, "Nobody has told the portal of a backup.", _BACK_UP)
    elif last < timezone.now() - OLD:
        days = (timezone.now() - last).days
        yield warning(place, f"The last backup is {days} days old.", _BACK_UP)
    else:
        yield ok(place, f"The last backup is of {last:%Y-%m-%d %H:%M} UTC.")


_BACK_UP: Final = "Make one each night: `contactpoint backup FILE` (docs/operators/backup.md)."


@check("second factor", needs=TABLES)
def second_factor() -> Iterator[Finding]:
    """Who may publish and has no second factor yet: a stolen password alone could enrol one."""
    without = publishers_without_factor()
    with reading(connection):
        number = without.count()
    if number:
        yield warning(
            "users", f"{number} who may publish have no second factor yet.",
            "Have them sign in and enrol one, or deactivate them in Settings → Users.",
        )  # fmt: skip
    else:
        yield ok("users", "All who may publish have a second factor.")


def publishers_without_factor() -> QuerySet[User]:
    """Active people; codes for the day on which the telephone is lost are no factor."""
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    may = GroupPagePermission.objects.filter(
        group__user=OuterRef("pk"), permission__codename="publish_page"
    )
    return User.objects.filter(Q(is_superuser=True) | Exists(may), is_active=True).exclude(
        Exists(factors)
    )
