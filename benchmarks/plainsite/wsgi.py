"""The comparisons as WSGI applications: plain Wagtail, the same with Django's page cache, and a
function that gives bytes it was started with."""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from unittest import mock

CACHED = "django.middleware.cache.UpdateCacheMiddleware"
FETCHED = "django.middleware.cache.FetchFromCacheMiddleware"


def _made(*, cached: bool) -> Any:
    import django  # noqa: PLC0415 — the environment comes first
    from django.conf import settings  # noqa: PLC0415
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415

    django.setup()  # its checks want the portal's own middleware
    outermost, *rest = settings.PLAIN_MIDDLEWARE
    middleware = [outermost, CACHED, *rest, FETCHED] if cached else settings.PLAIN_MIDDLEWARE
    with mock.patch.object(settings, "MIDDLEWARE", middleware):
        return WSGIHandler()


def _bytes() -> Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]:
    told = json.loads(Path(os.environ["BARE_PAGES"]).read_text())
    pages = {
        path: ([tuple(one) for one in page["headers"]], [bytes.fromhex(page["body"])])
        for path, page in told.items()
    }

    def bare(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        headers, body = pages[environ["PATH_INFO"]]
        start("200 OK", headers)
        return body

    return bare


match os.environ["PLAINSITE"]:
    case "bare":
        application = _bytes()
    case which:
        application = _made(cached=which == "cached")
