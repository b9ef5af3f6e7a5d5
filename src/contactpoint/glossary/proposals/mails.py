"""The two mails to whoever proposed something, and what becomes of their address.

Neither mail holds a word that a stranger typed: the first goes to an address that nobody has
confirmed. Jobs carry the key of a row, never an address or a token.
"""

import hashlib
import logging
import secrets
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contactpoint.glossary.models import Proposal, ProposalAddress
from contactpoint.kit.jobs import task
from contactpoint.kit.mail import UndeliverableError, send_now

log = logging.getLogger(__name__)

CONFIRM_WITHIN: Final = timedelta(hours=48)
TELL_WITHIN: Final = timedelta(days=14)
"""An outcome that can't be delivered for so long is given up, and the address with it."""
KEEP_AT_MOST: Final = timedelta(days=365)
"""An address that waits for editors who don't decide is deleted all the same."""


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@task(queue_name="mail")
def ask(pk: int) -> None:
    """Ask an address whether it wants to hear the outcome; each asking has a token of its own."""
    address = ProposalAddress.objects.filter(pk=pk, confirmed_at=None).first()
    if address is None:
        return
    token = secrets.token_urlsafe(32)
    address.token_hash = hashed(token)
    address.save(update_fields=["token_hash"])
    with translation.override(address.language):
        url = f"{settings.BASE_URL}/{address.language}/glossary/proposals/confirm/{token}/"
        text = _(
            "Somebody, probably you, proposed something for the glossary of %(site)s and left "
            "this address to hear the outcome.\n\n"
            "To hear it, open this page within 48 hours and confirm:\n\n%(url)s\n\n"
            "Keep this mail: until the outcome is sent, the same page deletes your address "
            "whenever you want.\n\n"
            "If it wasn't you, there is nothing to do: the address is deleted after 48 hours."
        ) % {"site": settings.SITE_NAME, "url": url}
        subject = _("Do you want to hear what becomes of your proposal?")
        send_now(address.email, subject, text, language=address.language)


@task(queue_name="mail")
def tell(proposal_pk: int) -> None:
    """Write the outcome to a confirmed address, once, and delete it."""
    address = (
        ProposalAddress.objects.filter(proposal=proposal_pk)
        .exclude(confirmed_at=None)
        .select_related("proposal")
        .first()
    )
    if address is None or address.proposal.is_open:
        return
    with translation.override(address.language):
        subject, text = _outcome(address.proposal)
        try:
            send_now(address.email, subject, text, language=address.language)
        except UndeliverableError as refusal:
            log.warning("The outcome of proposal %s was refused: %s", proposal_pk, refusal)
    address.delete()


def _outcome(proposal: Proposal) -> tuple[str, str]:
    accepted = proposal.status == Proposal.Status.ACCEPTED
    words = {
        "site": settings.SITE_NAME,
        "reason": proposal.reason,
        "url": settings.BASE_URL + proposal.get_absolute_url(),
    }
    if accepted:
        subject = _("Your proposal for the glossary is accepted")
        text = _(
            "What you proposed for the glossary of %(site)s is accepted. Thank you.\n\n"
            "This page tells which version of the glossary has it, once one does:\n\n%(url)s"
        )
    else:
        subject = _("Your proposal for the glossary is declined")
        text = _(
            "What you proposed for the glossary of %(site)s is declined. The editors' reason:\n\n"
            "%(reason)s\n\n%(url)s"
        )
    end = _("This was the only mail about it. Your address is now deleted.")
    return subject, f"{text % words}\n\n{end}"


def forget_addresses() -> int:
    """Delete what may no longer be kept; the worker does so every hour. Returns how many."""
    now = timezone.now()
    unconfirmed = ProposalAddress.objects.filter(
        confirmed_at=None, asked_at__lt=now - CONFIRM_WITHIN
    )
    undelivered = ProposalAddress.objects.filter(proposal__decided_at__lt=now - TELL_WITHIN)
    unanswered = ProposalAddress.objects.filter(asked_at__lt=now - KEEP_AT_MOST)
    return sum(due.delete()[0] for due in (unconfirmed, undelivered, unanswered))
