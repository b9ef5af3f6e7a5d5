"""Every language of an item, and its feed entry, as they will be: from the newest drafts."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from contactpoint.desk.views import frame
from contactpoint.kit.admin_pages import framed
from contactpoint.outputs.models import Output
from contactpoint.outputs.models.output import ENTRY
from contactpoint.outputs.previewing import entry_of


@require_safe
def languages(request: HttpRequest, pk: int) -> HttpResponse:
    """The item in each of its languages, with its card and its feed entry."""
    page = frame.draft_for(request, pk)
    context = framed(
        _("Preview: %(title)s") % {"title": page.draft_title or page.title},
        page=page,
        versions=[_version(request, one) for one in _versions(page)],
        missing=_missing(page),
    )
    return render(request, "desk/admin/previews.html", context)


@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest draft as lists and feeds will show it."""
    page = frame.draft_for(request, pk)
    if not isinstance(page, Output):
        raise Http404
    shown: HttpResponse = page.make_preview_request(request, ENTRY)
    return shown


def _versions(page: Page) -> list[Page]:
    order = [code for code, _name in settings.LANGUAGES]
    found = Page.objects.filter(translation_key=page.translation_key).select_related("locale")
    versions = [one.specific for one in found]
    return sorted(versions, key=lambda one: order.index(one.locale.language_code))


def _missing(page: Page) -> list[str]:
    there = Page.objects.filter(translation_key=page.translation_key)
    known = set(there.values_list("locale__language_code", flat=True))
    return [name for code, name in settings.LANGUAGES if code not in known]


def _version(request: HttpRequest, page: Any) -> dict[str, Any]:
    """What is known of one language; whoever may not edit it sees what is published, if it is."""
    may_edit = page.permissions_for_user(request.user).can_edit()
    draft = page.get_latest_revision_as_object() if may_edit else page
    shows = isinstance(draft, Output) and (may_edit or page.live)
    return {
        "page": draft,
        "language": page.locale.language_code,
        "name": dict(settings.LANGUAGES).get(page.locale.language_code),
        "may_edit": may_edit,
        "entry": entry_of(draft) if shows else None,
    }
