"""oEmbed 1.0 (oembed.com): given the address of a page of ours, the frame that shows it."""

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from contactpoint.api.embeds.frames import frame_of
from contactpoint.api.problems import MEDIA_TYPE
from contactpoint.kit.framing import MAX_AGE, SIZES, Framing
from contactpoint.search.engines.base import UnavailableError

NARROWEST, LOWEST = 120, 100


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """`url`, `maxwidth`, `maxheight`; `format` can only be json, as the pages say that name it."""
    if request.GET.get("format", "json") != "json":
        answer: HttpResponse = _refused(
            "This server answers in JSON only. Leave out “format”.", 501
        )
        # The standard wants 501, which Django would write down as a fault of ours.
        answer._has_been_logged = True  # type: ignore[attr-defined]
        return answer
    widest = _limit(request, "maxwidth", NARROWEST)
    highest = _limit(request, "maxheight", LOWEST)
    if widest is None or highest is None:
        return _refused("“maxwidth” and “maxheight” are whole numbers of pixels.", 400)
    url = request.GET.get("url", "")
    try:
        frame = frame_of(url) if urlsplit(url).netloc else None
    except (UnavailableError, ValueError):
        frame = None
    if frame is None or frame.problems:
        return _refused("There is nothing at that address that can be framed.", 404)
    size = _largest(widest, highest)
    width, height = min(SIZES[size][0], widest), min(SIZES[size][1], highest)
    answer = JsonResponse(
        {
            "version": "1.0",
            "type": "rich",
            "title": frame.title,
            "provider_name": settings.SITE_NAME,
            "provider_url": f"{settings.BASE_URL}/",
            "cache_age": MAX_AGE,
            "html": frame.code(Framing(size=size), width, height),
            "width": width,
            "height": height,
        },
        json_dumps_params={"ensure_ascii": False},
    )
    answer["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return _open(answer)


_UNLIMITED: Final = 10_000


def _limit(request: HttpRequest, name: str, least: int) -> int | None:
    """What may not be passed; None where it is no number."""
    given = request.GET.get(name, "")
    if not given:
        return _UNLIMITED
    if not (given.isascii() and given.isdecimal() and len(given) < 6):
        return None
    return max(int(given), least)


def _largest(widest: int, highest: int) -> str:
    fitting = [name for name, (width, height) in SIZES.items() if width <= widest]
    fitting = [name for name in fitting if SIZES[name][1] <= highest] or fitting
    return fitting[-1] if fitting else "small"


def _refused(sentence: str, status: int) -> HttpResponse:
    told = {"type": "about:blank", "title": sentence, "status": status}
    return _open(JsonResponse(told, status=status, content_type=MEDIA_TYPE))


def _open(answer: HttpResponse) -> HttpResponse:
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["X-Robots-Tag"] = "noindex"
    return answer
