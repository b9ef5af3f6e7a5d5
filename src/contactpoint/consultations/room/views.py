"""The pages where the people of a state answer."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contactpoint.consultations.actions import states, validity
from contactpoint.consultations.actions.standing import StateError, may_write, refusal, unfinished
from contactpoint.consultations.forms.files import served
from contactpoint.consultations.models import Answer, Attachment, Response, Round, Seat
from contactpoint.consultations.questions import said
from contactpoint.consultations.questions.xlsform.columns import LANGUAGES
from contactpoint.consultations.room import showing
from contactpoint.consultations.room.history import done
from contactpoint.consultations.room.places import Place, asked, in_room, place, seats
from contactpoint.consultations.room.posted import LONGEST_COMMENT, typed_text
from contactpoint.consultations.timing import HOUR_MORE, states_may_send_until
from contactpoint.kit.context import view_context
from contactpoint.kit.locating import Link

MOST_CLOSED = 40


@require_safe
@in_room
def index(request: HttpRequest) -> HttpResponse:
    """What is asked of the states that somebody answers for: the open ones by deadline."""
    own = list(seats(request.user))
    if not own:
        return render(request, "consultations/room/no_seat.html", _frame(request), status=403)
    rows = asked(seats(request.user).values("country").order_by())
    rows = rows.select_related("round__instrument", "round__requested_by", "country")
    is_open = Q(round__status=Round.Status.OPEN) | _is_ending()
    listed = list(rows.filter(is_open).order_by("round__closes_at", "round_id", "country__code"))
    closed = list(
        rows.exclude(is_open).order_by("-round__closes_at", "country__code")[:MOST_CLOSED]
    )
    found = {
        (one.round_id, one.country_id): one
        for one in Response.objects.filter(
            round__in=[row.round_id for row in (*listed, *closed)],
            country__in=[seat.country_id for seat in own],
            is_test=False,
        )
    }
    context = {
        **_frame(request),
        "seats": own,
        "open": [_entry(row, found) for row in listed],
        "closed": [_entry(row, found) for row in closed],
        "due": _due(own),
        "validity_url": reverse("consultations_validity"),
    }
    return render(request, "consultations/room/index.html", context)


def _is_ending() -> Q:
    """What was closed while a state writes, as long as it may still send."""
    begun = Response.objects.filter(
        round=OuterRef("round"), country=OuterRef("country"), is_test=False, sent_on=None
    )
    since = timezone.now() - HOUR_MORE
    return Q(Exists(begun), round__status=Round.Status.CLOSED, round__closed_at__gt=since)


def _due(own: list[Seat]) -> list[tuple[Any, int, int]]:
    """By state how many answers are to be confirmed, and how many changes wait."""
    found = []
    for seat in own:
        rows = validity.due(seat.country, timezone.localdate())
        if rows:
            found.append((seat.country, len(rows), len(validity.waiting_among(rows))))
    return found


def _until(held: Round, response: Response | None) -> datetime | None:
    """Until when a state that has begun may send what was closed meanwhile; nothing otherwise."""
    until = states_may_send_until(held)
    is_writing = response is not None and response.sent_on is None
    return until if until is not None and is_writing and timezone.now() < until else None


def _entry(row: Any, found: dict[tuple[int, int | None], Response]) -> dict[str, Any]:
    held = row.round
    response = found.get((held.pk, row.country_id))
    return {
        "round": held,
        "country": row.country,
        "response": response,
        "until": _until(held, response),
        "url": reverse("room-round", args=[held.code, row.country.code]),
        "days": days_left(held),
    }


def days_left(held: Round) -> int | None:
    """Whole days until the deadline; less than none where it is over."""
    if held.closes_at is None:
        return None
    return (timezone.localdate(held.closes_at) - timezone.localdate()).days


@require_safe
@in_room
def one(request: HttpRequest, code: str, country: str) -> HttpResponse:
    """A round for a state: what is asked, how far the answer is, and what may be done with it."""
    return overview(request, place(request.user, code, country))


def overview(
    request: HttpRequest, here: Place, problem: str = "", status: int = 200, note: str = ""
) -> HttpResponse:
    """The page, perhaps with why something could not be done; what was typed is given back."""
    context = {
        **_frame(request, here),
        "days": days_left(here.round),
        "background": said(here.round.introductions, showing.language()),
        "problem": problem,
        "note": note,
    }
    if here.response is not None:
        known = showing.known(here)
        left = unfinished(here.response, known.answers.values())
        context |= {
            "parts": showing.parts(known, left),
            "left": left,
            "steps": done(here.response, known),
            "due": _due_of(here.response),
            "validity_url": reverse("consultations_validity"),
            "may_say_language": states.may_say_language(here.response, here.seat),
            "languages": sorted(LANGUAGES.items(), key=lambda one: one[1].casefold()),
            "may_write": may_write(here.response),
            "refusal": refusal(here.response, request.user)
            if here.response.status == Response.Status.CHECKING
            else "",
            "is_correction": showing.is_correction(here.response),
        }
    return render(request, "consultations/room/one.html", context, status=status)


@require_POST
@in_room
def act(request: HttpRequest, code: str, country: str) -> HttpResponse:
    """Begin, have it validated, send, give back, reopen: by the name of the button."""
    here = place(request.user, code, country)
    verb = request.POST.get("do", "")
    note = typed_text(request.POST.get("note", ""), LONGEST_COMMENT)
    try:
        done = _done(here, request.user, verb, note)
    except StateError as problem:
        return overview(request, here, str(problem), 409, note)
    messages.success(request, done)
    return see(reverse("room-round", args=[here.round.code, here.country.code]))


def _done(here: Place, user: Any, verb: str, note: str) -> str:
    if verb == "begin":
        states.begin(here.round, here.country, user)
        return _("Begun. Open a section to write in it.")
    if verb == "ask":
        states.ask_validation(here.begun, user)
        return _("Somebody else validates it now. Until then nothing is written in it.")
    if verb == "send":
        states.send(here.begun, user, note)
        return _("Validated and sent.")
    if verb == "back":
        states.give_back(here.begun, user, note)
        return _("Given back: it can be written in again.")
    if verb == "reopen":
        states.reopen(here.begun, user, note)
        return _("Reopened. Nobody else reads it until it is sent again.")
    raise Http404


def _due_of(response: Response) -> int:
    """How many of its answers are to be confirmed; asked only where any can be."""
    if response.status != Response.Status.SENT or response.round.status != Round.Status.CLOSED:
        return 0
    assert response.country is not None  # noqa: S101 — a place of the room is that of a state
    rows = validity.due(response.country, timezone.localdate())
    return sum(row.response_id == response.pk for row in rows)


@require_POST
@in_room
def say_language(request: HttpRequest, code: str, country: str) -> HttpResponse:
    """In which language the state writes."""
    here = place(request.user, code, country)
    try:
        states.say_language(here.begun, request.POST.get("language", ""), request.user)
    except StateError as problem:
        return overview(request, here, str(problem), 409)
    messages.success(request, _("The language of the answer is changed."))
    return see(f"{reverse('room-round', args=[here.round.code, here.country.code])}#language")


@require_POST
@in_room
def mark(request: HttpRequest, code: str, country: str, question: str) -> HttpResponse:
    """Change who may know an answer that was sent."""
    here = place(request.user, code, country)
    answer = here.begun.answers.filter(question=question).first()
    if answer is None:
        raise Http404
    answer.response = here.begun
    try:
        states.set_mark(answer, request.POST.get("mark", ""), request.user)
    except StateError as problem:
        return overview(request, here, str(problem), 409)
    is_wide = request.POST.get("mark") == Answer.Dissemination.WIDE
    messages.success(
        request,
        _("This answer may now be disseminated more widely.")
        if is_wide
        else _("This answer is now within the network only, everywhere."),
    )
    return see(f"{reverse('room-round', args=[here.round.code, here.country.code])}#a-{question}")


@require_http_methods(["GET", "HEAD"])
@in_room
def file(request: HttpRequest, code: str, country: str, reference: str) -> HttpResponse:
    """A file of the state's own answer."""
    here = place(request.user, code, country)
    found = Attachment.objects.filter(response=here.begun, reference=reference).first()
    if found is None:
        raise Http404
    return served(found.name, found.media_type, bytes(found.content))


def _frame(request: HttpRequest, here: Place | None = None, *more: Link) -> dict[str, Any]:
    crumbs = [Link(_("Room of the states"), reverse("room"))] if here else []
    context: dict[str, Any] = {**view_context(request, *crumbs, *more), "canonical_url": ""}
    if here:
        context |= {
            "place": here,
            "round": here.round,
            "country": here.country,
            "seat": here.seat,
            "response": here.response,
            "until": _until(here.round, here.response),
            "language_name": _language_name(here.response),
            "url": reverse("room-round", args=[here.round.code, here.country.code]),
        }
    return context


def _language_name(response: Response | None) -> str:
    code = response.language if response else ""
    return LANGUAGES.get(code, code)


def frame(request: HttpRequest, here: Place) -> dict[str, Any]:
    """What a page beneath that of a round shows around itself."""
    above = reverse("room-round", args=[here.round.code, here.country.code])
    return _frame(request, here, Link(here.round.label, above))


def see(url: str) -> HttpResponse:
    """After a POST: the browser's way back does not send it again."""
    answer = HttpResponseRedirect(url)
    answer.status_code = 303
    return answer
