"""Suggestions while a question is typed: concepts, titles, questions that others asked."""

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
from contactpoint.search.showing.naming import KINDS, Names


@require_safe
@never_cache
def suggestions(request: HttpRequest) -> JsonResponse:
    """`{"status", "concepts", "titles", "questions"}`; the status is a sentence for a reader."""
    language = get_language() or FALLBACK_LANGUAGE
    names = Names(language)
    try:
        found = suggest(request.GET.get("q", ""), language, frequent=frequent)
    except UnavailableError:
        return JsonResponse({"status": _("There are no suggestions now.")}, status=503)
    answer: dict[str, Any] = {
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
        "titles": [
            {
                "text": one.title,
                "url": one.url,
                "kind": str(KINDS.get(one.kind, one.kind)),
                "language": one.language,
            }
            for one in found.titles
        ],
        "questions": [
            {"text": text, "url": f"/{language}/search/?{Asked(text).query()}"}
            for text in found.questions
        ],
    }
    number = sum(map(len, answer.values()))
    answer["status"] = (
        ngettext("%(number)s suggestion", "%(number)s suggestions", number) % {"number": number}
        if number
        else ""
    )
    return JsonResponse(answer)
