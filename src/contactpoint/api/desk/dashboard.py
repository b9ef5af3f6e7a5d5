"""Proposals that wait, on the admin's dashboard."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from contactpoint.api.desk.proposal_views import kind_label
from contactpoint.api.desk.rights import SEE
from contactpoint.api.models import Proposal
from contactpoint.kit.dashboard import Line, Section

MOST = 5


def proposals_that_wait(request: HttpRequest) -> Section | None:
    """Those that wait longest."""
    if not request.user.has_perm(SEE):
        return None
    rows = Proposal.objects.filter(state=Proposal.State.WAITING).select_related("institution")
    lines = [
        Line(
            one.title or _("Proposal"),
            reverse("api_proposal", args=[one.pk]),
            f"{kind_label(one.kind)}, {one.institution}",
        )
        for one in rows.defer("read").order_by("made_at", "pk")[:MOST]
    ]
    if not lines:
        return None
    more = Line(_("All proposals"), reverse("api_proposals"))
    return Section("proposals", _("Proposals of partners"), 17, lines=lines, more=more)
