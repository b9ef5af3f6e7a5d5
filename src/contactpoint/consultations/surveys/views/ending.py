"""All answers once more before they are sent, and what is said when they were."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from contactpoint.consultations.actions import answering
from contactpoint.consultations.models import Response
from contactpoint.consultations.numbers import sent_number
from contactpoint.consultations.questions.checking_answers import amiss
from contactpoint.consultations.questions.walking import course
from contactpoint.consultations.secret_links import receipt
from contactpoint.consultations.surveys import contexts
from contactpoint.consultations.surveys.going import (
    answering_visit,
    elsewhere,
    file_names,
    over,
    reader_language,
    see,
    stored_answers,
    switched,
)
from contactpoint.consultations.surveys.private import private
from contactpoint.consultations.surveys.visiting import Visit, visit
from contactpoint.consultations.surveys.walking_on import address

PROBLEMS: Final[dict[type[Exception], str]] = {
    answering.SentError: "sent",
    answering.FullError: "full",
    answering.ChangedError: "changed",
    answering.IncompleteError: "incomplete",
}


@private
def review(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """All answers once more; from here they are sent."""
    visitor, response = answering_visit(request, code, secret)
    if response is None:
        return elsewhere(request, visitor)
    if request.method != "POST":
        return _review_page(request, visitor, response, "")
    return switched(request, visitor, "review") or _sent(request, visitor, response)


def _sent(request: HttpRequest, visitor: Visit, response: Response) -> HttpResponse:
    revision = sent_number(request.POST.get("revision", ""))
    try:
        answering.send(response, visitor.secret, revision=revision)
    except answering.OverError:
        return over(request, visitor.round)
    except answering.AnsweringError as refused:
        response.refresh_from_db(fields=["revision"])
        return _review_page(request, visitor, response, PROBLEMS[type(refused)])
    return see("receipt", visitor)


def _review_page(
    request: HttpRequest, visitor: Visit, response: Response, problem: str
) -> HttpResponse:
    instrument, today, language = visitor.instrument, timezone.localdate(), reader_language()
    stored = stored_answers(response)
    way = course(instrument, stored, today=today)
    lacking = amiss(instrument, stored, today=today, language=language)
    names = file_names(visitor, response)
    last = way.sections[-1].section.code if way.sections else ""
    context = {
        **contexts.around(request, visitor.round, language),
        "languages": contexts.switching(visitor.round, language),
        "parts": contexts.parts(visitor, way, lacking, language=language, files=names),
        "lacking": len(lacking),
        "problem": problem,
        "revision": response.revision,
        "action": address("review", visitor.round.code, visitor.secret),
        "back_url": address("section", visitor.round.code, visitor.secret, last) if last else "",
        "later_url": address("later", visitor.round.code, visitor.secret),
    }
    return render(
        request, "consultations/surveys/review.html", context, status=409 if problem else 200
    )


@private
def after(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """That all was sent, with the code which shows it; can be printed, and looked at again."""
    visitor = visit(request, code, secret)
    if not visitor.is_sent:
        return see("link", visitor)
    response, language = visitor.response, reader_language()
    parts: list[contexts.Part] = []
    if response is not None and not visitor.round.is_anonymous:
        way = course(visitor.instrument, stored_answers(response), today=timezone.localdate())
        names = file_names(visitor, response)
        parts = contexts.parts(visitor, way, {}, language=language, files=names)
    context = {
        **contexts.around(request, visitor.round, language),
        "receipt": receipt(visitor.round, secret),
        "sent_on": response.sent_on if response is not None else None,
        "parts": parts,
        "translations_of": contexts.addresses("receipt", [code, secret], visitor.round, language),
    }
    return render(request, "consultations/surveys/receipt.html", context)
