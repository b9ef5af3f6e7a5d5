"""Addresses of the admin that take the number of a page answer those who may read that page.

Wagtail narrows its lists, and lets a single page be looked at by whoever may open the list. Numbers
are counted up, so each view would have to ask; here all are asked for at once, before any of them.
"""

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from contactpoint.outputs.rights import readable, reads_all

ADMIN: Final = "/admin/"
NUMBERS: Final = frozenset(
    ("page_id", "page_pk", "parent_page_id", "page_to_move_id", "destination_id")
)
"""What Wagtail and its extensions call the number of a page in their addresses."""


class Visitor:
    """Who asks, where that is somebody from whom drafts are kept."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def drafts(self) -> frozenset[int]:
        """Those that they may read; asked for where the first draft is to be named."""
        drafts = readable(self.user, Page.objects.filter(live=False).order_by())
        return frozenset(drafts.values_list("pk", flat=True))


_visitor: ContextVar[Visitor | None] = ContextVar("visitor", default=None)


class ReadingMiddleware:
    """A page that somebody may not read is not there for them: 404, whatever the view does.

    Of a public page whose next version is being written, they meet the title that is public; a
    draft that stands beside what they may read, as related or much alike, has no title for them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ADMIN) or not request.user.is_authenticated:
            return self.get_response(request)
        token = _visitor.set(None if reads_all(request.user) else Visitor(request.user))
        try:
            return self.get_response(request)
        finally:
            _visitor.reset(token)

    def process_view(
        self, request: HttpRequest, _view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        """Called by Django when it knows what the address takes, before the view."""
        if _visitor.get() is None:
            return
        asked = set(_numbers(request, args, kwargs))
        there = Page.objects.filter(pk__in=asked).order_by()
        if readable(request.user, there).count() != there.count():
            raise Http404


def _numbers(request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> Iterator[int]:
    yield from (int(kwargs[name]) for name in NUMBERS & kwargs.keys())
    match = request.resolver_match
    if match and args and "wagtailadmin_pages" in match.namespaces:
        yield int(args[0])  # the one address with a pattern of its own compares two versions


def guard_numbers() -> None:
    """Called once, when Django starts: numbers elsewhere than in the path, and titles."""
    theirs_to_act_on = PageBulkAction.get_actionable_objects

    def get_actionable_objects(action: PageBulkAction) -> tuple[list[Page], dict[str, list[Page]]]:
        """It names those, too, that one has no right to act on."""
        pages, refused = theirs_to_act_on(action)
        without = refused["items_with_no_access"]
        asked = Page.objects.filter(pk__in=[page.pk for page in (*pages, *without)]).order_by()
        known = set(readable(action.request.user, asked).values_list("pk", flat=True))
        if not known:
            raise Http404
        refused["items_with_no_access"] = [page for page in without if page.pk in known]
        return [page for page in pages if page.pk in known], refused

    PageBulkAction.get_actionable_objects = get_actionable_objects
    theirs_to_show = Page.get_admin_display_title

    def get_admin_display_title(page: Page) -> str:
        """It is that of the newest draft, wherever a page is named in the admin."""
        visitor = _visitor.get()
        if visitor is not None and page.live:
            return str(page.title)
        if visitor is not None and page.pk and page.pk not in visitor.drafts:
            return _("Draft of others")
        return str(theirs_to_show(page))

    Page.get_admin_display_title = get_admin_display_title
