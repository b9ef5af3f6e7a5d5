"""A theme with its guides; the same address with a guide's code is the short one of that guide."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from contactpoint.guidance.outline import outline
from contactpoint.guidance.pages.missing import nothing
from contactpoint.guidance.pages.visiting import answer, page, visit


@require_safe
def theme(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """`/en/guidance/health/`, or `/en/guidance/interview/` which leads on to the guide."""
    here = visit(request, language)
    there = outline(here.at)
    found = there.theme(code)
    if found is None:
        entry = there.guide(code)
        if entry is None:
            return nothing(request, language)
        return HttpResponseRedirect(
            here.at.guide(entry.theme, entry.code), headers={"Referrer-Policy": "no-referrer"}
        )
    html = page(
        here, "guidance/theme.html", title=found.name, path=f"{code}/", theme=found, outline=there
    )
    return answer(request, here, html)
