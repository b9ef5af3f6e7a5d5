"""What it is about, and the button to begin; what a link leads to."""

from dataclasses import replace
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from contactpoint.consultations.actions import answering
from contactpoint.consultations.models import Response, Round
from contactpoint.consultations.secret_links import new_secret, secret_for
from contactpoint.consultations.surveys import contexts, limits
from contactpoint.consultations.surveys.going import (
    over,
    see,
    where_one_was,
)
from contactpoint.consultations.surveys.private import private, told
from contactpoint.consultations.surveys.reading_in import chosen, reader_language, reading_in
from contactpoint.consultations.surveys.visiting import Visit, found_round, visit
from contactpoint.consultations.surveys.walking_on import address
from contactpoint.consultations.timing import Standing, is_full, standing

BEGIN_SALT: Final = "contactpoint.consultations.begin"
BEGIN_SECONDS: Final = 12 * 3600
"""How long a start page may stand open."""


@private
def start(request: HttpRequest, code: str) -> HttpResponse:
    """For whoever has the address: what it is about, and the button to begin."""
    round = found_round(code)
    if round.access != Round.Access.OPEN:
        return _start_page(request, Visit(round, ""), state="personal")
    if request.method != "POST":
        return _start_page(request, Visit(round, ""))
    return _anew(request, Visit(round, ""))


@private
def by_link(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """A link by itself: begins, goes on where one was, or tells that all is done."""
    visitor = visit(request, code, secret)
    if visitor.is_sent:
        return see("receipt", visitor)
    if visitor.response is None:
        if request.method == "POST" and visitor.round.is_anonymous:
            return _anew(request, visitor)
        if request.method == "POST":
            return _begin(request, visitor)
        return _start_page(request, visitor)
    if visitor.standing is Standing.OVER:
        return over(request, visitor.round)
    kept = "" if chosen() else visitor.response.language
    with reading_in("" if kept in dict(settings.LANGUAGES) else kept):
        return where_one_was(visitor, visitor.response)


def _anew(request: HttpRequest, visitor: Visit) -> HttpResponse:
    """Begins with a secret of one's own, the same for the same showing of the page; behind an
    invitation, so that sending can tell that somebody was invited, and nobody else comes back."""
    round = visitor.round
    try:
        reference, about = signing.loads(
            request.POST.get("ticket", ""), salt=BEGIN_SALT, max_age=BEGIN_SECONDS
        )
    except (signing.BadSignature, ValueError):
        reference, about = "", 0
    if about != round.pk:
        problem = _("This page has stood open for too long. Press the button once more.")
        return _start_page(request, visitor, problem=problem, status=400)
    if wait := limits.may_begin(request):
        words = _("Very many people begin from your network just now. Try again in a few minutes.")
        answer = told(request, _("Please wait"), words, status=429)
        answer["Retry-After"] = str(wait)
        return answer
    own = f"{visitor.secret}{secret_for(reference)}"
    return _begin(request, replace(visitor, secret=own), shown=visitor)


def _begin(request: HttpRequest, visitor: Visit, *, shown: Visit | None = None) -> HttpResponse:
    """`shown` is who is shown the first page again where nobody can begin."""
    try:
        response = answering.begin(
            visitor.round, visitor.secret, respondent=visitor.respondent, language=reader_language()
        )
    except answering.SentError:
        return see("receipt", visitor)
    except answering.AnsweringError:
        return _start_page(request, shown or visitor, status=409)
    response.round = visitor.round
    begun = Visit(visitor.round, visitor.secret, response, visitor.respondent)
    if response.status == Response.Status.SENT:
        return see("receipt", begun)
    return where_one_was(begun, response)


def _start_page(
    request: HttpRequest, visitor: Visit, *, state: str = "", problem: str = "", status: int = 200
) -> HttpResponse:
    round = visitor.round
    context = contexts.start_context(request, round, visitor.instrument, reader_language())
    if not state:
        state = standing(round).value
        if state == Standing.OPEN.value and is_full(round):
            state = "full"
    name, arguments = "start", [round.code]
    if visitor.secret and visitor.respondent is not None:
        name, arguments = "link", [round.code, visitor.secret]
    ticket = signing.dumps([new_secret(), round.pk], salt=BEGIN_SALT)
    return render(
        request,
        "consultations/surveys/start.html",
        {
            **context,
            "state": state,
            "problem": problem,
            "ticket": ticket,
            "action": address(name, *arguments),
            "translations_of": contexts.addresses(name, arguments, round, reader_language()),
        },
        status=status,
    )
