"""The admin's page that makes the study of a round: what there is of it, and the buttons."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from contactpoint.consultations.actions.publishing import PublishingError
from contactpoint.consultations.desk.rights import for_managers
from contactpoint.consultations.desk.round_views import above
from contactpoint.consultations.models import Instrument, Round, StateAsked
from contactpoint.consultations.studies.family import FamilyError, write
from contactpoint.consultations.studies.holding_back import held_back
from contactpoint.consultations.studies.parts import is_touched, key_of
from contactpoint.consultations.studies.refusing import refusal
from contactpoint.kit.admin_pages import framed
from contactpoint.outputs.figure_reports import lists_by_language
from contactpoint.outputs.models import Part, Publication
from contactpoint.outputs.models.lists import PublicationList


def lists_for(user: Any) -> dict[str, PublicationList]:
    """Where this user may write a publication."""
    return {
        code: each
        for code, each in lists_by_language().items()
        if each.permissions_for_user(user).can_add_subpage()
    }


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def family(request: HttpRequest, pk: int) -> HttpResponse:
    """A POST writes the parts; with `publish` it publishes them as well."""
    rows = Round.objects.select_related("instrument", "version", "family")
    round = get_object_or_404(rows, pk=pk, instrument__kind=Instrument.Kind.STUDY)
    lists = lists_for(request.user)
    if request.method == "POST":
        _write(request, round, lists)
        return HttpResponseRedirect(reverse("consultations_family", args=[pk]))
    why = refusal(round) or ("" if lists else _("You may not write publications."))
    may_publish = any(
        one.permissions_for_user(request.user).can_publish_subpage() for one in lists.values()
    )
    context = framed(
        _("The study and its reports"),
        above(),
        (reverse("consultations_round", args=[pk]), str(round)),
        round=round,
        why=why,
        may_publish=may_publish,
        parts=_parts(round),
    )
    return render(request, "consultations/studies/family.html", context)


def _write(request: HttpRequest, round: Round, lists: dict[str, PublicationList]) -> None:
    publish = request.POST.get("do") == "publish"
    try:
        done = write(round, user=request.user, lists=lists, publish=publish)
    except (FamilyError, PublishingError) as error:
        messages.error(request, str(error) or _("It can't be published as it stands."))
        return
    written = [one for one in done if one.what in ("made", "renewed")]
    if written:
        said = ngettext(
            "%(number)s page is written.", "%(number)s pages are written.", len(written)
        )
        messages.success(request, said % {"number": len(written)})
    left = [one.title for one in done if one.what == "left"]
    if left:
        said = _("These are public, or somebody has worked on them, so they were left: %(titles)s")
        messages.warning(request, said % {"titles": "; ".join(left)})
    if publish and any(not one.is_live for one in written):
        messages.warning(request, _("Some pages stay drafts: somebody else has to publish them."))


def _parts(round: Round) -> list[dict[str, Any]]:
    """Every page that was written, with what stands in its way."""
    codes = StateAsked.objects.filter(round=round).values_list("country__code", flat=True)
    keys = {key_of(round.pk, part.value): part for part in (Part.SYNTHESIS, Part.TEMPLATE)}
    keys |= {key_of(round.pk, Part.NATIONAL.value, code): Part.NATIONAL for code in codes}
    pages = Publication.objects.filter(translation_key__in=list(keys), alias_of=None)
    order = list(Part)
    found = []
    for page in pages.select_related("locale").order_by("title", "pk"):
        part = keys[page.translation_key]
        newest = page.get_latest_revision_as_object()
        found.append({
            "part": part.label,
            "order": order.index(part),
            "page": page,
            "is_touched": is_touched(page) and not page.live,
            "held_back": held_back(newest),
        })  # fmt: skip
    return sorted(found, key=lambda one: one["order"])
