"""A page of questions: shown, or saved and left."""

from dataclasses import replace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from contactpoint.consultations.actions import answering
from contactpoint.consultations.forms.files import served
from contactpoint.consultations.models import Attachment, Response
from contactpoint.consultations.questions import Kind, Section, Value
from contactpoint.consultations.questions.checking_answers import missing
from contactpoint.consultations.questions.walking import Course, course
from contactpoint.consultations.surveys import contexts
from contactpoint.consultations.surveys.filling import Filled, filled
from contactpoint.consultations.surveys.going import (
    answering_visit,
    elsewhere,
    language_wanted,
    over,
    see,
    stored_answers,
    switched,
    together,
    where_one_was,
)
from contactpoint.consultations.surveys.private import private, told
from contactpoint.consultations.surveys.reading_in import reader_language, reading_in
from contactpoint.consultations.surveys.visiting import Visit
from contactpoint.consultations.surveys.walking_on import (
    Place,
    goes_on_with,
    new_questions,
    place,
)

AT_ONCE: Final = 8
"""So often it is begun anew to save a page while others of the same respondent are saved."""


@private
def section(request: HttpRequest, code: str, secret: str, section: str) -> HttpResponse:
    """A page of questions: shown, or saved and left."""
    visitor, response = answering_visit(request, code, secret)
    if response is None:
        return elsewhere(request, visitor)
    wanted = visitor.instrument.section(section)
    if wanted is None:
        raise Http404
    stored = stored_answers(response)
    if request.method == "POST":
        with reading_in(language_wanted(request, visitor)):
            return _saved(request, visitor, response, wanted, stored)
    way = course(visitor.instrument, stored, today=timezone.localdate())
    here = place(way, section)
    if here is None:
        return where_one_was(visitor, response, stored)
    return _page(request, visitor, here, Filled(stored))


def _saved(
    request: HttpRequest,
    visitor: Visit,
    response: Response,
    section: Section,
    stored: dict[str, Value],
) -> HttpResponse:
    """Keeps what can be kept, whichever button was pressed, and goes where the button leads."""
    instrument, today, language = visitor.instrument, timezone.localdate(), reader_language()
    try:
        found, stored = _kept(request, visitor, response, section, stored)
    except answering.SentError:
        return see("receipt", visitor)
    except answering.OverError:
        return over(request, visitor.round)
    except answering.TooManyFilesError:
        words = _("Your files are too many, or too large together. Go back, and send fewer.")
        return told(request, _("Nothing was saved"), words, status=413)
    except answering.ChangedError:
        words = _(
            "Your answers were just being saved from several windows. Go back, and try again."
        )
        return told(request, _("Nothing was saved"), words, status=409)
    values = stored_answers(response) if found.files else together(stored, found.values)
    if request.POST.get("to", "on") == "on":
        lacking = missing(instrument, values, today=today, section=section.code, language=language)
        seen = request.POST.get("asked", "").split()
        found.problems = {one: lacking[one] for one in lacking if one in seen} | found.problems
    way = course(instrument, values, today=today)
    asked_now = {one.code for one in way.questions()}
    found.both = {code: value for code, value in found.both.items() if code in asked_now}
    # What is not asked any more can't be mended, nor seen, and is not sent.
    found.problems = {code: one for code, one in found.problems.items() if code in asked_now}
    if not found.is_settled:
        return _mended(request, visitor, way, section, replace(found, values=values))
    return switched(request, visitor, "section", section.code) or _on(
        request, visitor, way, section.code
    )


def _kept(
    request: HttpRequest,
    visitor: Visit,
    response: Response,
    section: Section,
    stored: dict[str, Value],
) -> tuple[Filled, dict[str, Value]]:
    """Save what is not written over anything that the page did not show; what was filled in, and
    what was stored before. Begun anew where something else is saved in the very moment."""
    instrument, today, language = visitor.instrument, timezone.localdate(), reader_language()
    for is_last in (False,) * (AT_ONCE - 1) + (True,):
        found = filled(
            request,
            instrument,
            section,
            stored,
            today=today,
            language=language,
            is_anonymous=visitor.round.is_anonymous,
        )
        way = course(instrument, together(stored, found.values), today=today)
        to = request.POST.get("to", "on") if found.is_settled else ""
        try:
            answering.save(
                response,
                found.values,
                today=today,
                revision=response.revision,
                language=language,
                place=goes_on_with(way, section.code, to),
                files=found.files,
            )
        except answering.ChangedError:
            if is_last:
                raise
            response.refresh_from_db(fields=["revision"])
            stored = stored_answers(response)
        else:
            break
    return found, stored


def _mended(
    request: HttpRequest, visitor: Visit, way: Course, section: Section, found: Filled
) -> HttpResponse:
    """The page once more, with what is wrong."""
    here = place(way, section.code)
    if here is None:  # answers of this very page have taken it off the way
        return see("review", visitor)
    return _page(request, visitor, here, found)


def _on(request: HttpRequest, visitor: Visit, way: Course, section: str) -> HttpResponse:
    """To where a button leads, once all is saved."""
    to, here = request.POST.get("to", "on"), place(way, section)
    if to == "later":
        return see("later", visitor)
    if to == "back":
        return see("section", visitor, here.before if here and here.before else section)
    if new := new_questions(way, section, request.POST.get("asked", "").split()):
        return see("section", visitor, section, query="?more=1", anchor=f"#q-{new[0].code}")
    if request.GET.get("from") == "review" or here is None or not here.after:
        return see("review", visitor)
    return see("section", visitor, here.after)


def _page(request: HttpRequest, visitor: Visit, here: Place, found: Filled) -> HttpResponse:
    has_files = any(one.kind is Kind.FILE for one in here.shown.questions)
    files = contexts.kept_files(visitor.response, visitor) if has_files and visitor.response else []
    context = contexts.section_context(
        request, visitor, here, found, language=reader_language(), files=files
    )
    status = 422 if found.problems else 409 if found.both else 200
    return render(request, "consultations/surveys/section.html", context, status=status)


@private
def file(request: HttpRequest, code: str, secret: str, reference: str) -> HttpResponse:
    """A file of one's own, as it was sent."""
    _visitor, response = answering_visit(request, code, secret)
    row = Attachment.objects.filter(response=response, reference=reference).first()
    if response is None or row is None:
        raise Http404
    return served(row.name, row.media_type, bytes(row.content))
