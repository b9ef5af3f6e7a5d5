"""What is told where there is nothing, or something failed: in the reader's language, with a way
on."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from contactpoint.guidance.outline import Entry
from contactpoint.guidance.pages.visiting import Visit, answer, page, visit


def nothing(request: HttpRequest, language: str, rest: str = "") -> HttpResponse:
    """An address that is not there. One without its last slash is led to the one with it."""
    if rest and not rest.endswith("/") and "." not in rest:
        return HttpResponseRedirect(request.get_full_path(force_append_slash=True))
    here = visit(request, language)
    html = page(here, "guidance/missing.html", title=here.words["missing_title"], path="")
    return answer(request, here, html, status=404)


def not_in_language(request: HttpRequest, here: Visit, entry: Entry) -> HttpResponse:
    """A guide that other languages have."""
    html = page(
        here,
        "guidance/missing_language.html",
        title=here.words["missing_language_title"],
        path=f"{entry.theme}/{entry.code}/",
        entry=entry,
        code=entry.code,
        there=entry.languages,
    )
    return answer(request, here, html, status=404)


def wrong(request: HttpRequest, language: str) -> HttpResponse:
    """Something failed; asks the database nothing, since that may be what failed."""
    here = visit(request, language)
    html = page(here, "guidance/wrong.html", title=here.words["wrong_title"], path="")
    return answer(request, here, html, status=500, keep=False)
