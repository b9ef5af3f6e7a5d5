"""The one address of the protocol."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, cast

from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from contactpoint.api import limiting
from contactpoint.api.harvesting.asking import Asked, OaiError, given, read
from contactpoint.api.harvesting.formats import FORMATS
from contactpoint.api.harvesting.listing import cannot_be_told, one, page
from contactpoint.api.harvesting.models import Harvested
from contactpoint.api.harvesting.sets import known_sets
from contactpoint.api.harvesting.writing import Answer

METHODS: Final = "GET, HEAD, POST, OPTIONS"
MEDIA_TYPE: Final = "text/xml; charset=utf-8"
_UNTOLD: Final = ("badVerb", "badArgument")
"""Errors with which the arguments are not told back (section 3.2)."""
_pack: Final = GZipMiddleware(lambda _request: HttpResponse()).process_response
View = Callable[[HttpRequest], HttpResponse]


def harvested(view: View) -> View:
    """Open to any site; refused, as the protocol has it, where a place asks too much."""

    @csrf_exempt  # nothing is done here, so there is nothing to be tricked into
    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        left = limiting.counted(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Allow"] = response["Access-Control-Allow-Methods"] = METHODS
        elif request.method not in ("GET", "HEAD", "POST"):
            response = HttpResponse(status=405, headers={"Allow": METHODS})
        elif left.is_over:
            response = HttpResponse(
                f"One place may ask {left.limit} times a minute.\n", "text/plain", status=503
            )
            response["Retry-After"] = str(left.reset)
            # Django writes an error down for each 5xx; this one is meant, and nobody's fault.
            response._has_been_logged = True  # type: ignore[attr-defined]
        else:
            response = view(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        response["Cache-Control"] = "no-store"
        patch_vary_headers(response, ["Accept-Encoding"])
        return cast(HttpResponse, _pack(request, response))

    return answered


@harvested
def oai(request: HttpRequest) -> HttpResponse:
    """Every request of the protocol. An error of it is an answer like any other (section 3.6)."""
    asked = None
    try:
        asked = read(given(request))
        answer = Answer({"verb": asked.verb, **asked.arguments})
        _VERBS[asked.verb](asked, answer)
    except OaiError as problem:
        is_told = asked is not None and problem.code not in _UNTOLD
        arguments: dict[str, Any] = (
            {"verb": asked.verb, **asked.arguments} if asked is not None and is_told else {}
        )
        answer = Answer(arguments)
        answer.error(problem.code, problem.sentence)
    return HttpResponse(answer.done(), content_type=MEDIA_TYPE)


def _identify(_asked: Asked, answer: Answer) -> None:
    answer.identify(Harvested.objects.aggregate(first=Min("stamp"))["first"])


def _formats(asked: Asked, answer: Answer) -> None:
    if identifier := asked.arguments.get("identifier"):
        one(identifier)
    answer.formats()


def _sets(asked: Asked, answer: Answer) -> None:
    if asked.token:
        raise OaiError("badResumptionToken", "All sets stand on one page.")
    answer.sets(known_sets())


def _record(asked: Asked, answer: Answer) -> None:
    record = one(asked.arguments["identifier"])
    prefix = asked.arguments["metadataPrefix"]
    if prefix not in FORMATS:
        raise cannot_be_told(prefix)
    answer.one(record, prefix)


def _list(asked: Asked, answer: Answer) -> None:
    answer.page(asked.verb, page(asked))


_VERBS: Final[dict[str, Callable[[Asked, Answer], None]]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _record,
    "ListIdentifiers": _list,
    "ListRecords": _list,
}
