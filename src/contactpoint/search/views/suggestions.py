"""Suggestions while a question is typed: concepts, institutions, titles, questions of others."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language, gettext_lazy, ngettext
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

SUGGESTIONS: Final = "application/x-suggestions+json"
SORTS: Final = {
    "concepts": KINDS["concept"],
    "institutions": gettext_lazy("Institution"),
    "questions": gettext_lazy("Search"),
}


@require_safe
@never_cache
def suggestions(request: HttpRequest) -> JsonResponse:
    """`{"status", "concepts", "institutions", "titles", "questions"}`, in the order in which they
    are shown; the status is a sentence for a reader."""
    try:
        suggested = _suggested(request.GET.get("q", ""))
    except UnavailableError:
        answer = JsonResponse({"status": _("There are no suggestions now.")}, status=503)
    else:
        number = sum(map(len, suggested.values()))
        status = (
            ngettext("%(number)s suggestion", "%(number)s suggestions", number) % {"number": number}
            if number
            else ""
        )
        answer = JsonResponse({**suggested, "status": status})
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
@never_cache
def completions(request: HttpRequest) -> JsonResponse:
    """The same as browsers ask it: what was typed, what may be meant, in words what each is, and
    where it is (OpenSearch suggestions 1.1). None while nothing can be searched."""
    typed = request.GET.get("q", "")
    try:
        suggested = _suggested(typed)
    except UnavailableError:
        suggested = {}
    told: dict[str, tuple[str, str]] = {}
    for name, lines in suggested.items():
        for line in lines:
            what = line.get("kind") or str(SORTS.get(name, ""))
            told.setdefault(line["text"], (what, settings.BASE_URL + line["url"]))
    answer = JsonResponse(
        [
            typed,
            list(told),
            [what for what, _url in told.values()],
            [u for _what, u in told.values()],
        ],
        safe=False,
        content_type=SUGGESTIONS,
    )
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _suggested(typed: str) -> dict[str, list[dict[str, Any]]]:
    """By sort, in the order in which they are shown. Raises `UnavailableError`."""
    language = get_language() or FALLBACK_LANGUAGE
    names = Names(language)
    found = suggest(typed, language, frequent=frequent)
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
    return {
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


def _address(question: str, language: str) -> str:
    return f"/{language}/search/?{Asked(question).query()}"
