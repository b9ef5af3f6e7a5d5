"""Asks before an event with people on its list is deleted or unpublished; in Wagtail's own way.

Wagtail calls what stands here before it acts. Where somebody counts on an event, it is not done
until the choice has been made; the question sends the form again that brought it here.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from contactpoint.events.withdrawing import expected, withdraw
from contactpoint.kit.admin_pages import framed

TELL: Final = "tell_the_list"
NAME: Final = "confirm_site_name"
CHOICES: Final = ("yes", "no")
_OF_PAGES: Final = ("delete", "unpublish")


def before_deleting(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Also where the page is only looked at: whoever deletes shall know before, not after."""
    return _ask_first(request, [page], is_deleted=True)


def before_unpublishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Pages below go with it if that was ticked."""
    with_all = bool(request.POST.get("include_descendants"))
    return _ask_first(request, [page], is_deleted=False, below=with_all)


def before_many(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """The same where pages are ticked in a list."""
    pages = [one for one in objects if isinstance(one, Page)]
    if action_type not in _OF_PAGES or not pages:
        return None
    with_all = action_type == "delete" or bool(request.POST.get("include_descendants"))
    return _ask_first(request, pages, is_deleted=action_type == "delete", below=with_all)


def _ask_first(
    request: HttpRequest, pages: list[Page], *, is_deleted: bool, below: bool = True
) -> HttpResponse | None:
    found = expected(pages, below=below)
    if not found:
        return None
    choice = request.POST.get(TELL, "") if request.method == "POST" else ""
    many = is_deleted and _are_many(pages)
    if not choice or (many and request.POST.get(NAME) != settings.WAGTAIL_SITE_NAME):
        return _question(request, found, is_deleted=is_deleted, asks_name=many)
    if choice not in CHOICES:
        raise BadRequest("No such choice.")
    for one in found:
        withdraw(one.event, is_told=choice == "yes")
        action = "events.withdrawn_told" if choice == "yes" else "events.withdrawn_untold"
        log(instance=one.event, action=action, user=request.user, data={"people": one.people})
    return None


def _are_many(pages: list[Page]) -> bool:
    """Whether Wagtail asks for the name of the site before so much goes; it asks later than this,
    and does nothing then without."""
    limit = getattr(settings, "WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT", 10)
    return sum(page.get_descendant_count() + 1 for page in pages) >= limit


def _question(
    request: HttpRequest, found: list[Any], *, is_deleted: bool, asks_name: bool
) -> HttpResponse:
    """What the form said is sent again with the choice."""
    title = _("People have registered")
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in (TELL, NAME, "csrfmiddlewaretoken")
        for value in values
    ]
    next_url = request.GET.get("next", "")
    if next_url and request.method != "POST":
        kept.append(("next", next_url))
    context = framed(
        title,
        expected=found,
        people=sum(one.people for one in found),
        is_deleted=is_deleted,
        kept=kept,
        field=TELL,
        name_field=NAME if asks_name else "",
        site_name=settings.WAGTAIL_SITE_NAME,
    )
    return render(request, "events/admin/taking_away.html", context)
