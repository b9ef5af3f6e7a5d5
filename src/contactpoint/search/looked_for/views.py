"""Takes what readers send from an empty page, and says thank you."""

from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from contactpoint.kit.context import view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link
from contactpoint.kit.tickets import is_from_here
from contactpoint.search.looked_for.offering import OfferError, Sent, opened
from contactpoint.search.looked_for.receiving import receive, seconds_to_wait, was_sent
from contactpoint.search.noticing.privacy import is_private

LARGEST: Final = 4_096
FORM_TYPE: Final = "application/x-www-form-urlencoded"


@csrf_exempt  # there is no session to ride on; the ticket says what is checked instead
@require_POST
@never_cache
def send(request: HttpRequest) -> HttpResponse:
    """Keep the question of the ticket, once."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.content_type != FORM_TYPE or not length.isdecimal() or int(length) > LARGEST:
        return _page(request, 400, _("This can't be read"), _("What came is no form of this site."))
    try:
        if not is_from_here(request):
            raise OfferError(_("This form was not sent from this site. Search again."))
        sent = opened(request.POST.get("ticket", ""))
    except OfferError as problem:
        return _page(request, 400, _("Nothing was sent"), str(problem))
    if is_private(sent.words):
        return _page(request, 422, _("Nothing was sent"), personal(), sent)
    if wait := seconds_to_wait(request):
        text = _("Too many questions came from here at once. Try again later.")
        answer = _page(request, 429, _("Nothing was sent"), text, sent)
        answer["Retry-After"] = str(wait)
        return answer
    if not was_sent(sent):
        receive(sent)
    answer = HttpResponseRedirect(f"{_search_url()}looked-for/sent/")
    answer.status_code = 303
    return answer


@require_safe
@never_cache
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens now."""
    text = _(
        "The editors see the words and the day, and nothing of you. They may publish what is "
        "missing, or teach the search your words: ask again in some weeks."
    )
    return _page(request, 200, _("Thank you: the editors know"), text)


def personal() -> str:
    """Why a question is not kept."""
    return _(
        "It looks as if your question held an address, a number or a long text that could tell "
        "who somebody is. Nothing of it was kept. Ask in a few general words."
    )


def _page(
    request: HttpRequest, status: int, title: str, sentence: str, sent: Sent | None = None
) -> HttpResponse:
    again = f"{_search_url()}?{urlencode({'q': sent.words})}" if sent else _search_url()
    context = {
        **view_context(request, Link(_("Search"), _search_url())),
        "canonical_url": "",
        "translations": [],
        "title": title,
        "sentence": sentence,
        "is_wrong": status >= 400,
        "again_url": again,
    }
    return render(request, "search/looked_for.html", context, status=status)


def _search_url() -> str:
    return f"/{get_language() or FALLBACK_LANGUAGE}/search/"
