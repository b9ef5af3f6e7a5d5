"""Where feeds are: under the address of what they follow, with the format as the ending."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, register_converter

from contactpoint.kit.feeds.forms import FORMS
from contactpoint.kit.feeds.represented import MOST_ITEMS, MOST_PAGES, PAGE

Row = TypeVar("Row", bound=Model)


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


def page_of(request: HttpRequest, rows: "QuerySet[Row]") -> tuple[list[Row], int, bool]:
    """What stands on the page of a feed that is asked for, which page that is, and whether one
    follows; `rows` are sliced. A later page with nothing on it is not there."""
    page = page_asked(request)
    start = (page - 1) * MOST_ITEMS
    found = list(rows[start : start + MOST_ITEMS + 1])
    if page > 1 and not found:
        raise Http404
    return found[:MOST_ITEMS], page, len(found) > MOST_ITEMS and page < MOST_PAGES


def in_form(feed_url: str, ending: str) -> str:
    """The address of a feed in another format than Atom."""
    return feed_url.replace("/feed.atom", f"/feed.{ending}", 1)


def subscription(path: str) -> str:
    """The address by which calendars follow the events of what stands at `path`."""
    _scheme, _colon, rest = settings.BASE_URL.partition(":")
    return f"webcal:{rest}{path}calendar.ics"
