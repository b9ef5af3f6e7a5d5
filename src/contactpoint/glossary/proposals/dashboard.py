"""Proposals that nobody has looked at, on the admin's dashboard."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contactpoint.glossary.languages import name_in
from contactpoint.glossary.models import Proposal
from contactpoint.glossary.proposals.rights import SEE
from contactpoint.kit.dashboard import Line, Section
from contactpoint.kit.labels import FALLBACK_LANGUAGE

MOST = 5


def new_proposals(request: HttpRequest) -> Section | None:
    """The newest, by kind and language: what strangers typed is read on its own page."""
    if not request.user.has_perm(SEE):
        return None
    reader = get_language() or FALLBACK_LANGUAGE
    rows = Proposal.objects.filter(status=Proposal.Status.RECEIVED).select_related("concept")
    lines = [
        Line(
            f"{row.get_kind_display()}: {row.concept}" if row.concept else row.get_kind_display(),
            reverse("glossary_proposal", args=[row.pk]),
            name_in(row.language, reader),
        )
        for row in rows[:MOST]
    ]
    if not lines:
        return None
    more = Line(_("All proposals"), reverse("glossary_proposals"))
    return Section("proposals", _("New proposals from readers"), 20, lines=lines, more=more)
