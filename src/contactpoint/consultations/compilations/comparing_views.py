"""The page on which readers compare states. Everything stands in the address, nothing needs a
script."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.consultations.compilations.addresses import anchor, round_url
from contactpoint.consultations.compilations.comparing import (
    MOST_STATES,
    Group,
    Line,
    Year,
    asked,
    compared,
)
from contactpoint.consultations.compilations.compilation import Given, Question, State
from contactpoint.consultations.compilations.offering import OPEN
from contactpoint.consultations.compilations.wording import days
from contactpoint.kit.context import same_path, translations, view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link


@dataclass(frozen=True, slots=True)
class ShownCell:
    """What one state said in one year."""

    state: State
    given: Given | None
    url: str
    days: str


@dataclass(frozen=True, slots=True)
class ShownYear:
    """A round, with an answer a state."""

    title: str
    url: str
    asked_on: object
    cells: list[ShownCell]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A question with the rounds in which it was asked."""

    question: Question
    years: list[ShownYear]


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """Answers on a subject, by state and year. At most eight queries."""
    language = get_language() or FALLBACK_LANGUAGE
    wanted = asked(request.GET, language)
    groups, has_more = compared(wanted, language)
    context = {
        **view_context(request, Link(_("Consultations"), f"/{language}/consultations/")),
        "translations": translations(same_path(request), request.GET.urlencode()),
        "wanted": wanted,
        "groups": [(group, _lines(group, language)) for group in groups],
        "has_more": has_more,
        "most_states": MOST_STATES,
        "is_asked": bool(wanted.chosen or wanted.theme or wanted.concept),
    }
    response = render(request, "consultations/compilations/compare.html", context)
    response["Cache-Control"] = OPEN
    return response


def _lines(group: Group, language: str) -> list[ShownLine]:
    return [
        ShownLine(line.question, [_year(group, line, year, language) for year in line.years])
        for line in group.lines.values()
    ]


def _year(group: Group, line: Line, year: Year, language: str) -> ShownYear:
    url = round_url(year.compilation.code, language)
    return ShownYear(
        year.compilation.title.text,
        url,
        year.compilation.asked_on,
        [
            ShownCell(
                state,
                given,
                f"{url}#{anchor(state.code, line.question.code)}",
                days(given) if given else "",
            )
            for state, given in zip(group.states, year.given, strict=True)
        ],
    )
