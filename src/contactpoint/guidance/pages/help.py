"""Who helps, and where; and what the way out can't hide."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from contactpoint.guidance.models import Place
from contactpoint.guidance.pages.visiting import answer, page, visit
from contactpoint.guidance.places import Kind, cards

GROUPS = (
    ("emergency_title", (Kind.EMERGENCY,)),
    ("helplines_title", (Kind.HELPLINE,)),
    ("places_title", (Kind.OFFICE, Kind.CLINIC)),
)


@require_safe
def places(request: HttpRequest, language: str) -> HttpResponse:
    """Emergency numbers, helplines, offices; one query."""
    here = visit(request, language)
    found = cards(Place.objects.all(), language, here.words)
    groups = [
        (key, group)
        for key, kinds in GROUPS
        if (group := [card for card in found if card.place.kind in kinds])
    ]
    html = page(
        here, "guidance/help.html", title=here.words["help_title"], path="help/", groups=groups
    )
    return answer(request, here, html)


@require_safe
def leaving(request: HttpRequest, language: str) -> HttpResponse:
    """What leaving quickly hides and what not."""
    here = visit(request, language)
    numbers = Place.objects.filter(kind=Kind.EMERGENCY)
    html = page(
        here,
        "guidance/leaving.html",
        title=here.words["leaving_title"],
        path="leaving/",
        emergency=cards(numbers, language, here.words),
    )
    return answer(request, here, html)
