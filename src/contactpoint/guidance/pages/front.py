"""Where all begins: who to call in danger, who one is, the line of steps, the themes."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from contactpoint.guidance.addresses import Addresses
from contactpoint.guidance.languages import SOURCE, languages
from contactpoint.guidance.models import Place
from contactpoint.guidance.outline import outline
from contactpoint.guidance.pages.visiting import answer, page, visit
from contactpoint.guidance.places import Kind, cards


@require_safe
def front(request: HttpRequest, language: str) -> HttpResponse:
    """The front page of a language."""
    here = visit(request, language)
    there = outline(here.at)
    numbers = Place.objects.filter(kind=Kind.EMERGENCY)
    html = page(
        here,
        "guidance/front.html",
        title=here.words["name"],
        path="",
        outline=there,
        open_tongues=True,
        emergency=cards(numbers, language, here.words),
    )
    return answer(request, here, html)


@require_safe
def door(request: HttpRequest, language: str) -> HttpResponse:
    """`/ar/`: in a language of applicants there is guidance, and nothing beside it."""
    return HttpResponseRedirect(Addresses(language).front)


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """`/guidance/`: leads to the first language of the browser in which there is guidance."""
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    codes = (code.split("-")[0] for code, _weight in asked)
    language = next((code for code in codes if code in languages()), SOURCE)
    response = HttpResponseRedirect(Addresses(language).front)
    response["Referrer-Policy"] = "no-referrer"
    patch_vary_headers(response, ["Accept-Language"])
    return response
