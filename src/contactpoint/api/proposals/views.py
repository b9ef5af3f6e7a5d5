"""The addresses at which partners propose: with a token, never with a cookie."""

import re
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from contactpoint.api import bodies, tokens
from contactpoint.api.answering import answering, personal
from contactpoint.api.models import ApiToken, Proposal
from contactpoint.api.parameters import read
from contactpoint.api.problems import Fault, ProblemError
from contactpoint.api.proposals.deciding import DecidedError, withdraw
from contactpoint.api.proposals.listing import listed
from contactpoint.api.proposals.receiving import received
from contactpoint.api.proposals.shape import schema_for, scope_of
from contactpoint.api.proposals.telling import told, url_of

KEY: Final = "^[A-Za-z0-9._~-]{8,100}$"


@answering("GET", "HEAD", "POST")
def proposals(request: HttpRequest) -> HttpResponse:
    """What the institution proposed; something new, or the same again."""
    return _proposed(request) if request.method == "POST" else listed(request)


def _proposed(request: HttpRequest) -> HttpResponse:
    token = tokens.shown_by(request)
    read(request.GET, [])
    key = _key(request)
    content = bodies.read(request)
    schema_for(content)
    tokens.require(token, scope_of(content["kind"]))
    proposal, is_new = received(token, key, content)
    answer = personal(request, told(proposal), status=201 if is_new else 200)
    answer["Location"] = url_of(proposal)
    return answer


@answering("GET", "HEAD", "DELETE")
def proposed(request: HttpRequest, key: str) -> HttpResponse:
    """One of the institution's own, whichever of its tokens brought it; others are not there."""
    token = tokens.shown_by(request)
    read(request.GET, [])
    proposal = _own(token, key)
    if request.method == "DELETE":
        tokens.require(token, scope_of(proposal.kind))
        return _withdrawn(proposal)
    return personal(request, told(proposal))


def _withdrawn(proposal: Proposal) -> HttpResponse:
    try:
        withdraw(proposal)
    except DecidedError:
        raise ProblemError(
            "decided",
            "The editors have decided on this; write to them if it should not stand.",
        ) from None
    answer = HttpResponse(status=204)
    answer["Cache-Control"] = "no-store"
    return answer


def _own(token: ApiToken, key: str) -> Proposal:
    try:
        pk = UUID(key)
    except ValueError:
        pk = None
    rows = Proposal.objects.filter(institution=token.institution_id).select_related("page")
    found = rows.filter(pk=pk).first() if pk and str(pk) == key.lower() else None
    if found is None:
        raise ProblemError("not-found", "Your institution has no such proposal.")
    return found


def _key(request: HttpRequest) -> str:
    given = request.headers.get("Idempotency-Key", "")
    if re.fullmatch(KEY.strip("^$"), given):
        return given
    detail = "It is missing." if not given else "It can't be one."
    mend = (
        "Make one for each proposal, such as a UUID (8 to 100 letters, digits, . _ ~ -), and send "
        "it again with the same content where no answer came."
    )
    raise ProblemError(
        "invalid-header",
        "A proposal needs an Idempotency-Key, so that nothing is proposed twice.",
        [Fault("Idempotency-Key", detail, mend, kind="header")],
    )
