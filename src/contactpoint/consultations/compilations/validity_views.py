"""Where the people of a state say whether its answers still hold. Only who may send for a state may
say so for it, and that it is otherwise takes two of them; the others read."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contactpoint.consultations.actions import later_changes, validity
from contactpoint.consultations.actions.standing import StateError
from contactpoint.consultations.compilations.addresses import network_url, validity_url
from contactpoint.consultations.compilations.compilation import Compilation, Given
from contactpoint.consultations.compilations.compilation import Question as ShownQuestion
from contactpoint.consultations.compilations.gathering import compiled_all
from contactpoint.consultations.compilations.validity_answers import (
    OneAnswer,
    found_in,
    one_answer,
)
from contactpoint.consultations.compilations.validity_forms import (
    CHANGE,
    CONFIRM,
    ValidityForm,
)
from contactpoint.consultations.compilations.views import for_network
from contactpoint.consultations.compilations.wording import days
from contactpoint.consultations.forms import fields as forms
from contactpoint.consultations.models import Answer, LaterChange, Response, Seat
from contactpoint.consultations.questions.checking_answers import AnswerError, checked
from contactpoint.consultations.questions.definition import Value
from contactpoint.consultations.questions.xlsform.columns import LANGUAGES
from contactpoint.consultations.reaching import Circle, answers, responses
from contactpoint.consultations.subjects.replies import in_full
from contactpoint.kit.context import view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link


@require_http_methods(["GET", "HEAD", "POST"])
@for_network
def overview(request: HttpRequest) -> HttpResponse:
    """What is due of the states that somebody answers for; all of a round can be confirmed here."""
    language = get_language() or FALLBACK_LANGUAGE
    seats = list(validity.seats_of(request.user))
    if request.method == "POST":
        return _confirmed(request, seats)
    context = {
        **view_context(request, Link(_("Room of the states"), reverse("room"))),
        "states": [(seat, _due(seat, language)) for seat in seats],
    }
    return render(request, "consultations/compilations/validity.html", context)


@dataclass(frozen=True, slots=True)
class DueRound:
    """What is due of one state in one round."""

    response: Response
    compilation: Compilation
    rows: list[tuple[Answer, Given, ShownQuestion, bool]]
    """The last says whether a change of it waits for the second person."""


def _due(seat: Seat, language: str) -> list[DueRound]:
    rows = validity.due(seat.country, timezone.localdate())
    responses = {row.response.round_id: row.response for row in rows}
    rounds = [one.round for one in responses.values()]
    made = compiled_all(rounds, Circle.NETWORK, language, states=[seat.country.code])
    waiting = validity.waiting_among(rows)
    found = []
    for round, compilation in zip(rounds, made, strict=True):
        own = [(row, each) for row in rows if row.response.round_id == round.pk
               if (each := found_in(compilation, seat, row))]  # fmt: skip
        told = [(row, given, question, row.pk in waiting) for row, (given, question) in own]
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
    """One answer: it is confirmed, or said to be otherwise, or to go; or what was said of it is
    validated."""
    here = one_answer(request, pk)
    waiting = validity.waiting_of(here.row)
    if request.method == "POST" and here.seat.sends and "do" in request.POST:
        return _decided(request, here)
    form = ValidityForm(
        request.POST if request.method == "POST" else None,
        initial={
            "what": CONFIRM,
            "remark": here.row.remark,
            "revision": here.row.response.revision,
        },
        can_change=here.can_change,
    )
    value, problem = here.row.value, ""
    if request.method == "POST" and here.seat.sends and not waiting:
        is_sound = form.is_valid()
        value, problem = _read(request, here, form)
        if is_sound and not problem:
            return _taken(request, here, form, value)
    return _page(request, here, form, waiting=waiting, value=value, problem=problem)


def _page(
    request: HttpRequest,
    here: OneAnswer,
    form: ValidityForm,
    *,
    waiting: LaterChange | None,
    value: Value,
    problem: str,
) -> HttpResponse:
    language = get_language() or FALLBACK_LANGUAGE
    code, state = here.compilation.code, here.seat.country.code
    written = here.row.response.language
    context = {
        **view_context(
            request,
            Link(_("Room of the states"), reverse("room")),
            Link(_("Still valid?"), validity_url(language)),
        ),
        "seat": here.seat,
        "given": here.given,
        "asked": here.asked,
        "chapter": mark_safe(here.given.html),  # noqa: S308 — cleaned where it was gathered
        "days": days(here.given),
        "compilation": here.compilation,
        "round_url": network_url(code, language),
        "room_url": reverse("room-round", args=[code, state]),
        "form": form,
        "can_change": here.can_change,
        "written_in": LANGUAGES.get(written, written),
        "waiting": waiting,
        "waiting_text": in_full(here.instrument, here.question, waiting.value, language)
        if waiting
        else "",
        "refusal": later_changes.refusal(here.seat, waiting),
        "revision": here.row.response.revision,
        "problem": problem,
        "field": forms.shown(
            here.instrument, here.question, value,
            language=language, problem=problem, is_required=False,
        )
        if here.can_change
        else "",
    }  # fmt: skip
    return render(request, "consultations/compilations/validity_answer.html", context)


def _read(request: HttpRequest, here: OneAnswer, form: ValidityForm) -> tuple[Value, str]:
    """What is written below, and where the answer is changed what is wrong with it. It is there
    again whatever else is wrong with the form."""
    if not here.can_change:
        return here.row.value, ""
    typed = forms.typed(here.question, request.POST)
    if form.data.get("what") != CHANGE:
        return typed, ""
    others: dict[str, Value] = dict(
        answers(Circle.NETWORK)
        .filter(response=here.row.response_id)
        .values_list("question", "value")
    )
    try:
        value = forms.posted(here.instrument, here.question, request.POST)
        value = checked(
            here.instrument, here.question, value, others,
            today=timezone.localdate(), language=get_language() or FALLBACK_LANGUAGE,
        )  # fmt: skip
    except AnswerError as error:
        return typed, error.message
    if value in (None, "") and not form.data.get("remark", "").strip():
        return typed, _("Write the answer, or withdraw it.")
    return (value, "") if form.is_valid() else (typed, "")


def _taken(request: HttpRequest, here: OneAnswer, form: ValidityForm, value: Value) -> HttpResponse:
    data, row, seat = form.cleaned_data, here.row, here.seat
    try:
        if data["what"] == CONFIRM:
            validity.confirm(row, seat, revision=data["revision"], until=data["valid_until"])
            said = _("The answer is confirmed.")
        elif data["what"] == CHANGE:
            later_changes.change(
                row, seat, revision=data["revision"], value=value, remark=data["remark"],
                dissemination=data["dissemination"], until=data["valid_until"],
            )  # fmt: skip
            said = _("Somebody else of your state validates it. Until then the answer stays.")
        else:
            later_changes.withdraw(row, seat, revision=data["revision"])
            said = _("Somebody else of your state validates it. Until then the answer stays.")
        messages.success(request, said)
    except validity.ChangedMeanwhileError:
        _tell_changed(request)
    return redirect(validity_url(get_language() or FALLBACK_LANGUAGE))


def _decided(request: HttpRequest, here: OneAnswer) -> HttpResponse:
    """The second person validates what was said, or declines it."""
    numbers = [request.POST.get(name, "") for name in ("revision", "said")]
    if not all(one.isascii() and one.isdecimal() and len(one) < 19 for one in numbers):
        raise Http404
    revision, said = map(int, numbers)
    try:
        if request.POST["do"] == "validate":
            done = later_changes.validate(here.row, here.seat, revision=revision, said=said)
            is_gone = done.is_withdrawal
            told = _("The answer is withdrawn.") if is_gone else _("The answer is changed.")
        else:
            later_changes.decline(here.row, here.seat, revision=revision, said=said)
            told = _("The answer stays as it is.")
        messages.success(request, told)
    except validity.ChangedMeanwhileError:
        _tell_changed(request)
    except StateError as refused:
        messages.error(request, str(refused))
    return redirect(validity_url(get_language() or FALLBACK_LANGUAGE))
