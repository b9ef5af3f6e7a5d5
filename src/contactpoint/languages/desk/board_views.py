"""The board of translations, and the one click that starts one."""

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Locale, Page

from contactpoint.kit.admin_pages import framed, paged
from contactpoint.languages.desk import board
from contactpoint.languages.desk.rights import may_edit, may_see, may_start
from contactpoint.languages.desk.starting import start
from contactpoint.outputs.models.lists import LISTS
from contactpoint.outputs.sources import source_of

PER_PAGE: Final = 25
FIRST: Final = (board.OUTDATED, board.UNFINISHED, board.MISSING, board.WORK)
"""What readers are told comes first."""


def crumbs(title: str) -> dict[str, Any]:
    """The heading and the way to a page of the desk."""
    return framed(title, ("languages_board", _("Translations")))


@require_safe
def translations(request: HttpRequest) -> HttpResponse:
    """What is missing, out of date or in work in a language; `kind` narrows it."""
    if not may_see(request.user):
        raise PermissionDenied
    names = dict(settings.LANGUAGES)
    numbers = board.counts(request.user)
    language, state = _waiting(numbers, request.GET.get("in", ""), request.GET.get("state", ""))
    chosen = {
        "in": language,
        "state": state,
        "kind": request.GET.get("kind", ""),
    }
    if chosen["in"] not in names or chosen["state"] not in board.STATES:
        raise BadRequest("No such language or state.")
    if chosen["kind"] and chosen["kind"] not in LISTS:
        raise BadRequest("No such kind.")
    found = board.rows(request.user, chosen["state"], chosen["in"], chosen["kind"])
    listed = paged(request, found, PER_PAGE)
    context = crumbs(_("Translations")) | {
        "rows": board.described(list(listed["items"]), chosen["state"]),
        "chosen": chosen,
        "languages": [
            (code, name, [_link(chosen, numbers[state].get(code, 0), **{"in": code, "state": state})
                          for state in board.STATES])
            for code, name in settings.LANGUAGES
        ],
        "kinds": [
            (label, _address(chosen, kind=kind), kind == chosen["kind"])
            for kind, label in [("", _("all")), *((kind, LISTS[kind][1]) for kind in LISTS)]
        ],
        **listed,
    }  # fmt: skip
    return render(request, "languages/admin/board.html", context)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Make the translation, or bring it up to its original; then lead to its pieces."""
    key = request.POST.get("page", "")
    if not key.isdecimal():
        raise BadRequest("No such page.")
    page = get_object_or_404(Page, pk=int(key)).specific
    locale = get_object_or_404(Locale, language_code=request.POST.get("language", ""))
    source = source_of(page)
    there = page.get_translation_or_none(locale) if page.locale_id != locale.pk else page
    if source.locale_id == locale.pk:
        raise BadRequest("This is the original.")
    is_new = there is None or there.alias_of_id is not None
    allowed = may_start(request.user, source, locale) if is_new else may_edit(request.user, there)
    if not may_see(request.user) or not allowed:
        raise PermissionDenied
    made = start(source, locale, request.user)
    if is_new:
        messages.success(request, _("The translation has begun; it is a draft until published."))
    return HttpResponseRedirect(reverse("languages_beside", args=[made.pk]))


def _waiting(numbers: dict[str, dict[str, int]], language: str, state: str) -> tuple[str, str]:
    """Where something waits, in what was asked for: in the editor's language if there is any."""
    own = _first_language()
    codes = [code for code, _name in settings.LANGUAGES]
    languages = [language] if language else sorted(codes, key=lambda code: code != own)
    places = [(code, each) for code in languages for each in ([state] if state else FIRST)]
    return next((place for place in places if numbers.get(place[1], {}).get(place[0])), places[0])


def _first_language() -> str:
    """The editor's own, if the portal has it."""
    language = (get_language() or "").split("-", maxsplit=1)[0]
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _address(chosen: dict[str, str], **changes: str) -> str:
    query = {name: value for name, value in (chosen | changes).items() if value}
    return f"{reverse('languages_board')}?{urlencode(query)}"


def _link(chosen: dict[str, str], number: int, **changes: str) -> dict[str, Any]:
    is_current = all(chosen[name] == value for name, value in changes.items())
    return {"number": number, "url": _address(chosen, **changes), "current": is_current}
