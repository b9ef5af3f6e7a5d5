"""The abstract page that every page of the portal is, and who adds to what it shows."""

from collections.abc import Callable
from http import HTTPMethod
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.http import HttpRequest
from wagtail.models import Page

from contactpoint.kit.copying import DraftCopyForm
from contactpoint.kit.locating import Link, Location
from contactpoint.kit.rights import PageRights
from contactpoint.kit.unseen import without_unseen

Context = Callable[[Any, HttpRequest], dict[str, Any]]
ContextFunction = TypeVar("ContextFunction", bound=Context)
_contexts: dict[type[Page], list[Context]] = {}


def shows(model: type[Page]) -> Callable[[ContextFunction], ContextFunction]:
    """Register a function that says what the pages of `model`, and of models under it, show.

    Models stand below the queries that read them; this lets a query's result reach the template
    without a model that imports upwards. Several apps may add to one model, the lowest first.
    """

    def register(function: ContextFunction) -> ContextFunction:
        registered = _contexts.setdefault(model, [])
        if function not in registered:
            registered.append(function)
        return function

    return register


def language_of(page: Page, request: HttpRequest) -> str:
    """The language around a page that is shown; asked of the database in a preview only.

    It is the page's own, or the reader's where the page is not there in it.
    """
    location: Location | None = getattr(request, "location", None)
    return location.reader or location.row.language if location else str(page.locale.language_code)


def own_path(request: HttpRequest) -> str:
    """The path of the page that is shown, under which alone there are further addresses.

    Where it is read around another language, that is not the path that was asked for.
    """
    location: Location | None = getattr(request, "location", None)
    own = location.translations.get(location.row.language) if location else None
    return own or request.path


class BasePage(Page):
    """What all pages share; templates are named after the model, menus are not for editors."""

    TAKES_CONTRIBUTIONS: ClassVar[bool] = False
    """Whether somebody who may change no page of others may add one under it."""
    show_in_menus_default = False
    copy_form_class = DraftCopyForm
    offered_in_every_language: ClassVar[bool] = False
    """Whether a reader whose language it lacks gets it in another, with all around it in theirs."""
    allowed_http_methods: ClassVar[list[HTTPMethod]] = [
        HTTPMethod.GET,
        HTTPMethod.HEAD,
        HTTPMethod.OPTIONS,
    ]

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Without characters that nobody sees, which come with what is pasted."""
        for field in self._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField):
                value = self.__dict__.get(field.attname)
                if isinstance(value, str):
                    setattr(self, field.attname, without_unseen(value))
        super().full_clean(*args, **kwargs)

    def permissions_for_user(self, user: Any) -> PageRights:
        """What a person may do with it."""
        return PageRights(user, self)

    def is_original(self) -> bool:
        """Whether it was written, not translated: of its languages the first that was there."""
        others = Page.objects.filter(translation_key=self.translation_key, pk__lt=self.pk or 0)
        return not others.exists()

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
