"""Serves pages in few queries: one finds the page and all around it, one fetches it whole.

Only the common case is served here: a published page that every reader may see. Whatever is unusual
(a page with routes of its own, a closed page, nothing there) is left to Wagtail's own view.
"""

from dataclasses import replace
from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
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

from contactpoint.kit.elsewhere import crumbs_in, same_address
from contactpoint.kit.locating import Location, locate
from contactpoint.kit.prepared import rows
from contactpoint.kit.reads import read


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at `path` under the front page of the active language."""
    language = get_language() or ""
    location = locate(request, language, path)
    if location is None or not location.row.live:
        other = same_address(request, language, path)
        if other is not None and _is_offered(other.content_type_id):
            return HttpResponseRedirect(other.url)
        return cast(HttpResponse, wagtail_serve(request, path))
    if location.row.is_restricted:
        return cast(HttpResponse, wagtail_serve(request, path))
    if location.row.expire_at and location.row.expire_at <= timezone.now():
        raise Http404
    page = _fetch(location)
    if page is None:
        return cast(HttpResponse, wagtail_serve(request, path))
    return _show(
        request, page, replace(location, offered=_is_offered(location.row.content_type_id))
    )


def serve_elsewhere(request: HttpRequest, content: str, path: str) -> HttpResponse:
    """The page at `path` in the language `content`, with all around it in the reader's.

    Where it is there in the reader's language by now, or can't be read this way, its own address
    is told.
    """
    reader = get_language() or ""
    location = locate(request, content, path)
    if location is None or not location.row.visible:
        raise Http404
    own = location.translations.get(content)
    if reader in location.translations:
        return HttpResponseRedirect(location.translations[reader])
    page = _fetch(location) if _is_offered(location.row.content_type_id) else None
    if page is None or own is None:
        raise Http404
    around = crumbs_in(request, reader, path)
    answer = _show(request, page, replace(location, crumbs=around, reader=reader, offered=True))
    answer["Content-Language"] = content
    return answer


def _is_offered(content_type_id: int) -> bool:
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return bool(getattr(model, "offered_in_every_language", False))


def _show(request: HttpRequest, page: Page, location: Location) -> HttpResponse:
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
    answer = cast(HttpResponse, chain(page, request, (), {}))
    if answer.status_code == HTTPStatus.OK:
        read(request, page.pk)
    return answer


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


_LANGUAGES = "|".join(code for code, _name in settings.LANGUAGES)
urlpatterns = [
    re_path(rf"^(?P<content>{_LANGUAGES})/(?P<path>(?:[\w\-]+/)+)$", serve_elsewhere),
    re_path(serve_pattern, serve),
]
