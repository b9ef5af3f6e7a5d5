"""What every address of the interface does with a request, whatever it tells.

Only reading, by any origin and without asking who reads; refused where a place asks too much; not
sent again to whoever has it; packed for whoever takes it so. Problems are told as problems.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from contactpoint.api import limiting, problems
from contactpoint.api.problems import ProblemError

METHODS: Final = "GET, HEAD, OPTIONS"
EXPOSED: Final = (
    "ETag, Last-Modified, Link, RateLimit-Limit, RateLimit-Policy, RateLimit-Remaining, "
    "RateLimit-Reset, Retry-After"
)
_CORS: Final[dict[str, str]] = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": EXPOSED,
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_PREFLIGHT: Final[dict[str, str]] = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_pack: Final = GZipMiddleware(lambda _request: HttpResponse()).process_response
View = Callable[..., HttpResponse]


def reading(view: View) -> View:
    """Wraps a view that only reads."""

    @csrf_exempt  # nothing is done here, so there is nothing to be tricked into
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            for name, value in (_CORS | _PREFLIGHT).items():
                response[name] = value
            return response
        left = limiting.counted(request)
        response = _answer(view, request, left, *args, **kwargs)
        for name, value in (_CORS | left.headers()).items():
            response[name] = value
        patch_vary_headers(response, ["Accept-Encoding"])
        return cast(HttpResponse, _pack(request, response))

    return answered


def _answer(
    view: View, request: HttpRequest, left: limiting.Left, *args: Any, **kwargs: Any
) -> HttpResponse:
    try:
        if request.method not in ("GET", "HEAD"):
            raise ProblemError(
                "method-not-allowed",
                f"{request.method} does nothing here; use GET or HEAD.",
                headers={"Allow": METHODS},
            )
        if left.is_over:
            raise ProblemError(
                "too-many-requests",
                f"Here one place may ask {left.limit} times a minute. "
                f"Ask again in {left.reset} seconds.",
                headers={"Retry-After": str(left.reset)},
            )
        return view(request, *args, **kwargs)
    except ProblemError as problem:
        return problems.response(problem)


def told(
    request: HttpRequest,
    said: Any,
    *,
    changed: datetime | None = None,
    links: Mapping[str, str] | None = None,
    media_type: str = "application/json",
) -> HttpResponse:
    """Something as JSON, or that it is what the reader has already; `links` are by relation.

    A cache may keep it and asks each time whether it is still so: what is taken off the web is
    gone from here at once.
    """
    content = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
    response = HttpResponse(content, content_type=media_type)
    stamp = int(changed.timestamp()) if changed else None
    response["ETag"] = etag
    if stamp is not None:
        response["Last-Modified"] = http_date(stamp)
    if links:
        response["Link"] = ", ".join(f'<{url}>; rel="{name}"' for name, url in links.items())
    response["Cache-Control"] = "public, no-cache"
    answer = get_conditional_response(request, etag=etag, last_modified=stamp, response=response)
    if isinstance(answer, HttpResponseNotModified) or answer is response:
        return answer
    return response  # a precondition that only makes sense for writing
