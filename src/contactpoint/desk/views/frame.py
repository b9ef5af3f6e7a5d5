"""What the desk's pages share: where they stand, how they are paged, whose pages they show."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from contactpoint.outputs.rights import editable

PER_PAGE: Final = 50


def context(title: str, **more: Any) -> dict[str, Any]:
    """Title and breadcrumbs."""
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": "", "label": title},
    ]
    return {"page_title": title, "header_title": title, "breadcrumbs_items": crumbs, **more}


def paged(request: HttpRequest, rows: Any) -> dict[str, Any]:
    """The page `p` of rows."""
    paginator = WagtailPaginator(rows, PER_PAGE)
    page = paginator.get_page(request.GET.get("p"))
    elided = paginator.get_elided_page_range(page.number)
    return {"page_obj": page, "items": page, "elided_page_range": elided}


def draft_for(request: HttpRequest, pk: int) -> Any:
    """The newest draft of a page that the visitor may edit."""
    page = get_object_or_404(Page.objects.filter(depth__gt=1), pk=pk).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page.get_latest_revision_as_object()


def require_writer(request: HttpRequest) -> None:
    """Only for whoever may change pages."""
    if not page_permission_policy.user_has_any_permission(request.user, {"add", "change"}):
        raise PermissionDenied


def may_change(request: HttpRequest) -> Any:
    """The pages that the visitor may edit."""
    return editable(request.user)
