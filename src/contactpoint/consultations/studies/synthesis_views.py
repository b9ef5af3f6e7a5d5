"""The editors' page of a study: the answers to a chapter at the left, their text on it beside."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from contactpoint.consultations.desk.rights import for_managers
from contactpoint.consultations.desk.round_views import above
from contactpoint.consultations.models import Instrument, Round
from contactpoint.consultations.numbers import sent_number
from contactpoint.consultations.questions import Section, said
from contactpoint.consultations.questions.xlsform.columns import LANGUAGES
from contactpoint.consultations.studies.chapters import (
    LONGEST,
    Chapter,
    ChapterError,
    SeenOlderError,
    chapter,
    save,
    sections,
)
from contactpoint.kit.admin_pages import framed
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.outputs.figure_reports import lists_by_language


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def synthesis(request: HttpRequest, pk: int) -> HttpResponse:
    """`section` and `language` choose; a POST keeps `text`."""
    rows = Round.objects.select_related("instrument", "version", "requested_by", "institution")
    round = get_object_or_404(
        rows.exclude(status=Round.Status.DRAFT), pk=pk, instrument__kind=Instrument.Kind.STUDY
    )
    every = sections(round)
    if not every:
        raise Http404
    languages = [code for code in lists_by_language() if code in LANGUAGES] or [FALLBACK_LANGUAGE]
    language = request.GET.get("language", "")
    language = language if language in languages else languages[0]
    asked = request.GET.get("section", every[0].code)
    section = next((one for one in every if one.code == asked), None)
    if section is None:
        raise Http404
    problem, typed = "", None
    if request.method == "POST":
        typed = request.POST.get("text", "")[:LONGEST]
        problem = _saved(request, round, section, language, typed)
        if not problem:
            return HttpResponseRedirect(_url(round, section, language))
    with override(language):
        found = chapter(round, section, language)
    context = _context(round, found, every, language, typed)
    context |= {"problem": problem, "languages": [(one, LANGUAGES[one]) for one in languages]}
    status = 422 if problem else 200
    return render(request, "consultations/studies/synthesis.html", context, status=status)


def _saved(request: HttpRequest, round: Round, section: Section, language: str, text: str) -> str:
    """Why it was not kept; empty where it was."""
    revision = sent_number(request.POST.get("revision", ""))
    try:
        save(round, section.code, language, text, revision=revision, user=request.user)
    except ChapterError as error:
        return str(error)
    except SeenOlderError:
        return _(
            "Somebody has saved this chapter since you opened it. Theirs stands below yours: put "
            "both together, then save."
        )
    messages.success(request, _("Saved."))
    return ""


def _context(
    round: Round, found: Chapter, every: tuple[Section, ...], language: str, typed: str | None
) -> dict[str, Any]:
    kept = found.row.texts.get(language, "")
    return framed(
        _("Synthesis"),
        above(),
        (reverse("consultations_round", args=[round.pk]), str(round)),
        round=round,
        chapter=found,
        language=language,
        text=kept if typed is None else typed,
        theirs=kept if typed is not None and typed != kept else "",
        revision=found.row.revision,
        sections=[(one.code, said(one.titles, language).text or one.code) for one in every],
    )


def _url(round: Round, section: Section, language: str) -> str:
    query = urlencode({"section": section.code, "language": language})
    return f"{reverse('consultations_synthesis', args=[round.pk])}?{query}"
