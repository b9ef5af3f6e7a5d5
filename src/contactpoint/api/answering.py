"""What every address of the interface does with a request, whatever it tells.

Asked by any origin, and no cookie is looked at; refused where a place asks too much; not sent again
to whoever has it; packed for whoever takes it so. Problems are told as problems.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from contactpoint.api import limiting, problems
from contactpoint.api.problems import ProblemError

EXPOSED: Final = (
    "ETag, Link, Location, RateLimit, RateLimit-Limit, RateLimit-Policy, RateLimit-Remaining, "
    "RateLimit-Reset, Retry-After, WWW-Authenticate"
)
LINKED_DATA: Final = "application/ld+json"
ENGLISH: Final = "en"
_CORS: Final[dict[str, str]] = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": EXPOSED,
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_ASKED: Final = "Accept, If-Modified-Since, If-None-Match"
_SENT: Final = f"{_ASKED}, Authorization, Content-Type, Idempotency-Key"
_pack: Final = GZipMiddleware(lambda _request: HttpResponse()).process_response
View = Callable[..., HttpResponse]


def answering(*methods: str) -> Callable[[View], View]:
    """Wraps a view that takes these methods."""
    allowed = ", ".join((*methods, "OPTIONS"))
    preflight = {
        "Allow": allowed,
        "Access-Control-Allow-Methods": allowed,
        "Access-Control-Allow-Headers": _ASKED if methods == _READING else _SENT,
        "Access-Control-Max-Age": "86400",
    }

    def wrapped(view: View) -> View:
        @csrf_exempt  # no cookie is looked at, so no browser can be tricked into sending one
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "OPTIONS":
                response = HttpResponse(status=204)
                for name, value in (_CORS | preflight).items():
                    response[name] = value
                return response
            left = limiting.counted(request)
            with override(ENGLISH):  # nothing here depends on the browser's languages
                response = _answer(view, request, left, methods, *args, **kwargs)
            response.is_in_all_languages = True  # type: ignore[attr-defined]
            for name, value in (_CORS | left.headers()).items():
                response[name] = value
            patch_vary_headers(response, ["Accept", "Accept-Encoding"])
            return cast(HttpResponse, _pack(request, response))

        return answered

    return wrapped


_READING: Final = ("GET", "HEAD")
reading: Final = answering(*_READING)
"""Wraps a view that only reads."""


def _answer(
    view: View,
    request: HttpRequest,
    left: limiting.Left,
    methods: Sequence[str],
    *args: Any,
    **kwargs: Any,
) -> HttpResponse:
    try:
        if request.method not in methods:
            raise ProblemError(
                "method-not-allowed",
                f"{request.method} does nothing here; use {' or '.join(methods)}.",
                headers={"Allow": ", ".join((*methods, "OPTIONS"))},
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


def failed(request: HttpRequest) -> HttpResponse:
    """What nobody foresaw, wherever it happened, so that a program can read that, too."""
    problem = ProblemError(
        "unforeseen",
        "The fault is ours and has been written down. Ask again later; if it stays, write to us "
        "with this address.",
    )
    return _problem(problem)


def away() -> HttpResponse:
    """The database does not answer."""
    detail = "The database does not answer at the moment. Ask again in some seconds."
    return _problem(ProblemError("unavailable", detail))


def _problem(problem: ProblemError) -> HttpResponse:
    response = problems.response(problem)
    response.is_in_all_languages = True  # type: ignore[attr-defined]
    for name, value in _CORS.items():
        response[name] = value
    return response


def personal(request: HttpRequest, said: Any, *, status: int = 200) -> HttpResponse:
    """Something that only the bearer of a token is told; no cache that others share keeps it."""
    response = told(request, said) if status == 200 else HttpResponse(_written(said), status=status)
    response["Content-Type"] = "application/json"
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Authorization"])
    return response


def _written(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def told(
    request: HttpRequest,
    said: Any,
    *,
    links: Mapping[str, str] | None = None,
    media_type: str = "application/json",
) -> HttpResponse:
    """Something as JSON, or that it is what the reader has already; `links` are by relation.

    A cache may keep it and asks each time whether it is still so: what is taken off the web is
    gone from here at once. There is no `Last-Modified`: when something was taken away nobody
    keeps, so by moments what is left would seem unchanged.
    """
    content = _written(said)
    if media_type == "application/json" and prefers_linked_data(request):
        media_type = LINKED_DATA
    # The same words under another media type are another representation.
    named = content if media_type == "application/json" else content + media_type.encode()
    etag = f'"{hashlib.blake2b(named, digest_size=16).hexdigest()}"'
    response = HttpResponse(content, content_type=media_type)
    response["ETag"] = etag
    if links:
        response["Link"] = ", ".join(f'<{url}>; rel="{name}"' for name, url in links.items())
    response["Cache-Control"] = "public, no-cache"
    answer = get_conditional_response(request, etag=etag, response=response)
    if isinstance(answer, HttpResponseNotModified) or answer is response:
        return answer
    return response  # a precondition that only makes sense for writing


def prefers_linked_data(request: HttpRequest) -> bool:
    """Whether JSON is wanted under the name that JSON-LD has; where both are as welcome, not."""
    wanted = request.get_preferred_type(["application/json", LINKED_DATA])
    return wanted == LINKED_DATA
