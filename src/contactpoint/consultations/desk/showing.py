"""What is asked, as those see it who answer: preview in each language, and print sheet."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import override
from django.views.decorators.http import require_GET

from contactpoint.consultations.desk.presenting import Presenter, interface, language_of
from contactpoint.consultations.desk.rights import for_managers
from contactpoint.consultations.models import Version
from contactpoint.consultations.questions.xlsform.columns import LANGUAGES
from contactpoint.kit.labels import FALLBACK_LANGUAGE


@for_managers
@require_GET
def preview(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """All of a version at once, whatever its conditions, in the language that is asked for."""
    return _all_of(request, pk, number, "consultations/desk/preview.html")


@for_managers
@require_GET
def sheet(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The same on paper: room to write instead of fields."""
    return _all_of(request, pk, number, "consultations/desk/sheet.html")


def _all_of(request: HttpRequest, pk: int, number: int, template: str) -> HttpResponse:
    rows = Version.objects.select_related("instrument")
    version = get_object_or_404(rows, instrument=pk, number=number)
    asked = version.asked()
    language = language_of(request.GET.get("language", ""), asked)
    with override(interface(language)):
        present = Presenter(asked, language)
        context = {
            "version": version,
            "instrument": version.instrument,
            "language": language,
            "around": language if language in dict(settings.LANGUAGES) else FALLBACK_LANGUAGE,
            "languages": [(code, LANGUAGES.get(code, code)) for code in asked.languages],
            "title": present.words(asked.titles),
            "introduction": present.words(asked.introductions),
            "sections": list(present.sections()),
        }
        return render(request, template, context)
