"""Where feeds are: under the address of what they follow, with the format as the ending."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, register_converter

from contactpoint.kit.feeds.forms import FORMS
from contactpoint.kit.feeds.represented import MOST_PAGES, PAGE


class FormConverter:
    """An ending of a feed's address."""

    regex = "|".join(FORMS)

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(FormConverter, "feed")


def feed_path(
    prefix: str,
    view: Callable[..., HttpResponse],
    known: dict[str, Any] | None = None,
    *,
    name: str,
) -> URLPattern:
    """The addresses of a feed in each format; the view is told which as `ending`."""
    return path(f"{prefix}feed.<feed:ending>", view, known, name=name)


def under(request: HttpRequest) -> str:
    """The path of what the feed that was asked for follows."""
    return request.path.rpartition("/")[0] + "/"


def page_asked(request: HttpRequest) -> int:
    """The page of a feed that is asked for, from 1; what can't be one is not there."""
    given = request.GET.get(PAGE, "1")
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < 4 else 0
    if not 1 <= number <= MOST_PAGES:
        raise Http404
    return number


def in_form(feed_url: str, ending: str) -> str:
    """The address of a feed in another format than Atom."""
    return feed_url.replace("/feed.atom", f"/feed.{ending}", 1)


def subscription(path: str) -> str:
    """The address by which calendars follow the events of what stands at `path`."""
    _scheme, _colon, rest = settings.BASE_URL.partition(":")
    return f"webcal:{rest}{path}calendar.ics"
