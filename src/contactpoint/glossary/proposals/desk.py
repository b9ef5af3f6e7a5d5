"""Proposals in the admin: a worklist, and a page for each with the concept beside it."""

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from contactpoint.glossary.languages import by_name, name_in
from contactpoint.glossary.models import Concept, ConceptLabel, Proposal
from contactpoint.glossary.models.proposals import OPEN
from contactpoint.glossary.proposals import actions
from contactpoint.glossary.proposals.desk_forms import DeclineForm, TakeOverForm
from contactpoint.glossary.proposals.rights import SEE, may_moderate, may_take_over, require
from contactpoint.kit.admin_pages import framed, paged
from contactpoint.kit.labels import FALLBACK_LANGUAGE

PER_PAGE: Final = 20
ABOVE: Final = ("glossary_proposals", gettext_lazy("Proposals"))
SHOWN: Final = {"open": OPEN, "accepted": ("accepted",), "declined": ("declined",), "all": ()}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """New ones first, then those under review, then the rest; filtered by plain links."""
    require(request.user.has_perm(SEE))
    rows, chosen = _chosen(request)
    listed = paged(request, rows, PER_PAGE)
    context = framed(
        _("Proposals"),
        ABOVE,
        entries=[_entry(proposal) for proposal in listed["items"]],
        filters=_filters(chosen),
        may_moderate=may_moderate(request.user),
        **listed,
    )
    return render(request, "glossary/admin/proposals.html", context)


@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposal, the concept as it stands, and what can be decided."""
    require(request.user.has_perm(SEE))
    return _page(request, _found(pk))


@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it through to the public list, or keep it from there (`withhold`)."""
    require(may_moderate(request.user))
    shown = "withhold" not in request.POST
    proposal = actions.set_public(_found(pk), shown, user=request.user)
    text = _("It is in the public list now.") if shown else _("It is not shown to the public.")
    messages.success(request, text)
    return HttpResponseRedirect(reverse("glossary_proposal", args=[proposal.pk]))


def _form_address(proposal: Proposal) -> str:
    """Where the concept is edited, or the new one that no version has yet."""
    if proposal.concept_id:
        return reverse("concepts:edit", args=[proposal.concept_id])
    return f"{reverse('concepts:add')}?{urlencode({'draft': proposal.draft_id})}"


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it over; what only an editor can change by hand leads to the concept's form."""
    require(may_take_over(request.user))
    proposal = _found(pk)
    if not proposal.is_open:
        return _decided(request, proposal)
    form = TakeOverForm(request.POST, proposal=proposal)
    if not form.is_valid():
        return _page(request, proposal, take_over=form)
    try:
        proposal = actions.accept_proposal(
            proposal,
            form.taking(),
            user=request.user,
            is_public=form.cleaned_data["is_public"],
        )
    except actions.ProposalError as problem:
        proposal = _found(pk)
        if not proposal.is_open:
            return _decided(request, proposal)
        form.add_error(None, str(problem))
        return _page(request, proposal, take_over=form)
    by_hand = proposal.part in (Proposal.Part.PLACE, Proposal.Part.OTHER)
    if by_hand or proposal.kind == Proposal.Kind.TERM:
        messages.success(
            request,
            _("It is accepted. Now make the change here.")
            if by_hand
            else _("It is accepted. Give the new concept its place here."),
        )
        return HttpResponseRedirect(_form_address(proposal))
    messages.success(request, _("It is accepted and stands in the draft of the next version."))
    return HttpResponseRedirect(reverse("glossary_proposals"))


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the glossary as it is, with a reason."""
    require(may_moderate(request.user))
    proposal = _found(pk)
    if not proposal.is_open:
        return _decided(request, proposal)
    form = DeclineForm(request.POST, proposal=proposal)
    if not form.is_valid():
        return _page(request, proposal, decline=form)
    cleaned = form.cleaned_data
    try:
        actions.decline_proposal(
            proposal, cleaned["reason"], user=request.user, is_public=cleaned["is_public"]
        )
    except actions.ProposalError as problem:
        proposal = _found(pk)
        if not proposal.is_open:
            return _decided(request, proposal)
        form.add_error(None, str(problem))
        return _page(request, proposal, decline=form)
    messages.success(request, _("It is declined."))
    return HttpResponseRedirect(reverse("glossary_proposals"))


def _decided(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Somebody was quicker: the page as it stands now, and that there is nothing left to decide."""
    messages.error(request, _("Somebody has decided on this proposal already."))
    return _page(request, proposal, is_wrong=True)


def _found(pk: int) -> Proposal:
    rows = Proposal.objects.select_related("concept", "version")
    return get_object_or_404(rows.prefetch_related("concept__other_labels", "steps"), pk=pk)


