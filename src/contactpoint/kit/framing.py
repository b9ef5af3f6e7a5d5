"""Pages of ours in frames of other sites: what they may do, how they look, how one copies them.

Such a page runs nothing and takes nothing: no script, no form, no cookie. It alone may be framed;
see `headers.EMBED_POLICY` and decision 47.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.html import escape
from django.utils.http import quote_etag, urlencode
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from contactpoint.kit.headers import EMBED_POLICY, PUBLIC, policy
from contactpoint.kit.labels import FALLBACK_LANGUAGE

MAX_AGE: Final = 300
KEEPING: Final = f"public, max-age={MAX_AGE}"
SANDBOX: Final = "allow-popups allow-popups-to-escape-sandbox"
"""What a frame has to do for its links, and nothing else."""
LOOKS: Final = {
    "auto": gettext_lazy("As the reader’s device"),
    "light": pgettext_lazy("colours of a frame", "Light"),
    "dark": pgettext_lazy("colours of a frame", "Dark"),
}
SIZES: Final = {"small": (320, 320), "medium": (480, 460), "wide": (720, 480)}
SIZE_LABELS: Final = {
    "small": pgettext_lazy("size of a frame", "Small"),
    "medium": pgettext_lazy("size of a frame", "Medium"),
    "wide": pgettext_lazy("size of a frame", "Wide"),
}
CHOOSER_POLICY: Final = policy({**PUBLIC, "frame-src": "'self'"})
"""For the page on which one sees a frame of ours before copying it."""


@dataclass(frozen=True, slots=True)
class Framing:
    """How somebody wants a frame. What nobody knows is passed over: a frame shows something."""

    look: str = "auto"
    size: str = "medium"

    @property
    def scheme(self) -> str:
        """The colour schemes as a browser is told of them."""
        return "light dark" if self.look == "auto" else self.look

    def parameters(self) -> list[tuple[str, str]]:
        """What stands in the address; what is usual is left out."""
        looks = [("look", self.look)] if self.look != "auto" else []
        return looks + ([("size", self.size)] if self.size != "medium" else [])


def framing_of(query: QueryDict) -> Framing:
    """As an address says it."""
    look, size = query.get("look", ""), query.get("size", "")
    return Framing(look if look in LOOKS else "auto", size if size in SIZES else "medium")


def framed(
    request: HttpRequest, response: HttpResponse, page_url: str, keeping: str = KEEPING
) -> HttpResponse:
    """The answer with its own narrow policy; `page_url`, whole, is where the same stands here."""
    response["Content-Security-Policy"] = EMBED_POLICY
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"
    response["Link"] = f'<{page_url}>; rel="canonical"'
    if response.status_code != 200:
        response["Cache-Control"] = "no-store"
        return response
    response["Cache-Control"] = keeping
    etag = quote_etag(hashlib.blake2b(response.content, digest_size=16).hexdigest())
    response["ETag"] = etag
    return get_conditional_response(request, etag, None, response) or response


def nothing(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """A frame that says why it shows nothing: a browser shows a page that refuses the frame as a
    broken one, so the usual page of an error won't do."""
    page = f"{settings.BASE_URL}/{get_language() or FALLBACK_LANGUAGE}/"
    context = {
        "framing": framing_of(request.GET),
        "title": sentence,
        "page": page,
        "site": settings.SITE_NAME,
    }
    return framed(request, render(request, "kit/frame_nothing.html", context, status=status), page)


def address_in(path: str, framing: Framing, parameters: list[tuple[str, str]]) -> str:
    """The address of a frame, without the host."""
    query = urlencode([*parameters, *framing.parameters()])
    return f"{path}?{query}" if query else path


def code(address: str, title: str, width: int, height: int) -> str:
    """What somebody copies into a page of theirs; `address` is without the host. A text like any
    other: whoever shows it escapes it once more."""
    named = _("%(title)s, %(site)s") % {"title": title, "site": settings.SITE_NAME}
    return (
        f'<iframe src="{escape(settings.BASE_URL + address)}" title="{escape(named)}"'
        f' width="{width}" height="{height}" loading="lazy" sandbox="{SANDBOX}"'
        ' style="border:0;max-width:100%"></iframe>'
    )
