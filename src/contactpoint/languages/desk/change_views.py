"""What changed in an original since its translations were made; which of it is cosmetic."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages as wagtail_messages
from wagtail.log_actions import log
from wagtail.models import Page

from contactpoint.languages.desk.board_views import crumbs
from contactpoint.languages.desk.rights import may_edit
from contactpoint.languages.differences import OLDER, Difference
from contactpoint.languages.following import mark_cosmetic
from contactpoint.languages.listening import compared
from contactpoint.languages.models import Standing
from contactpoint.languages.worddiff import Piece, word_diff
from contactpoint.outputs.models import Output


@dataclass(slots=True)
class Change:
    """One change of the original, and the languages of the translations that it makes older."""

    key: str
    kind: str
    pieces: list[Piece]
    languages: list[str] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """All of them; a POST says which changed no meaning."""
    page = get_object_or_404(Page, pk=pk).specific
    if not may_edit(request.user, page):
        raise PermissionDenied
    if request.method == "POST":
        keys = request.POST.getlist("cosmetic")
        number = mark_cosmetic(page, keys) if keys else 0
        if number:
            log(instance=page, action="languages.cosmetic", user=request.user)
            messages.success(request, _("Translations are not older by these changes."))
        return HttpResponseRedirect(reverse("languages_changes", args=[pk]))
    context = crumbs(page.get_admin_display_title()) | {
        "page": page,
        "changes": changes_of(page),
        "language": page.locale.language_code,
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
    return render(request, "languages/admin/changes.html", context)


def changes_of(page: Page) -> list[Change]:
    """What makes translations older than this page; one query."""
    found: dict[str, Change] = {}
    standings = Standing.objects.filter(original=page.pk, outdated__gt=0)
    for standing in standings.select_related("page__locale").order_by("pk"):
        for one in (Difference(**each) for each in standing.differences):
            if one.kind in OLDER:
                change = Change(one.key, one.kind, word_diff(one.was, one.now))
                code = standing.page.locale.language_code
                found.setdefault(one.key, change).languages.append(code)
    return list(found.values())


def ask_after_publishing(request: HttpRequest, page: Page) -> None:
    """Tells who has published an original that translations are older now, and where to say no.

    Who has published a translation learns what it still has to follow.
    """
    if not isinstance(page, Output) or not page.live:
        return
    older = [each for each in compared(page) if each.outdated]
    for mine in (each for each in older if each.pk == page.pk):
        _remind(request, mine)
    older = [each for each in older if each.original_id == page.pk]
    if not older:
        return
    number = len({key for each in older for key in _keys(each)})
    text = ngettext(
        "%(count)s paragraph changed since its translations were made. "
        "Readers of those are told, unless it changed no meaning.",
        "%(count)s paragraphs changed since their translations were made. "
        "Readers of those are told, unless they changed no meaning.",
        number,
    )
    button = wagtail_messages.button(
        reverse("languages_changes", args=[page.pk]), _("See the changes")
    )
    wagtail_messages.info(request, text % {"count": number}, buttons=[button])


def _remind(request: HttpRequest, standing: Standing) -> None:
    text = ngettext(
        "%(count)s change of the original is not followed here yet.",
        "%(count)s changes of the original are not followed here yet.",
        standing.outdated,
    )
    url = reverse("languages_beside", args=[standing.pk])
    button = wagtail_messages.button(url, _("See the changes"))
    wagtail_messages.info(request, text % {"count": standing.outdated}, buttons=[button])


def _keys(standing: Standing) -> list[Any]:
    return [
        one.key
        for one in (Difference(**each) for each in standing.differences)
        if one.kind in OLDER
    ]
