"""One click that says something of a page: it is counted, and thanked for.

No token against forged requests: that would need a cookie. What can be forged is a number.
Browsers say by themselves whether a request comes from a page of ours; where they say no, nothing
is counted.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from contactpoint.guidance.counting import asked_for, count
from contactpoint.guidance.models import Click
from contactpoint.guidance.outline import outline
from contactpoint.guidance.pages.visiting import Visit, answer, page, visit


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def said(request: HttpRequest, language: str, code: str = "") -> HttpResponse:
    """Counts a POST and leads to the thanks, so that reloading counts nothing."""
    here = visit(request, language)
    if request.method == "POST":
        if request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
            _count(request, here, code)
        response = HttpResponseRedirect(here.at.said(code))
        response.status_code = 303
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "no-store"
        return response
    html = page(
        here,
        "guidance/said.html",
        title=here.words["report_thanks"],
        path=f"said/{code}/" if code else "said/",
        entry=outline(here.at).guide(code),
    )
    return answer(request, here, html, keep=False)


def _count(request: HttpRequest, here: Visit, code: str) -> None:
    wanted = asked_for(request.POST.get("language", ""))
    kind = Click.Kind.LANGUAGE if wanted else Click.Kind.UNCLEAR
    if wanted or request.POST.get("unclear"):
        count(code, here.language.code, kind, wanted)
