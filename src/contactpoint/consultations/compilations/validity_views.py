"""Where the people of a state say whether its answers still hold. Only who may send for a state may
say so for it; the others read."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contactpoint.consultations.actions import validity
from contactpoint.consultations.compilations.addresses import network_url, validity_url
from contactpoint.consultations.compilations.compilation import Compilation, Given
from contactpoint.consultations.compilations.compilation import Question as ShownQuestion
from contactpoint.consultations.compilations.gathering import compiled, compiled_all
from contactpoint.consultations.compilations.validity_forms import (
    CHANGE,
    CONFIRM,
    ValidityForm,
)
from contactpoint.consultations.compilations.views import for_network
from contactpoint.consultations.compilations.wording import days
from contactpoint.consultations.forms import fields as forms
from contactpoint.consultations.models import Answer, Response, Seat
from contactpoint.consultations.questions import Instrument, Kind, Question
from contactpoint.consultations.questions.checking_answers import AnswerError, checked
from contactpoint.consultations.questions.definition import Value
from contactpoint.consultations.reaching import Circle, answers, responses
from contactpoint.kit.context import view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link

_NOT_HERE = frozenset({Kind.FILE, Kind.RICH_TEXT})
"""Kinds that are not written anew on this page."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_network
def overview(request: HttpRequest) -> HttpResponse:
    """What is due of the states that somebody answers for; all of a round can be confirmed here."""
    language = get_language() or FALLBACK_LANGUAGE
    seats = list(validity.seats_of(request.user))
    if request.method == "POST":
        return _confirmed(request, seats)
    context = {
        **view_context(request, Link(_("Consultations"), f"/{language}/consultations/")),
        "states": [(seat, _due(seat, language)) for seat in seats],
    }
    return render(request, "consultations/compilations/validity.html", context)


@dataclass(frozen=True, slots=True)
class DueRound:
    """What is due of one state in one round."""

    response: Response
    compilation: Compilation
    rows: list[tuple[Answer, Given, ShownQuestion]]


def _due(seat: Seat, language: str) -> list[DueRound]:
    rows = validity.due(seat.country, timezone.localdate())
    responses = {row.response.round_id: row.response for row in rows}
    rounds = [one.round for one in responses.values()]
    made = compiled_all(rounds, Circle.NETWORK, language, states=[seat.country.code])
    found = []
    for round, compilation in zip(rounds, made, strict=True):
        own = [(row, each) for row in rows if row.response.round_id == round.pk
               if (each := _found(compilation, seat, row))]  # fmt: skip
        told = [(row, given, question) for row, (given, question) in own]
        found.append(DueRound(responses[round.pk], compilation, told))
    return found


def _confirmed(request: HttpRequest, seats: list[Seat]) -> HttpResponse:
    """All that is due of a round."""
    pk, revision = request.POST.get("response", ""), request.POST.get("revision", "")
    if not (pk.isascii() and pk.isdecimal() and revision.isascii() and revision.isdecimal()):
        raise Http404
    row = responses(Circle.NETWORK).filter(pk=int(pk[:18])).first()
    seat = next((one for one in seats if row and one.country_id == row.country_id), None)
    if row is None or seat is None or not seat.sends:
        raise Http404
    try:
        validity.confirm_all(row, seat, revision=int(revision[:9]))
        messages.success(request, _("The answers are confirmed."))
    except validity.ChangedMeanwhileError:
        _tell_changed(request)
    return redirect(validity_url(get_language() or FALLBACK_LANGUAGE))


def _tell_changed(request: HttpRequest) -> None:
    messages.error(
        request,
        _("Somebody of your state changed this answer in the meantime. Look at it again."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_network
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer: it is confirmed, changed or withdrawn."""
    language = get_language() or FALLBACK_LANGUAGE
    row = (
        answers(Circle.NETWORK)
        .filter(pk=pk)
        .select_related("response__country", "response__round__version",
                        "response__round__instrument")
        .first()
    )  # fmt: skip
    seat = _seat(request, row) if row else None
    if row is None or seat is None or row.response.round.version is None:
        raise Http404
    instrument = row.response.round.version.asked()
    question = instrument.question(row.question)
    compilation = compiled(row.response.round, Circle.NETWORK, language)
    found = _found(compilation, seat, row)
    if question is None or found is None:
        raise Http404
    form = ValidityForm(
        request.POST if request.method == "POST" else None,
        initial={
            "what": CONFIRM,
            "remark": row.remark,
            "dissemination": row.dissemination or Answer.Dissemination.NETWORK,
            "revision": row.response.revision,
        },
    )
    value, problem = row.value, ""
    if request.method == "POST" and seat.sends and form.is_valid():
        value, problem = _read(request, instrument, question, row, form)
        if not problem:
            return _taken(request, row, seat, form, value)
    given, asked = found
    can_change = question.kind not in _NOT_HERE
    context = {
        **view_context(request, Link(_("Still valid?"), validity_url(language))),
        "seat": seat,
        "given": given,
        "asked": asked,
        "days": days(given),
        "compilation": compilation,
        "round_url": network_url(compilation.code, language),
        "form": form,
        "can_change": can_change,
        "field": forms.shown(
            instrument, question, value, language=language, problem=problem, is_required=False
        )
        if can_change
        else "",
    }
    return render(request, "consultations/compilations/validity_answer.html", context)


def _seat(request: HttpRequest, row: Answer) -> Seat | None:
    return next(
        (one for one in validity.seats_of(request.user)
         if one.country_id == row.response.country_id),
        None,
    )  # fmt: skip


def _found(compilation: Compilation, seat: Seat, row: Answer) -> tuple[Given, ShownQuestion] | None:
    given = compilation.given.get((seat.country.code, row.question))
    question = next((one for one in compilation.questions if one.code == row.question), None)
    return (given, question) if given and question else None


def _read(
    request: HttpRequest, instrument: Instrument, question: Question, row: Answer, form: Any
) -> tuple[Value, str]:
    """What is written below, and what is wrong with it; only where the answer is changed."""
    if form.cleaned_data["what"] != CHANGE:
        return row.value, ""
    if question.kind in _NOT_HERE:
        return row.value, _("This kind of answer can’t be changed here. Ask the editors.")
    others: dict[str, Value] = dict(
        answers(Circle.NETWORK).filter(response=row.response_id).values_list("question", "value")
    )
    try:
        value = forms.posted(instrument, question, request.POST)
        value = checked(
            instrument, question, value, others,
            today=timezone.localdate(), language=get_language() or FALLBACK_LANGUAGE,
        )  # fmt: skip
    except AnswerError as error:
        return forms.typed(question, request.POST), error.message
    if value in (None, "") and not form.cleaned_data["remark"]:
        return value, _("Write the answer, or withdraw it.")
    return value, ""


def _taken(request: HttpRequest, row: Answer, seat: Seat, form: Any, value: Value) -> HttpResponse:
    data = form.cleaned_data
    language = get_language() or FALLBACK_LANGUAGE
    try:
        if data["what"] == CONFIRM:
            validity.confirm(row, seat, revision=data["revision"], until=data["valid_until"])
            said = _("The answer is confirmed.")
        elif data["what"] == CHANGE:
            validity.change(
                row, seat, revision=data["revision"], value=value, remark=data["remark"],
                dissemination=data["dissemination"], until=data["valid_until"],
            )  # fmt: skip
            said = _("The answer is changed.")
        else:
            validity.withdraw(row, seat, revision=data["revision"])
            said = _("The answer is withdrawn.")
        messages.success(request, said)
    except validity.ChangedMeanwhileError:
        _tell_changed(request)
    return redirect(validity_url(language))
