"""The newsletter in public: every issue that left, a page for each, and a feed."""

import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.dissemination.models import IssueEdition
from contactpoint.dissemination.newsletter.editions import shown
from contactpoint.dissemination.newsletter.mails import borrowed
from contactpoint.dissemination.newsletter.shapes import Edition, read
from contactpoint.kit.context import translations, view_context
from contactpoint.kit.feeds import (
    MOST_ITEMS,
    NEVER,
    Feed,
    Item,
    answered,
    refused,
    under,
    unfiltered,
)
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link
from contactpoint.kit.pagination import AddressedPaginator, Slices
from contactpoint.outputs.feeds import KEEPING

PER_PAGE = 20


def _rows(language: str) -> Any:
    left = IssueEdition.objects.filter(language=language, issue__number__isnull=False)
    return left.select_related("issue").order_by("-issue__sent_at", "-pk")


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """All issues, the newest first."""
    language = _language()
    rows = _rows(language)
    slices = Slices(rows.count(), lambda start, stop: [_told(one) for one in rows[start:stop]])
    pages = AddressedPaginator(slices, PER_PAGE, path=request.path, query=request.GET)
    page = pages.asked(request.GET)
    page.object_list = list(page.object_list)
    context = {
        **view_context(request),
        "issues": page,
        "previous_url": page.previous_url,
        "next_url": page.next_url,
        "feed_url": f"/{language}/newsletter/feed.atom",
        "subscribe_url": f"/{language}/follow/?newsletter=main",
    }
    return render(request, "dissemination/newsletter/archive.html", context)


@require_safe
def issue(request: HttpRequest, number: int) -> HttpResponse:
    """One issue as it was sent, without what readers may not see any more."""
    language = _language()
    rows = {row.language: row for row in IssueEdition.objects.filter(issue__number=number)
            .select_related("issue")}  # fmt: skip
    row = rows.get(language)
    if row is None:
        raise Http404
    edition = shown([read(row.content)])[0]
    context = {
        **view_context(request, Link(_("Newsletter"), f"/{language}/newsletter/")),
        "translations": translations({code: f"/{code}/newsletter/{number}/" for code in rows}),
        "edition": edition,
        "sent_at": row.issue.sent_at,
        "borrowed": borrowed(edition),
        "feed_url": f"/{language}/newsletter/feed.atom",
        "subscribe_url": f"/{language}/follow/?newsletter=main",
    }
    return render(request, "dissemination/newsletter/issue.html", context)


@require_safe
def feed(request: HttpRequest, ending: str) -> HttpResponse:
    """The newest issues; an entry leads to the page of an issue."""
    if unknown := unfiltered(request.GET):
        return refused(unknown)
    language = _language()
    path = under(request)
    made = Feed(
        title=_("Newsletter"),
        language=language,
        page_url=path,
        under=path,
        description=_("Every issue of the newsletter."),
        items=[_entry(row, language) for row in _rows(language)[:MOST_ITEMS]],
    )
    return answered(request, made, ending, KEEPING)


def _entry(row: IssueEdition, language: str) -> Item:
    """The same key in every language, as of all items."""
    edition = read(row.content)
    sent_at = row.issue.sent_at
    others = [code for code, _name in settings.LANGUAGES if code != language]
    return Item(
        key=uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.BASE_URL}/newsletter/{edition.number}"),
        title=edition.title,
        url=settings.BASE_URL + edition.path,
        summary=_opening(edition),
        summary_language=edition.introduction_language,
        published=sent_at,
        updated=sent_at or NEVER,
        alternates={
            code: f"{settings.BASE_URL}/{code}/newsletter/{edition.number}/" for code in others
        },
    )


def _told(row: IssueEdition) -> dict[str, Any]:
    edition = read(row.content)
    return {
        "url": edition.path,
        "title": edition.title,
        "number": edition.number,
        "sent_at": row.issue.sent_at,
        "opening": _opening(edition),
        "opening_language": edition.introduction_language,
    }


def _opening(edition: Edition) -> str:
    """The first paragraph of the editors. Titles of things aren't told here: each of them would
    have to be asked for."""
    return " ".join(edition.paragraphs[0].split()) if edition.paragraphs else ""


def _language() -> str:
    return get_language() or FALLBACK_LANGUAGE
