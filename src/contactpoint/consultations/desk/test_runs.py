"""A test run: an editor answers a round page by page, before anybody else can."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from contactpoint.consultations.actions.opening import newest
from contactpoint.consultations.actions.trying import begin_try, save_try, tried, tries
from contactpoint.consultations.desk.presenting import Presenter, interface, language_of
from contactpoint.consultations.desk.rights import for_managers
from contactpoint.consultations.forms.fields import posted, typed
from contactpoint.consultations.models import Response, Round
from contactpoint.consultations.questions import Instrument, Kind, Question
from contactpoint.consultations.questions.checking_answers import (
    AnswerError,
    amiss,
    checked,
    missing,
)
from contactpoint.consultations.questions.definition import Value
from contactpoint.consultations.questions.walking import Course, Shown, course


@for_managers
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """A new test run of a round, whatever its status."""
    round = get_object_or_404(Round, pk=pk)
    version = round.version or newest(round.instrument)
    if version is None:
        raise Http404
    language = language_of(request.POST.get("language", ""), version.asked())
    begin_try(round, version, user=request.user, language=language)
    return HttpResponseRedirect(reverse("consultations_test", args=[pk]))


@for_managers
@require_http_methods(["GET", "POST"])
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One page a section, as respondents have it; the last page says what was answered."""
    round = get_object_or_404(Round, pk=pk)
    response = tries(round, request.user).select_related("version").first()
    if response is None:
        return HttpResponseRedirect(reverse("consultations_round", args=[pk]))
    going = _Going(round, response, response.version.asked(), tried(response))
    current = going.at(request.GET.get("section", ""))
    with override(interface(going.language)):
        if request.method == "POST" and current is not None:
            values, problems = going.taken(request, current)
            if not problems:
                url = reverse("consultations_test", args=[pk])
                return HttpResponseRedirect(f"{url}?section={going.kept(current, values)}")
        else:
            values, problems = dict(going.way.values), {}
        context = going.context(current, values, problems)
        return render(request, "consultations/desk/test.html", context)


@dataclass(frozen=True, slots=True)
class _Going:
    """Where somebody is in a test run."""

    round: Round
    response: Response
    asked: Instrument
    known: Mapping[str, Value]

    @property
    def language(self) -> str:
        return self.response.language or self.asked.language

    @property
    def way(self) -> Course:
        return self._course(self.known)

    def _course(self, values: Mapping[str, Value]) -> Course:
        return course(self.asked, values, today=timezone.localdate(), language=self.language)

    def at(self, code: str) -> Shown | None:
        """The page of a section; None at the end."""
        way = self.way
        if code == "end" or not way.sections:
            return None
        return way.section(code) or way.sections[0]

    def taken(
        self, request: HttpRequest, current: Shown
    ) -> tuple[dict[str, Value], dict[str, str]]:
        """What was filled in, and what can't be taken, by code. Files aren't kept of a test."""
        values, problems = dict(self.known), dict[str, str]()
        asked = [one for one in current.questions if one.is_asked and one.kind is not Kind.FILE]
        for one in asked:
            try:
                values[one.code] = self._checked(request, one, values)
            except AnswerError as error:
                problems[one.code] = error.message
                values[one.code] = typed(one, request.POST)
        if not problems:
            found = self._missing(values, current.section.code)
            problems = {one.code: found[one.code] for one in asked if one.code in found}
        return values, problems

    def _checked(
        self, request: HttpRequest, question: Question, values: Mapping[str, Value]
    ) -> Value:
        return checked(
            self.asked,
            question,
            posted(self.asked, question, request.POST),
            values,
            today=timezone.localdate(),
            language=self.language,
        )

    def _missing(self, values: Mapping[str, Value], section: str) -> dict[str, str]:
        today = timezone.localdate()
        return missing(self.asked, values, today=today, section=section, language=self.language)

    def kept(self, current: Shown, values: Mapping[str, Value]) -> str:
        """Keep a page; the code of the next one, or the same where an answer brought further
        questions on it."""
        own = {one.code: values.get(one.code) for one in current.questions if one.is_asked}
        save_try(self.response, own, today=timezone.localdate())
        way = self._course({**self.known, **own})
        codes = [one.section.code for one in way.sections]
        same = way.section(current.section.code)
        if same is None:
            return codes[0] if codes else "end"
        if {one.code for one in same.questions} - {one.code for one in current.questions}:
            return current.section.code
        after = codes.index(current.section.code) + 1
        return codes[after] if after < len(codes) else "end"

    def context(
        self, current: Shown | None, values: Mapping[str, Value], problems: Mapping[str, str]
    ) -> dict[str, Any]:
        """For the template."""
        way = self.way
        codes = [one.section.code for one in way.sections]
        present = Presenter(self.asked, self.language, values, problems, self.known)
        context: dict[str, Any] = {
            "round": self.round,
            "language": self.language,
            "title": present.words(self.asked.titles),
            "problems": problems,
            "total": len(codes),
        }
        if current is not None:
            at = codes.index(current.section.code)
            return context | {
                "section": present.section(current.section, current.questions),
                "place": at + 1,
                "before": codes[at - 1] if at else "",
            }
        return context | {
            "answers": [
                (one.code, present.words(one.labels), way.values[one.code])
                for one in self.asked.questions()
                if one.code in way.values
            ],
            "lacking": amiss(
                self.asked, self.known, today=timezone.localdate(), language=self.language
            ),
            "before": codes[-1] if codes else "",
        }
