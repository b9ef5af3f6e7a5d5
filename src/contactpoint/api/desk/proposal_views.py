"""What partners propose, for an editor: one after the other, made a draft or refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from contactpoint.api.desk.forms import DecisionForm
from contactpoint.api.desk.rights import DECIDE, SEE, require
from contactpoint.api.models import Proposal
from contactpoint.api.parameters import read_value
from contactpoint.api.proposals import deciding
from contactpoint.api.proposals.shape import CORRECTION, TRANSLATION
from contactpoint.api.shapes import DAY, MOMENT
from contactpoint.glossary.explaining import explain
from contactpoint.glossary.models import Theme
from contactpoint.kit.admin_pages import framed, paged
from contactpoint.kit.days import short, short_moment
from contactpoint.network.models import Country, Institution
from contactpoint.outputs import proposing
from contactpoint.outputs.models import Output
from contactpoint.outputs.models.output import Kind

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Words:
    """What a proposal says in one language, as plain text."""

    language: str
    title: str
    teaser: str
    text: str
    page: Output | None = None
    """That which is there in this language already, and is not written over."""


def kind_label(kind: str) -> str:
    """What a proposal would become, in the active language."""
    others = {CORRECTION: _("Correction"), TRANSLATION: _("Translation")}
    return others.get(kind) or str(Kind(kind).label)


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Those that wait, or all with `?show=all`; the oldest that waits first."""
    require(request.user, SEE)
    shows_all = request.GET.get("show") == "all"
    rows = Proposal.objects.select_related("institution", "page").defer("read", "content")
    if shows_all:
        rows = rows.order_by("-made_at", "-pk")
    else:
        rows = rows.filter(state=Proposal.State.WAITING).order_by("made_at", "pk")
    listed = paged(request, rows, PER_PAGE)
    context = framed(
        _("Proposals of partners"),
        entries=[(one, kind_label(one.kind)) for one in listed["page_obj"].object_list],
        shows_all=shows_all,
        **listed,
    )
    return render(request, "api/desk/proposals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, pk: Any) -> HttpResponse:
    """One proposal with all that it says; deciding on it."""
    require(request.user, SEE)
    rows = Proposal.objects.select_related("institution", "token", "page", "decided_by")
    found = get_object_or_404(rows, pk=pk)
    refuses = "refuse" in request.POST
    form = DecisionForm(request.POST or None, needs_reason=refuses)
    hindrance, may_accept = _may_accept(found, request.user)
    if request.method == "POST":
        require(request.user, DECIDE)
        if form.is_valid():
            said = form.cleaned_data["said"].strip()
            if refuses:
                return _refused(request, found, said)
            if not found.waits:
                return _too_late(request)
            if may_accept:
                return _accepted(request, found, said)
            messages.error(request, hindrance or _("You may not add pages there."))
    about = deciding.subject_of(found)
    standing = deciding.standing(found) if found.waits else {}
    context = framed(
        found.title or _("Proposal"),
        ("api_proposals", _("Proposals of partners")),
        proposal=found,
        kind=kind_label(found.kind),
        form=form,
        words=_words(found, standing),
        facts=_facts(found),
        keywords=_keywords(found),
        odd=proposing.maker().odd(found.read) if found.read else [],
        about=about,
        hindrance=hindrance,
        may_decide=request.user.has_perm(DECIDE),
        may_accept=may_accept,
        is_correction=found.kind == CORRECTION,
        all_there=_all_there(found, standing),
    )
    return render(request, "api/desk/proposal.html", context)


def _all_there(found: Proposal, standing: Mapping[str, Output]) -> bool:
    """Whether it is a translation into languages that all have a page already."""
    languages = found.read.get("by_language", {})
    return found.kind == TRANSLATION and len(standing) == len(languages)


def _may_accept(found: Proposal, user: Any) -> tuple[str, bool]:
    """Why it can't be, where nobody could; and whether this editor may."""
    if not found.waits:
        return "", False
    try:
        return "", deciding.may_accept(found, user)
    except ValueError as error:
        return str(error), False


def _accepted(request: HttpRequest, found: Proposal, said: str) -> HttpResponse:
    made = found.kind != CORRECTION and not _all_there(found, deciding.standing(found))
    try:
        page = deciding.accept(found, said, request.user)
    except deciding.DecidedError:
        return _too_late(request)
    except ValueError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("api_proposal", args=[found.pk]))
    if page is None:
        messages.success(request, _("The proposal is accepted."))
        return HttpResponseRedirect(reverse("api_proposals"))
    if not made:
        messages.success(
            request, _("The proposal is accepted. No page was made: take its words over by hand.")
        )
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    messages.success(
        request,
        _("The proposal is accepted. Look through the page; nothing is published yet."),
        buttons=[
            messages.button(
                reverse("wagtailadmin_pages:edit", args=[one.pk]), f"{one.title} ({code})"
            )
            for code, one in deciding.standing(found, page).items()
        ],
    )
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _refused(request: HttpRequest, found: Proposal, said: str) -> HttpResponse:
    try:
        deciding.refuse(found, said, request.user)
    except deciding.DecidedError:
        return _too_late(request)
    messages.success(request, _("The proposal is refused; the partner reads why."))
    return HttpResponseRedirect(reverse("api_proposals"))


def _too_late(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("Somebody has decided on it already, or it was withdrawn."))
    return HttpResponseRedirect(reverse("api_proposals"))


def _words(found: Proposal, there: Mapping[str, Output]) -> list[Words]:
    if found.kind == CORRECTION:
        return [Words(code, "", "", text) for code, text in found.content.get("text", {}).items()]
    return [
        Words(code, one["title"], one["teaser"], one["body"], there.get(code))
        for code, one in found.read.get("by_language", {}).items()
    ]


def _facts(found: Proposal) -> list[tuple[str, str]]:
    said = found.content
    dated = {
        _("Dated"): _day(said.get("date")),
        _("Starts"): _moment(said.get("starts")),
        _("Ends"): _moment(said.get("ends")),
        _("Takes effect on"): _day(said.get("effective")),
        _("Apply until"): _day(said.get("closes")),
        _("Law"): said.get("legal_reference"),
        _("Place"): ", ".join(said.get("place", {}).values()),
        _("Main themes"): _named(Theme, "slug", said.get("themes", ())),
        _("Countries"): _named(Country, "code", said.get("countries", ())),
        _("Institutions"): _named(Institution, "slug", said.get("institutions", ())),
        _("Note"): said.get("note"),
    }
    return [(str(name), str(value)) for name, value in dated.items() if value]


def _day(said: str | None) -> str:
    return short(read_value(DAY, said)) if said else ""


def _moment(said: str | None) -> str:
    return short_moment(read_value(MOMENT, said)) if said else ""


def _named(model: Any, key: str, keys: Sequence[str]) -> str:
    if not keys:
        return ""
    labels = {getattr(one, key): str(one) for one in model.objects.filter(**{f"{key}__in": keys})}
    return ", ".join(labels.get(one, one) for one in keys)


def _keywords(found: Proposal) -> list[tuple[str, str, str]]:
    leading: dict[str, Any] = next(iter(found.read.get("by_language", {}).values()), {})
    return [
        (one["source"], one["label"] or _("not known"), explain(one["reason"]))
        for one in leading.get("keywords", ())
    ]
