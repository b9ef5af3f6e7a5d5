"""An instrument in the admin: its versions, writing what it asks, taking it out."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contactpoint.consultations.actions.opening import newest
from contactpoint.consultations.actions.versions import (
    FrozenError,
    MeanwhileError,
    keep,
    mark_of,
    overrule,
)
from contactpoint.consultations.desk.forms import QuestionsForm, UploadForm
from contactpoint.consultations.desk.rights import for_managers
from contactpoint.consultations.desk.wording import NATURES, found, told
from contactpoint.consultations.models import Instrument, Version
from contactpoint.consultations.questions import Instrument as Asked
from contactpoint.consultations.questions import InstrumentError, carried
from contactpoint.consultations.questions.differences import Nature, from_data
from contactpoint.consultations.questions.findings import findings
from contactpoint.consultations.questions.xlsform import write
from contactpoint.consultations.questions.xlsform.columns import LANGUAGES
from contactpoint.kit.admin_pages import framed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_managers
@require_GET
def instrument(request: HttpRequest, pk: int) -> HttpResponse:
    """Its versions with what changed, its findings, its rounds."""
    one = get_object_or_404(Instrument.objects.select_related("institution"), pk=pk)
    versions = list(one.versions.order_by("-number"))
    asked = versions[0].asked() if versions else None
    context = framed(
        str(one),
        above(),
        instrument=one,
        asked=asked,
        versions=[_version(each) for each in versions],
        newest=versions[0] if versions else None,
        findings=[found(each) for each in findings(asked)] if asked else [],
        languages=[(code, LANGUAGES.get(code, code)) for code in asked.languages] if asked else [],
        rounds=list(one.rounds.all()),
        natures=list(NATURES.items()),
        upload=UploadForm(),
    )
    return render(request, "consultations/desk/instrument.html", context)


def above() -> tuple[str, str]:
    """The list that the pages of an instrument stand below."""
    return ("consultation_instruments:index", _("Questionnaires"))


def _version(version: Version) -> dict[str, Any]:
    rows = [told(from_data(one)) for one in version.changes]
    return {
        "version": version,
        "rows": rows,
        "of_meaning": sum(one.nature is Nature.MEANING for one in rows),
    }


@for_managers
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """The form in which the questions are written, in all languages."""
    one = get_object_or_404(Instrument, pk=pk)
    version = newest(one)
    before = version.asked() if version else _nothing(one)
    languages = before.languages
    if request.method == "POST":
        form = QuestionsForm(request.POST, languages=languages)
        if form.is_valid() and (kept := _kept(request, one, form, before)):
            messages.success(request, _("Kept as version %(number)s.") % {"number": kept.number})
            return HttpResponseRedirect(_after(request, one))
    else:
        initial = QuestionsForm.initial_of(before) | {"seen": mark_of(version)}
        form = QuestionsForm(initial=initial, languages=languages)
    context = framed(
        _("Questions"),
        above(),
        (reverse("consultations_instrument", args=[pk]), str(one)),
        form=form,
        media=form.media,
        instrument=one,
        version=version,
        action_url=request.path,
        submit_button_label=_("Keep"),
        submit_button_active_label=_("Keeping…"),
    )
    return render(request, "consultations/desk/questions.html", context)


def _nothing(one: Instrument) -> Asked:
    first = next((code for code in one.labels if one.labels[code]), "en")
    return Asked(one.code, (first,), dict(one.labels))


def _after(request: HttpRequest, one: Instrument) -> str:
    name = "consultations_questions" if "stay" in request.POST else "consultations_instrument"
    return reverse(name, args=[one.pk])


def _kept(
    request: HttpRequest, one: Instrument, form: QuestionsForm, before: Asked
) -> Version | None:
    seen = form.cleaned_data["seen"]
    try:
        return keep(one, form.written(before), user=request.user, seen=seen)
    except InstrumentError as error:
        form.add_error(None, str(error))
    except MeanwhileError:
        form.add_error(
            None,
            _(
                "Somebody kept other questions meanwhile. Open the form anew in another window, "
                "and add your changes there."
            ),
        )
    return None


@for_managers
@require_POST
def natures(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An editor says which changes are of meaning."""
    version = get_object_or_404(Version, instrument=pk, number=number)
    try:
        overrule(version, posted_natures(request))
        messages.success(request, _("Kept."))
    except FrozenError:
        messages.error(request, _("The version was opened: it stays as it is."))
    return HttpResponseRedirect(reverse("consultations_instrument", args=[pk]))


def posted_natures(request: HttpRequest) -> dict[str, Nature]:
    """By the key of a change; what is no nature is passed over."""
    known = set(Nature)
    return {
        key.removeprefix("nature:"): Nature(value)
        for key, value in request.POST.items()
        if key.startswith("nature:") and value in known
    }


@for_managers
@require_GET
def take_out(request: HttpRequest, pk: int, number: int, form: str) -> HttpResponse:
    """A version as XLSForm or JSON."""
    version = get_object_or_404(
        Version.objects.select_related("instrument"), instrument=pk, number=number
    )
    asked = version.asked()
    name = f"{version.instrument.code}-{version.number}"
    if form == "xlsx":
        answer = HttpResponse(write(asked), XLSX)
    else:
        text = json.dumps(carried(asked), ensure_ascii=False, indent=2) + "\n"
        answer = HttpResponse(text, "application/json")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer
