"""Where a respondent's request leads, and what all their pages need."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import get_language

from contactpoint.consultations.models import Answer, Response, Round
from contactpoint.consultations.questions import Kind, Value
from contactpoint.consultations.questions.checking_answers import amiss
from contactpoint.consultations.questions.walking import course
from contactpoint.consultations.surveys import contexts
from contactpoint.consultations.surveys.visiting import Visit, visit
from contactpoint.consultations.surveys.walking_on import address, left_at
from contactpoint.consultations.timing import Standing
from contactpoint.kit.labels import FALLBACK_LANGUAGE


def answering_visit(request: HttpRequest, code: str, secret: str) -> tuple[Visit, Response | None]:
    """Who comes, with the response that may still be changed."""
    visitor = visit(request, code, secret)
    is_open = not visitor.is_sent and visitor.standing is not Standing.OVER
    return visitor, visitor.response if is_open else None


def elsewhere(request: HttpRequest, visitor: Visit) -> HttpResponse:
    """Where somebody belongs whose answers can't be changed here."""
    if visitor.is_sent:
        return see("receipt", visitor)
    if visitor.response is None:
        return see("link", visitor)
    return over(request, visitor.round)


def over(request: HttpRequest, round: Round) -> HttpResponse:
    """That nothing can be answered any more, and what becomes of what was saved."""
    context = contexts.around(request, round, reader_language())
    return render(request, "consultations/surveys/over.html", context, status=410)


def where_one_was(
    visitor: Visit, response: Response, stored: Mapping[str, Value] | None = None
) -> HttpResponse:
    """To the section to go on with, or to the review."""
    instrument, today = visitor.instrument, timezone.localdate()
    values = stored_answers(response) if stored is None else stored
    way = course(instrument, values, today=today)
    section = left_at(way, response.place, values, amiss(instrument, values, today=today))
    return see("section", visitor, section) if section else see("review", visitor)


def see(
    name: str, visitor: Visit, *arguments: str, query: str = "", anchor: str = ""
) -> HttpResponse:
    """See other: the answer to a form is never a page that a browser sends again."""
    url = address(name, visitor.round.code, visitor.secret, *arguments)
    answer = HttpResponseRedirect(f"{url}{query}{anchor}")
    answer.status_code = 303
    return answer


def language_wanted(request: HttpRequest, visitor: Visit) -> str:
    """That of the button which was pressed; "" where it leads to no language of the round."""
    to = request.POST.get("to", "")
    wanted = to.removeprefix("language:")
    is_known = wanted in visitor.round.languages and wanted in dict(settings.LANGUAGES)
    return wanted if wanted != to and is_known else ""


def switched(
    request: HttpRequest, visitor: Visit, name: str, *arguments: str
) -> HttpResponse | None:
    """To the same page in another language, where a button for that was pressed."""
    if not request.POST.get("to", "").startswith("language:"):
        return None
    with translation.override(language_wanted(request, visitor) or reader_language()):
        return see(name, visitor, *arguments)


def stored_answers(response: Response) -> dict[str, Value]:
    """By question; one query."""
    return dict(Answer.objects.filter(response=response).values_list("question", "value"))


def together(stored: Mapping[str, Value], new: Mapping[str, Value]) -> dict[str, Value]:
    """What is stored once the new is saved."""
    return {code: value for code, value in {**stored, **new}.items() if value is not None}


def file_names(visitor: Visit, response: Response) -> dict[str, str]:
    """By reference; no query where no file is asked for."""
    if not any(one.kind is Kind.FILE for one in visitor.instrument.questions()):
        return {}
    return {one.reference: one.name for one in contexts.kept_files(response, visitor)}


def reader_language() -> str:
    """That of the page."""
    return get_language() or FALLBACK_LANGUAGE
