"""A feed as an answer: who has it already is told so and gets no copy; who asks for what there is
not is told that."""

import hashlib
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from contactpoint.kit.feeds.forms import FORMS
from contactpoint.kit.feeds.represented import Feed


def answered(request: HttpRequest, feed: Feed, ending: str, keeping: str) -> HttpResponse:
    """The feed in the format of `ending`; `keeping` says who may keep it.

    It has a tag and no date: what is taken away makes the newest of what is left older, so a reader
    who asks by date would keep it.
    """
    form = FORMS[ending]
    content = form.write(feed).encode()
    response = HttpResponse(content, content_type=form.content_type)
    response["ETag"] = etag = quote_etag(hashlib.blake2b(content, digest_size=16).hexdigest())
    response["Cache-Control"] = keeping
    return get_conditional_response(request, etag, None, response) or response


def refused(sentences: Iterable[str], status: int = 400) -> HttpResponse:
    """Sentences in the place of a list, which nobody keeps. A program sees no notice: were a choice
    that nobody knows left out, a feed of a theme would be one of all."""
    text = "\n".join(sentences)
    response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
