"""Where an institution wants two pairs of eyes, nobody publishes its outputs alone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, Workflow

from contactpoint.network.approving import workflow
from contactpoint.network.models import Institution

OWN = ("author", "publisher", "commissioner")
"""The parts in an output that make it an institution's own; to be mentioned does not."""


def workflow_for(page: Any) -> Workflow | None:
    """The workflow of an output, as its institutions are stored; None where none wants it."""
    if page.pk is None:
        return None
    links = page.institution_links.model.objects.filter(page=page.pk, role__in=OWN)
    wanted = links.filter(institution__two_pairs_of_eyes=True).exists()
    return workflow() if wanted else None


def refuse_alone(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep a draft from being published at once that names such an institution only now.

    What is stored is asked by `OutputRights`; this is for a new page, and for a draft in the form.
    """
    links = getattr(page, "institution_links", None)
    if links is None:
        return None
    named = [row.institution_id for row in links.all() if row.role in OWN]
    if not Institution.objects.filter(pk__in=named, two_pairs_of_eyes=True).exists():
        return None
    text = _("Saved as a draft: its institution wants somebody else to read it first. Submit it.")
    messages.warning(request, text)
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
