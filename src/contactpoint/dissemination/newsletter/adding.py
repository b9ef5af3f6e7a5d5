"""The admin's page of what is new, or of what a search finds: ticked things go into an issue."""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contactpoint.dissemination.models import Issue
from contactpoint.dissemination.newsletter.desk import CHANGE, INDEX, asks_for, back
from contactpoint.dissemination.newsletter.gathering import (
    Candidate,
    about_of,
    gathered,
    keys_in,
    put_in,
    rearrange,
)
from contactpoint.dissemination.sections import section_choices
from contactpoint.kit.admin_pages import framed
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.search.asking.answering import ask
from contactpoint.search.documents import Document
from contactpoint.search.engines.base import UnavailableError
from contactpoint.search.sources import documents

FOUND: Final = 20
"""Things that a search offers."""
MOST_CHOSEN: Final = 200


@require_http_methods(["GET", "HEAD", "POST"])
@asks_for(CHANGE)
@transaction.atomic
def what_is_new(request: HttpRequest, pk: int) -> HttpResponse:
    """What is new and not in the issue yet, or what a search finds; ticked things are put in."""
    rows = Issue.objects.select_for_update() if request.method == "POST" else Issue.objects.all()
    found = get_object_or_404(rows, pk=pk)
    if found.state != Issue.State.DRAFT:
        messages.warning(request, _("Only a draft can be changed. Call it back first."))
        return back(pk, request)
    if request.method == "POST":
        return _put_in(request, found)
    words = request.GET.get("q", "").strip()[:200]
    by_theme = request.GET.get("by") == "theme"
    some, problem = _searched(words) if words else (gathered(found.since), "")
    known = keys_in(found)
    new = [one for one in some if one.key not in known]
    context = framed(
        _("What is new"),
        (INDEX, _("Newsletter")),
        (reverse("newsletter_issue", args=[pk]), str(found)),
        issue=found,
        words=words,
        by_theme=by_theme,
        problem=problem,
        groups=_found(new) if words else _grouped(new, by_theme=by_theme),
    )
    return render(request, "dissemination/newsletter/admin/new.html", context)


@require_POST
@asks_for(CHANGE)
@transaction.atomic
def arrange_anew(request: HttpRequest, pk: int) -> HttpResponse:
    """By kind or by theme; what editors wrote stays with its item."""
    found = get_object_or_404(Issue.objects.select_for_update(), pk=pk)
    if found.state != Issue.State.DRAFT:
        messages.warning(request, _("Only a draft can be changed. Call it back first."))
        return back(pk, request)
    rearrange(found, by_theme=request.POST.get("by") == "theme")
    found.save()
    messages.success(request, _("The items stand in new sections."))
    return back(pk, request)


def _searched(words: str) -> tuple[list[Candidate], str]:
    language = get_language() or FALLBACK_LANGUAGE
    try:
        keys = [one.key for one in ask(words, language, limit=FOUND, counted=()).results]
    except UnavailableError:
        return [], _("The search is away just now. Ask again in some minutes.")
    things = {thing.key: thing for thing in documents(keys) if thing.versions}
    return [Candidate(things[key], about_of(things[key]), ()) for key in keys if key in things], ""


def _found(some: Sequence[Candidate]) -> list[dict[str, Any]]:
    """What fits best first; each goes to the section of its kind all the same."""
    language = get_language() or FALLBACK_LANGUAGE
    rows = [_row(one, one.about, language) for one in some]
    return [{"heading": _("Found"), "rows": rows}] if rows else []


def _grouped(some: Sequence[Candidate], *, by_theme: bool) -> list[dict[str, Any]]:
    labels = dict(section_choices())
    language = get_language() or FALLBACK_LANGUAGE
    found: dict[str, list[dict[str, Any]]] = {}
    for one in some:
        about = one.by_theme if by_theme else one.about
        found.setdefault(about, []).append(_row(one, about, language))
    return [{"heading": labels.get(about, ""), "rows": rows} for about, rows in found.items()]


def _row(one: Candidate, about: str, language: str) -> dict[str, Any]:
    known = {version.language: version for version in one.thing.versions}
    version = known.get(language) or known.get(FALLBACK_LANGUAGE) or one.thing.versions[0]
    return {
        "value": f"{about}|{one.key}",
        "title": version.title,
        "language": version.title_language or version.language,
        "url": version.url,
        "day": one.thing.day,
        "languages": sorted(known),
    }


def _put_in(request: HttpRequest, found: Issue) -> HttpResponse:
    chosen: dict[str, list[Document]] = {}
    asked = dict(one.split("|", 1)[::-1] for one in request.POST.getlist("thing") if "|" in one)
    known = dict(section_choices())
    for thing in documents(list(asked)[:200]):
        about = asked[thing.key]
        if thing.versions:
            own = Candidate(thing, about, ())
            chosen.setdefault(own.about if own.about in known else "", []).append(thing)
    number = put_in(found, chosen)
    if number:
        found.save()
        messages.success(
            request, _("%(number)d put in, at the end of their sections.") % {"number": number}
        )
    return HttpResponseRedirect(reverse("newsletter:edit", args=[found.pk]))
