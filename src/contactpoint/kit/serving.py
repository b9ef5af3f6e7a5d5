"""Serves pages in few queries: one finds the page and all around it, one fetches it whole.

Only the common case is served here: a published page that every reader may see. Whatever is unusual
(a page with routes of its own, a closed page, nothing there) is left to Wagtail's own view.
"""

from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import re_path
from django.utils import timezone
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.urls import serve_pattern
from wagtail.views import serve as wagtail_serve
from wagtail.views import serve_chain
from wagtail.wagtail_hooks import check_view_restrictions

from contactpoint.kit.locating import Location, locate
from contactpoint.kit.prepared import rows


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at `path` under the front page of the active language."""
    location = locate(request, get_language() or "", path)
    if location is None or not location.row.live or location.row.is_restricted:
        return cast(HttpResponse, wagtail_serve(request, path))
    if location.row.expire_at and location.row.expire_at <= timezone.now():
        raise Http404
    page = _fetch(location)
    if page is None:
        return cast(HttpResponse, wagtail_serve(request, path))
    request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    request.location = location  # type: ignore[attr-defined]
    chain = serve_chain
    for hook in reversed(hooks.get_hooks("on_serve_page")):
        # The query that found the page has said already that nobody is kept from it.
        chain = chain if hook is check_view_restrictions else hook(chain)
    for hook in hooks.get_hooks("before_serve_page"):
        answer = hook(page, request, (), {})
        if isinstance(answer, HttpResponse):
            return answer
    return cast(HttpResponse, chain(page, request, (), {}))


def _fetch(location: Location) -> Page | None:
    """The page in its own class; None for a class that routes by itself or no longer exists."""
    model: Any = ContentType.objects.get_for_id(location.row.content_type_id).model_class()
    if model is None or model.route is not Page.route:
        return None
    names = [field.attname for field in model._meta.concrete_fields]
    found = rows(
        ("page", model),
        lambda values: model._base_manager.order_by().filter(pk=values[0]).values_list(*names),
        [location.row.pk],
    )
    return cast(Page, model.from_db(DEFAULT_DB_ALIAS, names, found[0])) if found else None


urlpatterns = [re_path(serve_pattern, serve)]
