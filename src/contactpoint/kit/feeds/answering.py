"""A feed as an answer: who has it already is told so, and gets no copy."""

import hashlib

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
