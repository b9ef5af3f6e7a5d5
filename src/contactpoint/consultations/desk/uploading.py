"""An XLSForm is looked at, then kept: nothing is stored before the editor has seen what it
changes. What was read travels through the form, signed."""

from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contactpoint.consultations.actions.opening import newest
from contactpoint.consultations.actions.versions import MeanwhileError, keep, mark_of
from contactpoint.consultations.desk.forms import UploadForm
from contactpoint.consultations.desk.instrument_views import above, posted_natures
from contactpoint.consultations.desk.rights import for_managers
from contactpoint.consultations.desk.wording import NATURES, found, told
from contactpoint.consultations.models import Instrument
from contactpoint.consultations.questions import Instrument as Asked
from contactpoint.consultations.questions import InstrumentError, carried, restored
from contactpoint.consultations.questions.differences import differences
from contactpoint.consultations.questions.findings import findings
from contactpoint.consultations.questions.xlsform import Reading, reading
from contactpoint.consultations.questions.xlsform.guarding import LARGEST
from contactpoint.kit.admin_pages import framed
from contactpoint.kit.labels import pick

SALT: Final = "consultations.upload"
KEPT_SECONDS: Final = 24 * 3600


@for_managers
@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """What a form says, and how it differs; a form that can't be read is named by its cell."""
    one = get_object_or_404(Instrument, pk=pk)
    form = UploadForm(request.POST, request.FILES)
    error, read = "", None
    if form.is_valid():
        try:
            read = _read(form.cleaned_data["file"])
        except InstrumentError as problem:
            error = str(problem)
    else:
        error = " ".join(map(str, form.errors["file"]))
    context = framed(
        _("XLSForm"),
        above(),
        (reverse("consultations_instrument", args=[pk]), str(one)),
        instrument=one,
        error=error,
        upload=UploadForm(),
        **(_shown(one, read) if read else {}),
    )
    answer = render(request, "consultations/desk/upload.html", context)
    answer.status_code = 200 if read else 422
    return answer


def _read(file: Any) -> Reading:
    if file.size > LARGEST:
        raise InstrumentError(file.name, f"The file is larger than {LARGEST // 2**20} MB.")
    return reading(str(file.name)[:100], file.read())


def _shown(one: Instrument, read: Reading) -> dict[str, Any]:
    version = newest(one)
    changes = differences(version.asked(), read.instrument) if version else []
    return {
        "asked": read.instrument,
        "remarks": read.remarks,
        "findings": [found(each) for each in findings(read.instrument)],
        "rows": [told(each) for each in changes],
        "natures": list(NATURES.items()),
        "version": version,
        "renamed": _renamed(one, read.instrument),
        "seen": mark_of(version),
        "questions": sum(each.is_asked for each in read.instrument.questions()),
        "packed": signing.dumps(carried(read.instrument), salt=SALT, compress=True),
    }


def _renamed(one: Instrument, asked: Asked) -> str:
    """The title in the file, where it isn't that of the questionnaire: keeping it gives it that."""
    titles = dict(asked.titles)
    return pick(titles) if titles and titles != one.labels else ""


@for_managers
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was looked at."""
    one = get_object_or_404(Instrument, pk=pk)
    page = reverse("consultations_instrument", args=[pk])
    try:
        data = signing.loads(request.POST.get("packed", ""), salt=SALT, max_age=KEPT_SECONDS)
        seen = request.POST.get("seen", "")
        version = keep(
            one, restored(data), user=request.user, natures=posted_natures(request), seen=seen
        )
    except (signing.BadSignature, ValueError) as problem:
        said = problem if isinstance(problem, InstrumentError) else _("Hand the file in again.")
        messages.error(request, str(said))
        return HttpResponseRedirect(page)
    except MeanwhileError:
        messages.error(
            request, _("Somebody kept another version meanwhile. Hand the file in again.")
        )
        return HttpResponseRedirect(page)
    messages.success(request, _("Kept as version %(number)s.") % {"number": version.number})
    return HttpResponseRedirect(page)