def _page(
    request: HttpRequest,
    proposal: Proposal,
    *,
    take_over: TakeOverForm | None = None,
    decline: DeclineForm | None = None,
    is_wrong: bool = False,
) -> HttpResponse:
    moderates = may_moderate(request.user)
    takes_over = may_take_over(request.user) and proposal.is_open
    context = framed(
        f"{proposal.get_kind_display()} {proposal.pk}",
        ABOVE,
        entry=_entry(proposal),
        steps=proposal.steps.all(),
        may_moderate=moderates,
        take_over=(take_over or TakeOverForm(proposal=proposal)) if takes_over else None,
        decline=(
            (decline or DeclineForm(proposal=proposal)) if moderates and proposal.is_open else None
        ),
    )
    is_wrong = is_wrong or take_over is not None or decline is not None
    return render(request, "glossary/admin/proposal.html", context, status=422 if is_wrong else 200)


def _chosen(request: HttpRequest) -> tuple[QuerySet[Proposal], dict[str, str]]:
    """The rows that the address asks for; a value that there is not counts as none."""
    known = {
        "show": set(SHOWN),
        "kind": set(Proposal.Kind.values),
        "language": set(Proposal.objects.order_by().values_list("language", flat=True).distinct()),
    }
    chosen = {
        name: value
        for name, values in known.items()
        if (value := request.GET.get(name, "")) in values
    }
    rows = Proposal.objects.select_related("concept").prefetch_related("concept__other_labels")
    if statuses := SHOWN[chosen.setdefault("show", "open")]:
        rows = rows.filter(status__in=statuses)
    if "kind" in chosen:
        rows = rows.filter(kind=chosen["kind"])
    if "language" in chosen:
        rows = rows.filter(language=chosen["language"])
    order = Case(
        *(When(status=status, then=Value(place)) for place, status in enumerate(OPEN)),
        default=Value(len(OPEN)),
        output_field=IntegerField(),
    )
    return rows.order_by(order, "-created_at", "-pk"), chosen


def _filters(chosen: dict[str, str]) -> list[dict[str, Any]]:
    reader = get_language() or FALLBACK_LANGUAGE
    shown = {
        "open": pgettext("proposal", "Open"),
        "accepted": Proposal.Status.ACCEPTED.label,
        "declined": Proposal.Status.DECLINED.label,
        "all": pgettext("proposals", "All"),
    }
    codes = set(Proposal.objects.order_by().values_list("language", flat=True).distinct())
    groups: list[tuple[str, str, list[tuple[str, Any]]]] = [
        ("show", _("Status"), list(shown.items())),
        ("kind", _("Kind"), [("", pgettext("proposals", "All")), *Proposal.Kind.choices]),
        (
            "language",
            _("Language"),
            [
                ("", pgettext("proposals", "All")),
                *((code, name_in(code, reader)) for code in by_name(codes, reader)),
            ],
        ),
    ]
    return [
        {
            "label": label,
            "links": [
                {
                    "label": text,
                    "query": _query({**chosen, name: value}),
                    "current": chosen.get(name, "") == value,
                }
                for value, text in choices
            ],
        }
        for name, label, choices in groups
    ]


def _query(values: dict[str, str]) -> str:
    # Every value is a code of ours: `_chosen` let no other through.
    return "?" + "&".join(f"{name}={value}" for name, value in values.items() if value)


def _entry(proposal: Proposal) -> dict[str, Any]:
    """A proposal beside the concept as it stands, in the proposal's language and in English."""
    reader = get_language() or FALLBACK_LANGUAGE
    codes = dict.fromkeys((proposal.language, FALLBACK_LANGUAGE))
    return {
        "proposal": proposal,
        "language_name": name_in(proposal.language, reader),
        "concept": proposal.concept,
        "concept_url": (
            reverse("concepts:inspect", args=[proposal.concept.pk]) if proposal.concept else ""
        ),
        "stands": [
            _as_it_stands(proposal.concept, code, name_in(code, reader))
            for code in codes
            if proposal.concept
        ],
    }


def _as_it_stands(concept: Concept, code: str, name: str) -> dict[str, Any]:
    alternative = ConceptLabel.Kind.ALTERNATIVE
    return {
        "language": code,
        "name": name,
        "preferred": concept.labels.get(code, ""),
        "alternatives": [
            label.text
            for label in concept.other_labels.all()
            if label.language == code and label.kind == alternative
        ],
        "definition": (concept.definitions.get(code) or {}).get("text", ""),
        "source": (concept.definitions.get(code) or {}).get("source", ""),
    }
