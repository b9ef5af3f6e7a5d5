"""Which requests come from somebody who looks at what is answered; nothing of them is kept."""

from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest

_FORESEEN: Final = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
_FORESEEN_IN_WSGI: Final = tuple(f"HTTP_{name.upper().replace('-', '_')}" for name in _FORESEEN)
_PROGRAMS: Final = (
    *("bot", "crawl", "spider", "slurp", "preview", "monitor", "facebookexternalhit"),
    *("curl", "wget", "python", "httpx", "aiohttp", "go-http-client", "java/", "headless"),
)


def is_wanted(request: HttpRequest) -> bool:
    """Whether a page is asked for to be looked at: not by a browser ahead of need, not by a program
    that names itself one."""
    if request.method != "GET" or any(request.headers.get(name) for name in _FORESEEN):
        return False
    agent = request.headers.get("User-Agent", "").lower()
    return not any(word in agent for word in ("bot", "crawl", "spider"))


def is_read(request: HttpRequest) -> bool:
    """The same, stricter: whoever says nothing of the browser is taken for a program, and who is
    signed in for an editor at work. The public pages set no cookie, so nobody else has one."""
    agent = request.headers.get("User-Agent", "").lower()
    if not agent or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    return is_wanted(request) and not any(word in agent for word in _PROGRAMS)


def is_read_unseen(environ: dict[str, Any]) -> bool:
    """The same of a request that no view sees: a GET without our cookies, for a kept page."""
    if environ["REQUEST_METHOD"] != "GET":
        return False
    for name in _FORESEEN_IN_WSGI:  # not by `any`, which takes longer than all the rest
        if environ.get(name):
            return False
    return _is_browser(environ.get("HTTP_USER_AGENT", ""))


@lru_cache(maxsize=1024)
def _is_browser(agent: str) -> bool:
    agent = agent.lower()
    return bool(agent) and not any(word in agent for word in _PROGRAMS)
