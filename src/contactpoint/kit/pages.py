"""The abstract page that every page of the portal is, and who adds to what it shows."""

from collections.abc import Callable
from http import HTTPMethod
from typing import Any, ClassVar, TypeVar

from django.http import HttpRequest
from wagtail.models import Page

from contactpoint.kit.locating import Link, Location

Context = Callable[[Any, HttpRequest], dict[str, Any]]
ContextFunction = TypeVar("ContextFunction", bound=Context)
_contexts: dict[type[Page], list[Context]] = {}


def shows(model: type[Page]) -> Callable[[ContextFunction], ContextFunction]:
    """Register a function that says what the pages of `model`, and of models under it, show.

    Models stand below the queries that read them; this lets a query's result reach the template
    without a model that imports upwards. Several apps may add to one model.
    """

    def register(function: ContextFunction) -> ContextFunction:
        registered = _contexts.setdefault(model, [])
        if function not in registered:
            registered.append(function)
        return function

    return register


def language_of(page: Page, request: HttpRequest) -> str:
    """The language of a page that is shown; asked of the database in a preview only."""
    location: Location | None = getattr(request, "location", None)
    return location.row.language if location else str(page.locale.language_code)


class BasePage(Page):
    """What all pages share; templates are named after the model, menus are not for editors."""

    show_in_menus_default = False
    allowed_http_methods: ClassVar[list[HTTPMethod]] = [
        HTTPMethod.GET,
        HTTPMethod.HEAD,
        HTTPMethod.OPTIONS,
    ]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds what was registered for the model, from the most general to the nearest.

        In a preview nothing was located, so the way to the page is asked for here.
        """
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        if getattr(request, "location", None) is None and self.path:
            above = Page.objects.ancestor_of(self).filter(depth__gt=2)
            context["crumbs"] = [Link(page.title, page.url or "") for page in above]
        for model in reversed(type(self).__mro__):
            for function in _contexts.get(model, ()):
                context |= function(self, request)
        return context
