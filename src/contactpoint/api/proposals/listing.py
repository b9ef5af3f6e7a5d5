"""What an institution proposed, and where each of it stands; whichever of its tokens brought it."""

from datetime import datetime
from typing import Any, Final

from django.db.models import F
from django.http import HttpRequest, HttpResponse

from contactpoint.api import parameters as given
from contactpoint.api import tokens
from contactpoint.api.answering import personal
from contactpoint.api.cursors import LONGEST, Order, page
from contactpoint.api.models import Proposal
from contactpoint.api.parameters import Parameter, read
from contactpoint.api.proposals.telling import in_short
from contactpoint.api.resources.resource import ROOT, whole
from contactpoint.api.shapes import choice

_ORDER: Final = Order("-proposed", F("made_at"), datetime)
PARAMETERS: Final = (
    Parameter("state", choice(Proposal.State.values), "Only those of which this became.", True),
    Parameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": given.MOST, "default": given.USUAL},
        "How many at most.",
    ),
    Parameter(
        "cursor",
        {"type": "string", "minLength": 1, "maxLength": LONGEST},
        "Where to go on, from “next” of the page before; what is proposed meanwhile moves nothing.",
    ),
)


def listed(request: HttpRequest) -> HttpResponse:
    """A page of them, what was proposed last first; two queries and that of the token."""
    token = tokens.shown_by(request)
    asked = read(request.GET, PARAMETERS)
    rows = Proposal.objects.filter(institution=token.institution_id)
    if states := asked.get("state"):
        rows = rows.filter(state__in=states)
    limit = asked.get("limit", given.USUAL)
    keys, cursor = page(rows, _ORDER, "pk", asked.get("cursor", ""), limit)
    found = Proposal.objects.in_bulk(keys)
    following = ""
    if cursor:
        query = request.GET.copy()
        query["cursor"] = cursor
        following = f"{whole(f'{ROOT}/proposals')}?{query.urlencode(safe=',')}"
    said: dict[str, Any] = {
        "@context": whole(f"{ROOT}/context.jsonld"),
        "data": [in_short(found[key]) for key in keys if key in found],
        "next": following or None,
    }
    answer = personal(request, said)
    if following and answer.status_code == 200:
        answer["Link"] = f'<{following}>; rel="next"'
    return answer
