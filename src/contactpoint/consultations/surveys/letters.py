"""The mails to respondents, each handed over once for a turn.

A mail is taken for some minutes, gets a link of its own, is handed over, and then marked as sent.
Who dies between hands it over to the next once those minutes are past; its `Message-ID` is the same
then, so that a mail server which had it already knows it again.
"""

import logging
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from contactpoint.consultations.actions.inviting import INVITATION, link, may_mail
from contactpoint.consultations.models import Mailing, PersonalLink, Respondent, Round
from contactpoint.consultations.secret_links import digest_of_who, new_secret
from contactpoint.consultations.timing import Standing, ended_at, standing
from contactpoint.kit.jobs import TryLaterError, task
from contactpoint.kit.labels import pick
from contactpoint.kit.mail import UndeliverableError, send_now
from contactpoint.kit.outbox import handles
from contactpoint.kit.templatetags.kit import day

log = logging.getLogger(__name__)
LEASE: Final = timedelta(minutes=3)
"""Longer than a mail server is waited for."""
AT_ONCE: Final = 50
"""So many mails a job; the next takes up the rest, so that other jobs get their turn."""


@handles("consultations.mailing")
def begin_mailing(*, round: int) -> None:
    """A job of its own, because a mail server may be away for longer than the outbox waits."""
    send_mails.enqueue(round)


@task(queue_name="mail")
def send_mails(round_pk: int) -> None:
    """Send what waits for a round. Put back where something is left, or the server is away."""
    round = Round.objects.filter(pk=round_pk).first()
    if round is None:
        return
    for _number in range(AT_ONCE):
        mailing = _take(round)
        if mailing is None:
            break
        _send(round, mailing)
    if _waiting(round).filter(_free()).exists():
        send_mails.enqueue(round_pk)
    elif _waiting(round).exists():
        raise TryLaterError("a mail is in other hands, or was when they died")


def _waiting(round: Round) -> "QuerySet[Mailing]":
    return Mailing.objects.filter(respondent__round=round, sent_at=None, is_undeliverable=False)


def _free() -> Q:
    return Q(taken_at=None) | Q(taken_at__lt=timezone.now() - LEASE)


@transaction.atomic
def _take(round: Round) -> Mailing | None:
    waiting = _waiting(round).filter(_free()).select_related("respondent").order_by("pk")
    mailing = waiting.select_for_update(of=("self",), skip_locked=True).first()
    if mailing is None:
        return None
    mailing.taken_at = timezone.now()
    mailing.save(update_fields=["taken_at"])
    return mailing


def _send(round: Round, mailing: Mailing) -> None:
    respondent = mailing.respondent
    is_late = standing(round) is not Standing.OPEN
    if is_late or respondent.has_answered or not respondent.email or not may_mail(round):
        mailing.delete()  # it would only annoy, or tie an address to a link; it can be asked anew
        return
    secret = new_secret()
    PersonalLink.objects.create(respondent=respondent, digest=digest_of_who(secret))
    try:
        _hand_over(round, respondent, mailing, secret)
    except UndeliverableError:  # what the server said may hold the address
        Mailing.objects.filter(pk=mailing.pk).update(is_undeliverable=True)
        log.warning("The mail server refused mailing %s for good.", mailing.pk)
        return
    except TryLaterError:
        Mailing.objects.filter(pk=mailing.pk).update(taken_at=None)
        raise TryLaterError(f"mailing {mailing.pk} could not be handed over") from None
    now = timezone.now()
    field = "invited_at" if mailing.turn == INVITATION else "reminded_at"
    with transaction.atomic():
        Mailing.objects.filter(pk=mailing.pk).update(sent_at=now)
        Respondent.objects.filter(pk=respondent.pk).update(**{field: now})


def _hand_over(round: Round, respondent: Respondent, mailing: Mailing, secret: str) -> None:
    url = link(round, secret, respondent.language)
    language = urlsplit(url).path.split("/")[1]
    name = " ".join(pick(round.labels, language).split())
    is_first = mailing.turn == INVITATION
    with translation.override(language):
        subject = _("You are asked: %(name)s") if is_first else _("Not answered yet: %(name)s")
        send_now(
            respondent.email,
            subject % {"name": name},
            "\n\n".join(_paragraphs(round, respondent, name, url, is_first=is_first)) + "\n",
            language=language,
            headers={"Message-ID": f"<consultation-{mailing.pk}-{mailing.turn}@{_host()}>"},
        )


def _paragraphs(
    round: Round, respondent: Respondent, name: str, url: str, *, is_first: bool
) -> list[str]:
    greeting = _("Dear %(name)s,") % {"name": respondent.name} if respondent.name else ""
    asks = pick(round.institution.labels) if round.institution else settings.SITE_NAME
    first = (
        _("%(who)s asks you to answer: %(name)s") if is_first
        else _("%(who)s asked you to answer, and has nothing from you yet: %(name)s")
    ) % {"who": asks, "name": name}  # fmt: skip
    end = ended_at(round)
    until = _("You can answer until %(day)s, %(time)s.") % {
        "day": day(localtime(end)), "time": f"{localtime(end):%H:%M}"
    } if end else ""  # fmt: skip
    again = "" if is_first else (
        _("If you have begun already, go on with the link that you were shown when you stopped: "
          "the survey is anonymous, so we can't know that it was you, and this link begins anew.")
        if round.is_anonymous
        else _("If you have begun already, you go on where you were.")
    )  # fmt: skip
    anonymous = (
        _("The survey is anonymous: nothing leads from this link to what you answer.")
        if round.is_anonymous
        else ""
    )
    last = _(
        "The link is yours alone, so please don't pass it on. Your address is deleted %(days)s "
        "days after the survey has ended."
    ) % {"days": settings.RESPONDENTS_KEPT_DAYS}
    return [
        part
        for part in (
            greeting,
            first,
            "\n".join(filter(None, (_("This is your link:"), url))),
            again,
            until,
            anonymous,
            last,
        )
        if part
    ]


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"
