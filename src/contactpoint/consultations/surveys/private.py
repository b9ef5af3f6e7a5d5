"""What every page of a respondent keeps to: kept nowhere, listed nowhere, told to nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from contactpoint.consultations.numbers import sent_number
from contactpoint.consultations.spoken import KEY
from contactpoint.consultations.surveys.reading_in import chosen, reading_in
from contactpoint.consultations.surveys.visiting import HeldUpError
from contactpoint.kit import tickets
from contactpoint.kit.context import view_context
from contactpoint.kit.templatetags.kit import direction

LARGEST: Final = 32 * 1024**2
"""Of a form with files; each of them has a limit of its own."""
FORM_TYPES: Final = ("application/x-www-form-urlencoded", "multipart/form-data")

View = Callable[..., HttpResponseBase]


def private(view: View) -> View:
    """A view behind a link that is a secret: there is no session to ride on, so what is asked of a
    form is that it comes from a page of this site."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refused = _refusal(request) if request.method == "POST" else None
        answer: HttpResponseBase
        if refused is not None:
            answer = refused
        else:
            try:
                with reading_in(request.GET.get(KEY, "")):
                    answer = view(request, *args, **kwargs)
            except Http404:
                words = _("Perhaps it is not complete. Copy it whole, or open it from the mail.")
                answer = told(request, _("This link leads nowhere"), words, status=404)
            except HeldUpError as held:
                words = _("Too many links that lead nowhere came from your network. Wait a little.")
                answer = told(request, _("Please wait"), words, status=429)
                answer["Retry-After"] = str(held.wait)
        patch_cache_control(answer, no_store=True)
        answer["X-Robots-Tag"] = "noindex"
        answer["Referrer-Policy"] = "no-referrer"
        return answer

    return guarded


def told(request: HttpRequest, title: str, words: str, *, status: int = 200) -> HttpResponse:
    """A page that says one thing."""
    context = {**bare_context(request), "title": title, "words": words}
    return render(request, "consultations/surveys/told.html", context, status=status)


def bare_context(request: HttpRequest) -> dict[str, Any]:
    """As for any view, but the address stands nowhere on the page, which runs as what is asked
    does: where that is another language than the page's, the words around say which they are."""
    return {
        **view_context(request),
        "canonical_url": "",
        "translations": [],
        "direction_of_words": direction(chosen()) if chosen() else "",
    }


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """For what is no form of this site."""
    length = sent_number(request.META.get("CONTENT_LENGTH") or "0")
    title = _("Nothing was saved")
    if not 0 <= length <= LARGEST:
        words = _("What you sent is too large. Go back, choose smaller files, and send it again.")
        return told(request, title, words, status=413)
    if request.content_type not in FORM_TYPES or not tickets.is_from_here(request):
        words = _("What came is no form of this site. Open your link again, and go on there.")
        return told(request, title, words, status=400)
    return None
