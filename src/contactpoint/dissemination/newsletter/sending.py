"""When an issue leaves: scheduled, called back, frozen, begun, finished.

Each step is one conditional change of `state`, so whatever does it twice, or dies in between, does
no harm: an issue is frozen once, and `delivering` writes one mail for each reader.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from contactpoint.dissemination.delivering.mailings import begin
from contactpoint.dissemination.models import Delivery, Issue, IssueEdition, Mailing
from contactpoint.dissemination.newsletter.composing import KIND
from contactpoint.dissemination.newsletter.editions import editions
from contactpoint.dissemination.newsletter.marks import mark_of
from contactpoint.dissemination.newsletter.readers import rows
from contactpoint.dissemination.newsletter.shapes import as_json

State = Issue.State
OPEN: Final = (Delivery.State.WAITING, Delivery.State.TAKEN)


class NotReadyError(Exception):
    """It can't leave; the text tells an editor why."""


@transaction.atomic
def schedule(issue: Issue, at: datetime, user: Any = None, mark: str | None = None) -> None:
    """Let a draft leave at a moment, which may be now. `mark` is of the state that was looked at,
    which must still be the one that is kept. Raises `NotReadyError`."""
    held = Issue.objects.select_for_update().get(pk=issue.pk)
    if mark is not None and mark != mark_of(held):
        raise NotReadyError(
            _(
                "It was not sent, since it was changed after you opened this page. This is how it"
                " looks now: look at it, then send it."
            )
        )
    if not any(editions(held).values()):
        raise NotReadyError(
            _("There is nothing in it that readers may see. Write an introduction or add items.")
        )
    changed = Issue.objects.filter(pk=issue.pk, state=State.DRAFT).update(
        state=State.SCHEDULED, send_at=at, scheduled_by=user
    )
    if not changed:
        raise NotReadyError(_("It is scheduled already, or has left."))
    log(instance=issue, action="newsletter.schedule", user=user, data={"at": at.isoformat()})


def cancel(issue: Issue, user: Any = None) -> bool:
    """Call it back; False where it has left, or was a draft."""
    changed = Issue.objects.filter(pk=issue.pk, state=State.SCHEDULED).update(
        state=State.DRAFT, send_at=None
    )
    if changed:
        log(instance=issue, action="newsletter.cancel", user=user)
    return bool(changed)


def work(now: datetime | None = None) -> bool:
    """The worker's round: what is due leaves, what has left is begun and finished. Whether
    anything was done. One query where there is nothing."""
    moment = now or timezone.now()
    due = Q(state=State.SCHEDULED, send_at__lte=moment)
    done = [_step(one, moment) for one in Issue.objects.filter(due | Q(state=State.SENDING))]
    return any(done)


def _step(issue: Issue, now: datetime) -> bool:
    if issue.state == State.SCHEDULED and not _leave(issue, now):
        return False
    mailing = Mailing.objects.filter(key=key(issue)).first()
    if mailing is None or mailing.filled_at is None:
        begin(key(issue), KIND, rows(issue.pk))
        return True
    if Delivery.objects.filter(mailing=mailing, state__in=OPEN).exists():
        return False
    outcome = {name: number for name, number in progress(issue).items() if number}
    return bool(
        Issue.objects.filter(pk=issue.pk, state=State.SENDING).update(
            state=State.SENT, outcome=outcome
        )
    )


@transaction.atomic
def _leave(issue: Issue, now: datetime) -> bool:
    """Frozen in every language, numbered, and public from now on. Where nothing is left of it that
    readers may see, it is a draft again."""
    highest = Issue.objects.aggregate(highest=Max("number"))["highest"] or 0
    number = highest + 1
    changed = Issue.objects.filter(pk=issue.pk, state=State.SCHEDULED).update(
        state=State.SENDING, number=number, sent_at=now
    )
    if not changed:  # called back at this moment, or another worker has it
        return False
    issue.refresh_from_db()
    made = editions(issue)
    if not any(made.values()):
        Issue.objects.filter(pk=issue.pk).update(
            state=State.DRAFT, number=None, sent_at=None, send_at=None
        )
        log(instance=issue, action="newsletter.empty")
        return False
    IssueEdition.objects.bulk_create(
        IssueEdition(issue=issue, language=language, content=as_json(edition))
        for language, edition in made.items()
    )
    log(instance=issue, action="newsletter.leave", data={"number": number})
    return True


def key(issue: Issue) -> str:
    """Of its mailing."""
    return f"{KIND}:{issue.pk}"


def progress(issue: Issue) -> Mapping[str, int]:
    """How many of its mails wait, were sent, refused, dropped; as it was counted at the end, once
    that is over."""
    if issue.outcome:
        return {**dict.fromkeys(Delivery.State.values, 0), **issue.outcome}
    counted = Delivery.objects.filter(mailing__key=key(issue)).values("state").order_by()
    found = {row["state"]: row["number"] for row in counted.annotate(number=Count("pk"))}
    return {state: found.get(state, 0) for state in Delivery.State.values}
