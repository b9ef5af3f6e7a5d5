"""A feed as an answer: who has it already is told so and gets no copy; who asks for what there is
not is told that."""

import hashlib
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from contactpoint.kit.feeds.forms import FORMS
from contactpoint.kit.feeds.represented import Feed


def answered(request: HttpRequest, feed: Feed, ending: str, keeping: str) -> HttpResponse:
    """The feed in the format of `ending`; `keeping` says who may keep it."""
    form = FORMS[ending]
    content = form.write(feed).encode()
    response = HttpResponse(content, content_type=form.content_type)
    response["ETag"] = etag = quote_etag(hashlib.blake2b(content, digest_size=16).hexdigest())
    response["Cache-Control"] = keeping
    changed = int(feed.updated.timestamp())
    if changed:
        response.headers["Last-Modified"] = http_date(changed)
    return get_conditional_response(request, etag, changed or None, response) or response


def refused(sentences: Iterable[str], status: int = 400) -> HttpResponse:
    """Sentences in the place of a list, which nobody keeps. A program sees no notice: were a choice
    that nobody knows left out, a feed of a theme would be one of all."""
    text = "\n".join(sentences)
    response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
