"""Reading without internet: the page that explains it, and what its script and its worker fetch.

Nothing is stored, and no worker is there, before a reader has asked for it with the button; the
other button takes both away. The worker shows pages of the pack where the network does not answer.
"""

import json
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from contactpoint.guidance import sheet
from contactpoint.guidance.days import told
from contactpoint.guidance.everywhere import sizes
from contactpoint.guidance.everywhere.files import VOICE, VOICE_MP3, content, files
from contactpoint.guidance.everywhere.pack import Pack, pack
from contactpoint.guidance.everywhere.saved import saved
from contactpoint.guidance.pages.missing import nothing
from contactpoint.guidance.pages.visiting import Visit, answer, page, visit
from contactpoint.kit import headers

POLICY_NAME: Final = "guidance-worker"
"""The one name under which the page's script may say which script the worker is."""
NEUTRAL: Final = "neutral"
_ICONS: Final = (192, 512)
_PAPER: Final = "#fbfaf7"


@require_safe
def offline(request: HttpRequest, language: str) -> HttpResponse:
    """`/ar/guidance/offline/`. In the pack it says no sizes, since it would be part of them."""
    here = visit(request, language)
    packed = bool(request.GET.get("packed"))
    there = None if packed else pack(language)
    neutral = settings.GUIDANCE_NEUTRAL_TITLES or request.GET.get("name") == NEUTRAL
    told_sizes: dict[str, Any] = dict(_sizes(there, here)) if there else {}
    html = page(
        here,
        "guidance/everywhere/offline.html",
        title=here.words["offline_title"],
        path="offline/",
        app=here.at.of("offline/app.webmanifest") + _also(here, "name=neutral" if neutral else ""),
        neutral=neutral,
        neutral_url=here.at.of("offline/") + _also(here, "name=neutral"),
        patterns=sizes.patterns(language),
        is_soon=there is None and not packed,
        **told_sizes,
    )
    response = answer(request, here, html, keep=there is not None)
    response["Content-Security-Policy"] = _policy()
    return response


@require_safe
def none(request: HttpRequest, language: str) -> HttpResponse:
    """What the worker shows instead of a page that is not saved."""
    return _instead(request, language, "offline_none")


@require_safe
def unsent(request: HttpRequest, language: str) -> HttpResponse:
    """What the worker shows where a click could not be sent: that it was not counted."""
    return _instead(request, language, "report_lost")


def _instead(request: HttpRequest, language: str, said: str) -> HttpResponse:
    """A page that is saved to stand for others; `said` names its words."""
    here = visit(request, language)
    html = page(
        here,
        "guidance/everywhere/none.html",
        title=here.words["offline_title"],
        path="",
        said=here.words[said],
    )
    return answer(request, here, html)


@require_safe
def manifest(request: HttpRequest, language: str) -> HttpResponse:
    """The addresses of the pack with their hashes and sizes, and today's day in words. `?voice=mp3`
    is for phones that can't play Opus."""
    here = visit(request, language)
    there = pack(language)
    if there is None:
        return _soon(request, here)
    group = VOICE_MP3 if request.GET.get("voice") == "mp3" else VOICE
    said = there.manifest(files(group, language)) | {
        "offline_policy": _policy(),
        "day": told(timezone.now(), language, "long"),
    }
    return _data(request, here, json.dumps(said, ensure_ascii=False), "application/json")


@require_safe
def leaf(request: HttpRequest, language: str, digest: str) -> HttpResponse:
    """A part of the newest pack."""
    there = pack(language)
    found = there.leaf(digest) if there else None
    if found is None:
        return nothing(request, language)
    response = HttpResponse(found.sent, content_type="application/json")
    response["Content-Encoding"] = "gzip"
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def worker(request: HttpRequest, language: str) -> HttpResponse:
    """The worker, for the pages of this language and no others."""
    here = visit(request, language)
    code = content("guidance/everywhere/worker.js").decode()
    response = _data(request, here, code, "text/javascript")
    response["Service-Worker-Allowed"] = f"/{language}/guidance/"
    return response


@require_safe
def app(request: HttpRequest, language: str) -> HttpResponse:
    """What a phone has to know to put it on its first screen; under a neutral name if asked."""
    here = visit(request, language)
    neutral = settings.GUIDANCE_NEUTRAL_TITLES or request.GET.get("name") == NEUTRAL
    name = here.words["neutral_title" if neutral else "name"]
    said = {
        "id": here.at.in_language(language).as_variant("").front,
        "name": name,
        "short_name": name,
        "lang": language,
        "dir": here.language.direction,
        "start_url": here.at.front,
        "scope": here.at.as_variant("").front,
        "display": "minimal-ui",
        "background_color": _PAPER,
        "theme_color": _PAPER,
        "icons": [
            {
                "src": static(f"guidance/everywhere/{'plain' if neutral else 'mark'}-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
            }
            for size in _ICONS
        ],
    }
    text = json.dumps(said, ensure_ascii=False)
    return _data(request, here, text, "application/manifest+json")


@require_safe
def file(request: HttpRequest, language: str) -> HttpResponse:
    """All pages as one file that needs nothing beside it."""
    here = visit(request, language)
    there = pack(language)
    if there is None:
        return _soon(request, here)
    response = answer(request, here, saved(there, here.variant))
    name = "information" if settings.GUIDANCE_NEUTRAL_TITLES else "guidance"
    response["Content-Disposition"] = f'attachment; filename="{name}-{language}.html"'
    return response


def _sizes(there: Pack, here: Visit) -> dict[str, str]:
    """Of the pages, of the sound in both forms, and of the one file."""
    language = here.language.code
    bytes_of = {
        "size": there.size,
        "voice_size": sum(file.size for file in files(VOICE, language)),
        "voice_mp3_size": sum(file.size for file in files(VOICE_MP3, language)),
        "file_size": len(saved(there, here.variant).encode()),
    }
    return {name: sizes.told(size, language) for name, size in bytes_of.items() if size}


def _soon(request: HttpRequest, here: Visit) -> HttpResponse:
    """There is no pack yet: a fair word, and when to come again."""
    html = page(
        here,
        "guidance/everywhere/none.html",
        title=here.words["offline_title"],
        path="offline/",
        said=here.words["offline_soon"],
    )
    response = answer(request, here, html, status=503, keep=False)
    response["Retry-After"] = "120"
    return response


def _also(here: Visit, parameter: str) -> str:
    """A parameter behind an address, which may have one already."""
    return f"{'&' if here.variant else '?'}{parameter}" if parameter else ""


def _policy() -> str:
    """That of every page, but that one name may be used to say where the worker is."""
    return sheet.policy().replace(
        f"trusted-types {headers.PUBLIC['trusted-types']}", f"trusted-types {POLICY_NAME}"
    )


def _data(request: HttpRequest, here: Visit, text: str, kind: str) -> HttpResponse:
    response = answer(request, here, text)
    response["Content-Type"] = f"{kind}; charset=utf-8"
    response["Content-Security-Policy"] = headers.PUBLIC_POLICY
    response["Cache-Control"] = "no-cache"
    return response
