"""The public side of proposals: the form, its status page, the list, and the confirmation."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from contactpoint.accounts.places import HOUR, MINUTE
from contactpoint.glossary.languages import LANGUAGES, name_in
from contactpoint.glossary.models import Concept, Proposal, ProposalAddress
from contactpoint.glossary.proposals import actions
from contactpoint.glossary.proposals.forms import FORMS, ProposalForm
from contactpoint.glossary.proposals.limits import seconds_to_wait
from contactpoint.glossary.proposals.mails import CONFIRM_WITHIN
from contactpoint.kit import tickets
from contactpoint.kit.context import same_path, translations, view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link
from contactpoint.kit.pagination import AddressedPaginator, Slices

PER_PAGE: Final = 25
LARGEST: Final = 64 * 1024
FORM_TYPE: Final = "application/x-www-form-urlencoded"


@csrf_exempt  # there is no session to ride on; `tickets` says what is checked instead
@require_http_methods(["GET", "HEAD", "POST"])
def propose_term(request: HttpRequest) -> HttpResponse:
    """A term that the glossary lacks."""
    return _propose(request, Proposal.Kind.TERM, None)


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
def propose_for(request: HttpRequest, slug: str) -> HttpResponse:
    """A translation of a concept, or a change of it: `?what=translation&language=pl`."""
    rows = Concept.objects.exclude(status=Concept.Status.DEPRECATED)
    what = request.GET.get("what", Proposal.Kind.TRANSLATION)
    if what not in (Proposal.Kind.TRANSLATION, Proposal.Kind.CHANGE):
        raise Http404
    return _propose(request, Proposal.Kind(what), get_object_or_404(rows, slug=slug))


def _propose(request: HttpRequest, kind: Proposal.Kind, concept: Concept | None) -> HttpResponse:
    about = f"{kind}:{concept.slug if concept else ''}"
    if request.method == "POST":
        return _refusal(request) or _taken(request, kind, concept, about)
    asked = request.GET.get("language", "")
    mine = "" if kind == Proposal.Kind.TRANSLATION else get_language() or FALLBACK_LANGUAGE
    initial = {"language": asked if asked in LANGUAGES else mine}
    return _form_page(request, FORMS[kind](initial=initial), about, concept)


def _taken(
    request: HttpRequest, kind: Proposal.Kind, concept: Concept | None, about: str
) -> HttpResponse:
    """What is wrong is said on the form, which keeps its ticket: who corrects it need not wait."""
    form = FORMS[kind](request.POST)
    sent = request.POST.get("ticket", "")
    try:
        if not tickets.is_from_here(request):
            raise tickets.TicketError(_("This form was not sent from this site. Send it again."))
        ticket = tickets.redeem(sent, about)
    except tickets.TicketError as problem:
        form.add_error(None, str(problem))
        return _form_page(request, form, about, concept, status=400, ticket=problem.ticket)
    if earlier := actions.received_before(ticket.reference):
        if form.is_valid() and actions.is_same(
            earlier, form.proposed(), form.cleaned_data["email"]
        ):
            return _to_status(earlier)
        return _sent_before(request, form, about, concept, earlier.get_absolute_url())
    if not form.is_valid():
        return _form_page(request, form, about, concept, status=422, ticket=sent)
    if wait := seconds_to_wait(request):
        form.add_error(None, _come_back(wait))
        answer = _form_page(request, form, about, concept, status=429, ticket=sent)
        answer["Retry-After"] = str(wait)
        return answer
    proposal = actions.receive(
        form.proposed(),
        kind=kind,
        concept=concept,
        reference=ticket.reference,
        email=form.cleaned_data["email"],
        reader_language=get_language() or FALLBACK_LANGUAGE,
    )
    return _to_status(proposal)


def _to_status(proposal: Proposal) -> HttpResponse:
    answer = HttpResponseRedirect(proposal.get_absolute_url())
    answer.status_code = 303
    return _private(answer)


def _sent_before(
    request: HttpRequest, form: ProposalForm, about: str, concept: Concept | None, earlier_url: str
) -> HttpResponse:
    """Says that what was changed since is not taken, and keeps it on a form with a new ticket."""
    form.add_error(
        None,
        _(
            "What you sent first has arrived. What stands below was not taken: send it only if it "
            "is to be another proposal."
        ),
    )
    links = [
        Link(_("See what you sent first"), earlier_url),
        Link(_("Open a new form"), request.get_full_path()),
    ]
    return _form_page(request, form, about, concept, status=409, links=links)


def _come_back(wait: int) -> str:
    if wait <= MINUTE:
        return _("Too many proposals came at once. Wait a minute, then send it again.")
    if wait <= HOUR:
        return _("Too many proposals came at once. Try again in an hour.")
    return _("Too many proposals came in one day. Try again tomorrow.")


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """For what is not a form without files, of the size that its fields allow."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.content_type != FORM_TYPE or not length.isdecimal():
        sentence = _("What came is no form of this site. Open the form, and send it from there.")
        return _refused(request, 400, _("This can't be read"), sentence)
    if int(length) > LARGEST:
        sentence = _(
            "A proposal holds a few thousand characters at most. Shorten it, and send it in a new "
            "form."
        )
        return _refused(request, 413, _("This is too long"), sentence)
    return None


