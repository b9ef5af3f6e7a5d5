"""Where the people of a state say whether its answers still hold. Only who may send for a state may
say so for it; the others read."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

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
from contactpoint.consultations.models import Answer, Seat
from contactpoint.consultations.questions import Instrument, Kind, Question
from contactpoint.consultations.questions.checking_answers import AnswerError, checked
from contactpoint.consultations.questions.definition import Value
from contactpoint.consultations.reaching import Circle, answers
from contactpoint.kit.context import view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link

_NOT_HERE = frozenset({Kind.FILE, Kind.RICH_TEXT})
"""Kinds that are not written anew on this page."""


@require_safe
@for_network
def overview(request: HttpRequest) -> HttpResponse:
    """What is due of the states that somebody answers for."""
    language = get_language() or FALLBACK_LANGUAGE
    today = timezone.localdate()
    states = []
    for seat in validity.seats_of(request.user):
        rows = validity.due(seat.country, today)
        rounds = {row.response.round.pk: row.response.round for row in rows}
        made = compiled_all(
            list(rounds.values()), Circle.NETWORK, language, states=[seat.country.code]
        )
        told = dict(zip(rounds, made, strict=True))
        entries = [
            (row, given, question, told[row.response.round_id])
            for row in rows
            if (found := _found(told[row.response.round_id], seat, row))
            for given, question in [found]
        ]
        states.append((seat, entries))
    context = {
        **view_context(request, Link(_("Consultations"), f"/{language}/consultations/")),
        "states": states,
    }
    return render(request, "consultations/compilations/validity.html", context)


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
        messages.error(
            request,
            _("Somebody of your state changed this answer in the meantime. Look at it again."),
        )
    return redirect(validity_url(language))
