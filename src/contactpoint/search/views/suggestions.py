"""Suggestions while a question is typed: concepts, institutions, titles, questions of others."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.search.asking import suggest
from contactpoint.search.engines.base import UnavailableError
from contactpoint.search.noticing import frequent
from contactpoint.search.showing.addresses import Asked
from contactpoint.search.showing.institutions import beginning
from contactpoint.search.showing.naming import KINDS, Names


@require_safe
@never_cache
def suggestions(request: HttpRequest) -> JsonResponse:
    """`{"status", "concepts", "institutions", "titles", "questions"}`, in the order in which they
    are shown; the status is a sentence for a reader."""
    answer = _answer(request)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _answer(request: HttpRequest) -> JsonResponse:
    typed = request.GET.get("q", "")
    language = get_language() or FALLBACK_LANGUAGE
    names = Names(language)
    try:
        found = suggest(typed, language, frequent=frequent)
    except UnavailableError:
        return JsonResponse({"status": _("There are no suggestions now.")}, status=503)
    names_known = {one.label for one in found.concepts}
    bodies = [one for one in beginning(typed, language) if one.label not in names_known]
    institutions = {
        "institutions": [
            {"text": one.label, "url": _address(one.label, language), "matched": one.matched}
            for one in bodies
        ]
    }
    # Who has typed the whole of an acronym means the institution, whatever else begins so.
    is_first = any(one.is_whole for one in bodies)
    answer: dict[str, Any] = {
        **(institutions if is_first else {}),
        "concepts": [
            {
                "text": one.label,
                "url": one.url,
                "matched": one.matched,
                "spoken": names.spoken(one.language) if one.language else "",
                "language": one.language,
            }
            for one in found.concepts
        ],
        **({} if is_first else institutions),
        "titles": [
            {
                "text": one.title,
                "url": one.url,
                "kind": str(KINDS.get(one.kind, one.kind)),
                "language": one.language,
            }
            for one in found.titles
        ],
        "questions": [{"text": text, "url": _address(text, language)} for text in found.questions],
    }
    number = sum(map(len, answer.values()))
    answer["status"] = (
        ngettext("%(number)s suggestion", "%(number)s suggestions", number) % {"number": number}
        if number
        else ""
    )
    return JsonResponse(answer)


def _address(question: str, language: str) -> str:
    return f"/{language}/search/?{Asked(question).query()}"
