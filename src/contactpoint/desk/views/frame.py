"""What the desk's pages share: whose pages they show."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from contactpoint.outputs.rights import editable


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
