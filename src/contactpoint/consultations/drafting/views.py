"""Queries in the admin: all of them, the draft of one, who has answered, a later deadline."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contactpoint.consultations.actions.drafting import Draft, DraftError, drafted, is_simple, write
from contactpoint.consultations.actions.standing import StateError
from contactpoint.consultations.actions.telling import extend
from contactpoint.consultations.compilations.addresses import network_url, round_url
from contactpoint.consultations.drafting.forms import (
    PREFIX,
    QueryForm,
    QuestionForms,
    draft_of,
    initial_of,
    initial_questions,
    words_typed,
)
from contactpoint.consultations.models import Instrument, Response, Round
from contactpoint.consultations.questions import InstrumentError
from contactpoint.consultations.reaching import MANAGES, Circle, circle_of, rounds
from contactpoint.consultations.subjects.before import asked_before
from contactpoint.consultations.subjects.reading import Words, about
from contactpoint.consultations.subjects.replies import answers_of
from contactpoint.glossary.models import Concept
from contactpoint.kit.admin_pages import framed, paged

MOST_CONCEPTS: Final = 10
INDEX: Final = "consultation_queries"


def may_draft(user: Any) -> bool:
    """Whether somebody drafts queries."""
    return bool(user.has_perm(MANAGES))


def _ensure(request: HttpRequest) -> None:
    if not may_draft(request.user):
        raise PermissionDenied


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All queries, the newest first, with how many states have sent."""
    _ensure(request)
    sent = Q(responses__status=Response.Status.SENT, responses__is_test=False)
    rows = (
        Round.objects.filter(instrument__kind=Instrument.Kind.QUERY)
        .select_related("requested_by")
        .annotate(
            asked=Count("states", distinct=True),
            sent=Count("responses", filter=sent, distinct=True),
        )
        .order_by("-pk")
    )
    context = framed(_("Ad-hoc queries"), **paged(request, rows))
    return render(request, "consultations/admin/queries/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The form of a query: saved, or looked through for what was asked before."""
    _ensure(request)
    held = None
    if pk is not None:
        held = get_object_or_404(_queries(), pk=pk)
        if held.status != Round.Status.DRAFT:
            return HttpResponseRedirect(reverse("consultation_query_states", args=[pk]))
        if held.version is None or not is_simple(held.version.asked()):
            return HttpResponseRedirect(reverse("consultations_round", args=[pk]))
    if request.method == "POST":
        return _posted(request, held)
    old = drafted(held) if held else Draft({})
    form = QueryForm(initial=initial_of(old) if held else None)
    forms = QuestionForms(prefix=PREFIX, initial=initial_questions(old))
    return _form(request, form, forms, held, old.words())


def _posted(request: HttpRequest, held: Round | None) -> HttpResponse:
    form = QueryForm(request.POST, held=held.pk if held else None)
    forms = QuestionForms(request.POST, prefix=PREFIX)
    words = words_typed(request.POST)
    if request.POST.get("do") == "look":
        return _form(request, form, forms, held, words)
    if not (form.is_valid() and forms.is_valid()):
        return _form(request, form, forms, held, words, status=422)
    try:
        written = write(draft_of(form, forms), request.user, held)
    except (DraftError, InstrumentError) as problem:
        form.add_error(None, str(problem))
        return _form(request, form, forms, held, words, status=409)
    messages.success(request, _("The draft is saved."))
    return HttpResponseRedirect(reverse("consultation_query", args=[written.pk]))


def _form(
    request: HttpRequest,
    form: QueryForm,
    forms: Any,
    held: Round | None,
    words: Words,
    *,
    status: int = 200,
) -> HttpResponse:
    context = framed(
        held.label if held else _("New ad-hoc query"),
        (INDEX, _("Ad-hoc queries")),
        form=form,
        forms=forms,
        held=held,
        shows_errors=status != 200,
        **_before(request, words, held.pk if held else None),
    )
    return render(request, "consultations/admin/queries/draft.html", context, status=status)


@require_POST
def before(request: HttpRequest) -> HttpResponse:
    """What was asked before on what is typed now; nothing is saved."""
    _ensure(request)
    key = request.POST.get("held", "")
    but = int(key) if key.isdecimal() and len(key) < 10 else None
    context = _before(request, words_typed(request.POST), but)
    return render(request, "consultations/admin/queries/before.html", context)


def _before(request: HttpRequest, words: Words, but: int | None) -> dict[str, Any]:
    """Earlier ones with their answers, as the person's circle may see them; and the concepts."""
    circle = circle_of(request.user)
    read = about(words)
    found = asked_before(read, circle, but=but)
    answers = answers_of(found, circle)
    slugs = sorted(read.concepts, key=lambda slug: (slug not in words.chosen, -read.concepts[slug]))
    rows = {one.slug: one for one in Concept.objects.filter(slug__in=slugs)}
    return {
        "found": [(one, answers.get(one.round.pk, []) if one.round else []) for one in found],
        "concepts": [
            (rows[slug], slug in words.chosen, read.words.get(slug, [])[:3])
            for slug in slugs[: max(MOST_CONCEPTS, len(words.chosen))]
            if slug in rows
        ],
        "is_typed": bool(words.languages()),
        "language": get_language() or "en",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def states(request: HttpRequest, pk: int) -> HttpResponse:
    """Which states have sent, and the deadline, which can be moved."""
    _ensure(request)
    held = get_object_or_404(_queries(), pk=pk)
    problem = ""
    if request.method == "POST":
        day = parse_date(request.POST.get("day", "")[:10])
        try:
            if day is None:
                raise StateError(_("Write a day."))
            extend(held, day, request.POST.get("reason", "").strip()[:300])
        except (StateError, ValueError) as refused:
            problem = str(refused)
        else:
            messages.success(request, _("The deadline is moved, and the states are told."))
            return HttpResponseRedirect(reverse("consultation_query_states", args=[pk]))
    sent = dict(
        Response.objects.filter(round=held, status=Response.Status.SENT, is_test=False)
        .order_by()
        .values_list("country", "sent_on")
    )
    rows = held.states.select_related("country").order_by("country__code")
    context = framed(
        held.label,
        (INDEX, _("Ad-hoc queries")),
        held=held,
        rows=[(row, sent.get(row.country_id)) for row in rows],
        sent=len(sent),
        page_url=_page_url(held, get_language() or "en"),
        problem=problem,
        today=timezone.localdate(),
        language=get_language() or "en",
    )
    page = "consultations/admin/queries/states.html"
    return render(request, page, context, status=409 if problem else 200)


def _page_url(held: Round, language: str) -> str:
    """Where readers find it; before it is published, where the network does. "" for a draft."""
    if rounds(Circle.PUBLIC).filter(pk=held.pk).exists():
        return round_url(held.code, language)
    is_told = rounds(Circle.NETWORK).filter(pk=held.pk).exists()
    return network_url(held.code, language) if is_told else ""


def _queries() -> Any:
    rows = Round.objects.filter(access=Round.Access.STATES)
    return rows.select_related("instrument", "version", "requested_by")