def _refused(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """A sentence in the site's frame, and where to go from here."""
    context = {
        **_beside(request),
        "title": title,
        "sentence": sentence,
        "link": Link(_("Open a new form"), request.get_full_path()),
    }
    return _private(render(request, "glossary/proposals/refused.html", context, status=status))


def _form_page(
    request: HttpRequest,
    form: ProposalForm,
    about: str,
    concept: Concept | None,
    *,
    status: int = 200,
    ticket: str = "",
    links: Sequence[Link] = (),
) -> HttpResponse:
    language = get_language() or FALLBACK_LANGUAGE
    crumbs = [Link(_("Glossary"), f"/{language}/glossary/")]
    if concept is not None:
        crumbs.append(Link(concept.label, concept.get_absolute_url()))
    context = {
        **view_context(request, *crumbs),
        "translations": translations(same_path(request), request.GET.urlencode()),
        "form": form,
        "fields": [form[name] for name in form.field_order if name in form.fields],
        "ticket": ticket or tickets.issue(about),
        "concept": concept,
        "kind": form.kind,
        "links": links,
    }
    return _private(render(request, "glossary/proposals/propose.html", context, status=status))


@require_safe
def status(request: HttpRequest, reference: str) -> HttpResponse:
    """What became of a proposal, for whoever knows its reference."""
    rows = Proposal.objects.select_related("concept", "version")
    proposal = get_object_or_404(rows, reference=reference)
    context = {
        **_beside(request),
        "proposal": _shown(proposal),
        "steps": _steps(proposal),
        "address": request.build_absolute_uri(request.path),
    }
    return _private(render(request, "glossary/proposals/status.html", context))


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """What editors have let through: what waits, and what was decided, newest first."""
    rows = Proposal.objects.filter(is_public=True).select_related("concept", "version")
    slices = Slices(rows.count(), lambda start, stop: [_shown(one) for one in rows[start:stop]])
    paginator = AddressedPaginator(slices, PER_PAGE, path=request.path, query=request.GET)
    page = paginator.asked(request.GET)
    language = get_language() or FALLBACK_LANGUAGE
    context = {
        **view_context(request, Link(_("Glossary"), f"/{language}/glossary/")),
        "entries": page,
        "previous_url": page.previous_url,
        "next_url": page.next_url,
    }
    return render(request, "glossary/proposals/proposals.html", context)


@csrf_exempt  # the token in the address is the secret
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once more, because programs open the links of mails; a button confirms or deletes."""
    address = actions.address_of(token)
    state = _address_state(address)
    if address is not None and request.method == "POST":
        if "forget" in request.POST:
            actions.forget_address(address)
            state = "forgotten"
        elif actions.confirm_address(address):
            state = "confirmed"
    context = {**_beside(request), "state": state}
    number = {"gone": 404, "late": 410}.get(state, 200)
    page = render(request, "glossary/proposals/confirm.html", context, status=number)
    page["Referrer-Policy"] = "no-referrer"
    return _private(page)


def _address_state(address: ProposalAddress | None) -> str:
    """What can be done with it: confirmed as long as it `waits`, deleted unless it is `gone`."""
    if address is None:
        return "gone"
    if address.confirmed_at is not None:
        return "confirmed"
    return "waits" if address.asked_at > timezone.now() - CONFIRM_WITHIN else "late"


def _beside(request: HttpRequest) -> dict[str, Any]:
    language = get_language() or FALLBACK_LANGUAGE
    return view_context(
        request,
        Link(_("Glossary"), f"/{language}/glossary/"),
        Link(_("Proposals"), f"/{language}/glossary/proposals/"),
    )


def _shown(proposal: Proposal) -> dict[str, Any]:
    """What may be seen of a proposal: nothing of the person, and no remark to the editors."""
    concept = proposal.concept
    return {
        "kind": proposal.get_kind_display(),
        "part": proposal.get_part_display() if proposal.part else "",
        "text": proposal.text,
        "definition": proposal.definition,
        "source": proposal.source,
        "language": proposal.language,
        "language_name": name_in(proposal.language, get_language() or FALLBACK_LANGUAGE),
        "concept": concept.label if concept else "",
        "concept_url": concept.get_absolute_url() if concept else "",
        "status": proposal.status,
        "status_name": proposal.status_name,
        "is_set_aside": proposal.is_set_aside,
        "is_open": proposal.is_open,
        "reason": proposal.reason,
        "version": proposal.version.number if proposal.version else "",
        "created_at": proposal.created_at,
        "decided_at": proposal.decided_at,
    }


def _steps(proposal: Proposal) -> list[dict[str, Any]]:
    """Received, under review, decided: how far it has come."""
    status = Proposal.Status
    decided = proposal.status if not proposal.is_open else None
    names = [
        (status.RECEIVED, status.RECEIVED.label),
        (status.REVIEW, status.REVIEW.label),
        (decided, proposal.status_name if decided else pgettext("proposal", "Decided")),
    ]
    reached = [value for value, _name in names].index(proposal.status)
    return [
        {"name": name, "reached": number <= reached, "current": number == reached}
        for number, (_value, name) in enumerate(names)
    ]


def _private(answer: HttpResponse) -> HttpResponse:
    """For one reader only: no cache keeps it, no search engine lists it."""
    patch_cache_control(answer, no_store=True)
    answer["X-Robots-Tag"] = "noindex"
    return answer
