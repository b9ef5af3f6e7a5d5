"""Who comes with which link: a response that was begun, or somebody who was asked to begin one.

A link is looked up by its digest, so how long that takes tells nothing of it.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404, HttpRequest

from contactpoint.accounts.places import MINUTE
from contactpoint.consultations.frozen import asked
from contactpoint.consultations.models import PersonalLink, Respondent, Response, Round
from contactpoint.consultations.questions import Instrument
from contactpoint.consultations.secret_links import (
    digest_of_what,
    digest_of_who,
    invitation_of,
    is_own,
    is_secret,
)
from contactpoint.consultations.surveys import limits
from contactpoint.consultations.timing import Standing, standing


class HeldUpError(Exception):
    """Too many links that nobody was given came from this place; `wait` in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"wait {wait} s")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Visit:
    """A link that is good. Without a `response` its `respondent` has not begun."""

    round: Round
    secret: str
    response: Response | None = None
    respondent: Respondent | None = None

    @property
    def instrument(self) -> Instrument:
        """What is asked."""
        version = self.response.version if self.response else self.round.version
        if version is None:
            raise Http404
        return asked(version)

    @property
    def standing(self) -> Standing:
        """Whether it can be answered now."""
        return standing(self.round)

    @property
    def is_sent(self) -> bool:
        """Whether this link, or another of the same respondent, was answered and sent. The
        invitation to an anonymous round never tells."""
        if self.response is not None:
            return self.response.status == Response.Status.SENT
        if self.round.is_anonymous:
            return False
        return self.respondent is not None and self.respondent.has_answered


def found_round(code: str) -> Round:
    """A survey that was opened, for whoever knows its address; one query."""
    rows = Round.objects.select_related("version", "institution").defer("version__definition")
    found = rows.filter(code=code).exclude(access=Round.Access.STATES).first()
    if found is None or found.status == Round.Status.DRAFT or found.version is None:
        raise Http404
    return found


def visit(request: HttpRequest, code: str, secret: str) -> Visit:
    """Who comes; one query where they have begun. A 404 for a link that nobody was given, a
    `HeldUpError` for many of them. Whoever has a good one is let in all the same: others who share
    their network may have typed wrong ones, and what they have filled in would be lost."""
    found = _begun(code, secret) or _asked(code, secret) if is_secret(secret) else None
    if found is None:
        if limits.is_held_up(request):
            raise HeldUpError(MINUTE)
        if wait := limits.has_guessed(request):
            raise HeldUpError(wait)
        raise Http404
    return found


def _begun(code: str, secret: str) -> Visit | None:
    """By the invitation to an anonymous round alone nobody comes back to what was begun."""
    by_invitation = Q(round__is_anonymous=True, round__access=Round.Access.PERSONAL)
    rows = Response.objects.select_related("round__institution", "version")
    found = (
        rows.defer("version__definition")
        .filter(digest=digest_of_what(secret), round__code=code)
        .exclude(round__status=Round.Status.DRAFT)
        .exclude(Q() if is_own(secret) else by_invitation)
        .first()
    )
    return Visit(found.round, secret, found) if found is not None else None


def _asked(code: str, secret: str) -> Visit | None:
    """Who has not begun, or did so by another link. A link of one's own that leads nowhere any more
    is that of a round which is over: an invitation alone is left of it."""
    invitation = invitation_of(secret)
    rows = PersonalLink.objects.select_related(
        "respondent__round__version", "respondent__round__institution"
    ).defer("respondent__round__version__definition")
    found = rows.filter(digest=digest_of_who(invitation), respondent__round__code=code).first()
    if found is None or found.respondent.round.status == Round.Status.DRAFT:
        return None
    round, respondent = found.respondent.round, found.respondent
    if invitation != secret and not (round.is_anonymous and standing(round) is Standing.OVER):
        return None
    known = None
    if not round.is_anonymous:
        same = Response.objects.select_related("version").defer("version__definition")
        known = same.filter(round=round, respondent=respondent).first()
    if known is not None:
        known.round = round
    return Visit(round, invitation, known, respondent)
