"""The page where one chooses a frame, sees it and copies it; works without a script."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.api.embeds.forms import FORMS
from contactpoint.api.embeds.frames import frame_of
from contactpoint.kit.context import view_context
from contactpoint.kit.framing import CHOOSER_POLICY, SANDBOX, SIZES, Framing
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link
from contactpoint.search.engines.base import UnavailableError


@require_safe
def embeds(request: HttpRequest) -> HttpResponse:
    """`what` says which form; where it is filled in, the frame and what to copy."""
    language = get_language() or FALLBACK_LANGUAGE
    what = request.GET.get("what", "")
    what = what if what in FORMS else "term"
    made = FORMS[what][1]
    is_asked = any(name in request.GET for name in made.base_fields)
    form = made(_with_usual(request.GET, language)) if is_asked else made()
    context: dict[str, Any] = {
        **view_context(request, Link(_("For developers"), f"/{language}/developers/")),
        "form": form,
        "what": what,
        "kinds": [(name, label) for name, (label, _form) in FORMS.items()],
    }
    if is_asked and form.is_valid():
        try:
            context |= _chosen(form)
        except UnavailableError:
            context["problem"] = _("Search is not available at the moment.")
    response = render(request, "api/embeds/choose.html", context)
    response["Content-Security-Policy"] = CHOOSER_POLICY
    return response


def _with_usual(query: QueryDict, language: str) -> QueryDict:
    """What was asked; how the frame looks is as usual where nothing is said: people shorten
    addresses, and write them by hand."""
    usual = {"language": language, "size": Framing().size, "look": Framing().look}
    asked = query.copy()
    for name, value in usual.items():
        if not asked.get(name):
            asked[name] = value
    return asked


def _chosen(form: Any) -> dict[str, Any]:
    frame = frame_of(form.page())
    if frame is None:
        return {"problem": _("What stands at this address can’t be framed.")}
    width, height = SIZES[form.framing.size]
    return {
        "frame": frame,
        "said": form.said,
        "preview_url": frame.address(form.framing),
        "code": frame.code(form.framing),
        "width": width,
        "height": height,
        "sandbox": SANDBOX,
    }
