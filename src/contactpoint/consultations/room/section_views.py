"""The page of a section: read it, write in it, talk about it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contactpoint.consultations.actions import states
from contactpoint.consultations.actions.standing import StateError, may_write
from contactpoint.consultations.models import Comment, Response, SectionLock
from contactpoint.consultations.numbers import sent_number
from contactpoint.consultations.questions import Kind, said
from contactpoint.consultations.questions.walking import Shown
from contactpoint.consultations.room import posted as reading
from contactpoint.consultations.room import showing
from contactpoint.consultations.room.places import Place, in_room, place
from contactpoint.consultations.room.views import frame, see


@require_http_methods(["GET", "HEAD", "POST"])
@in_room
def section(request: HttpRequest, code: str, country: str, section: str) -> HttpResponse:
    """A section; who holds it finds it as a form, everybody else reads it."""
    here = place(request.user, code, country)
    known = showing.known(here)
    shown, first = _found(known, section)
    if request.method == "POST":
        return _save(request, here, known, shown, first)
    return _page(request, here, known, shown, first)


@require_POST
@in_room
def hold(request: HttpRequest, code: str, country: str, section: str) -> HttpResponse:
    """Begin to write in a section, or leave it."""
    here = place(request.user, code, country)
    known = showing.known(here)
    shown, first = _found(known, section)
    if request.POST.get("do") == "leave":
        states.let_go(here.begun, section, request.user)
        return see(_round_url(here))
    try:
        states.hold(here.begun, section, request.user)
    except StateError as problem:
        return _page(request, here, known, shown, first, problem=str(problem), status=409)
    return see(_url(here, section))


def _found(known: showing.Known, section: str) -> tuple[Shown, int]:
    """The section, where it is asked now, and the number of its first question."""
    first = 1
    for shown in known.course():
        if shown.section.code == section:
            return shown, first
        first += sum(question.is_asked for question in shown.questions)
    raise Http404


def _save(
    request: HttpRequest, here: Place, known: showing.Known, shown: Shown, first: int
) -> HttpResponse:
    said_now = reading.comments(shown.questions, request.POST)
    if request.POST.get("do") == "comment":
        _talk(request, here.begun, shown, said_now)
        return see(_url(here, shown.section.code))
    found = reading.read(
        known.asked,
        shown.questions,
        request.POST,
        request.FILES,
        known=known.values,
        kept={code: [one.reference for one in files] for code, files in known.files.items()},
    )
    found.comments = said_now
    seen = sent_number(request.POST.get("revision", ""))
    problem, status = "", 422
    if request.POST.get("do") == "preview" and not found.problems:
        return _page(request, here, known, shown, first, posted=found, is_preview=True)
    if found.problems:
        problem = _("Nothing is saved yet: see what is marked below.")
    else:
        try:
            with transaction.atomic():
                states.save(
                    here.begun,
                    shown.section.code,
                    found.written,
                    request.user,
                    revision=seen,
                    files=found.files,
                    dropped=found.dropped,
                )
                _talk(request, here.begun, shown, said_now)
        except StateError as refused:
            problem, status = str(refused), 409
    if problem:
        fresh = showing.known(here) if status == 409 else known
        return _page(
            request, here, fresh, shown, first, posted=found, problem=problem, status=status
        )
    if request.POST.get("do") == "leave":
        states.let_go(here.begun, shown.section.code, request.user)
        messages.success(request, _("Saved."))
        return see(_round_url(here))
    messages.success(request, _("Saved. You may go on writing."))
    return see(_url(here, shown.section.code))


def _talk(request: HttpRequest, response: Response, shown: Shown, said_now: dict[str, str]) -> None:
    """New comments, and which of the old ones are settled."""
    writer: Any = request.user
    codes = [question.code for question in shown.questions]
    Comment.objects.bulk_create(
        Comment(response=response, question=code, user=writer, text=text)
        for code, text in said_now.items()
    )
    there = response.comments.filter(question__in=codes)
    seen = [sent_number(one) for one in request.POST.getlist("comment")[:500]]
    settled = [sent_number(one) for one in request.POST.getlist("settled")[:500]]
    there.filter(pk__in=seen, is_settled=False).filter(pk__in=settled).update(is_settled=True)
    there.filter(pk__in=seen, is_settled=True).exclude(pk__in=settled).update(is_settled=False)


def _page(
    request: HttpRequest,
    here: Place,
    known: showing.Known,
    shown: Shown,
    first: int,
    *,
    posted: reading.Posted | None = None,
    problem: str = "",
    status: int = 200,
    is_preview: bool = False,
) -> HttpResponse:
    lock = known.locks.get(shown.section.code)
    now = timezone.now()
    is_live = lock is not None and lock.until > now
    is_mine = is_live and lock is not None and lock.user_id == request.user.pk
    is_written = here.begun.status == Response.Status.BEGUN and may_write(here.begun)
    is_form = posted is not None or (is_mine and is_written)
    lines = (
        showing.form_lines(known, shown, first, posted) if is_form else _read(known, shown, first)
    )
    codes = [one.section.code for one in known.course()]
    place_here = codes.index(shown.section.code) if shown.section.code in codes else 0
    context: dict[str, Any] = {
        **frame(request, here),
        "section": shown.section,
        "title": said(shown.section.titles, showing.language(), known.asked.language),
        "introduction": said(shown.section.introductions, showing.language(), known.asked.language),
        "number": place_here + 1,
        "sections": len(codes),
        "next": codes[place_here + 1] if place_here + 1 < len(codes) else "",
        "lines": lines,
        "theirs": _read(known, shown, first) if posted is not None and status == 409 else [],
        "is_form": is_form,
        "is_written": is_written,
        "lock": lock,
        "is_mine": is_mine,
        "is_held": is_live and not is_mine,
        "has_lapsed": lock is not None and not is_live,
        "revision": request.POST.get("revision", "") if is_preview else _revision(lock),
        "problem": problem,
        "problems": posted.problems if posted else {},
        "is_preview": is_preview,
        "has_chapters": any(one.kind is Kind.RICH_TEXT for one in shown.questions),
    }
    return render(request, "consultations/room/section.html", context, status=status)


def _revision(lock: SectionLock | None) -> int:
    return lock.revision if lock else 0


def _read(known: showing.Known, shown: Shown, first: int) -> list[showing.Line]:
    lines, number = [], first - 1
    for question in shown.questions:
        number += question.is_asked
        lines.append(showing.read_line(known, question, number))
    return lines


def _url(here: Place, section: str) -> str:
    return reverse("room-section", args=[here.round.code, here.country.code, section])


def _round_url(here: Place) -> str:
    return reverse("room-round", args=[here.round.code, here.country.code])
