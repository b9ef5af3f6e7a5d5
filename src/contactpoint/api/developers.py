"""The page for people who write programs: every list with examples to try, as plain links."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contactpoint.api.limiting import A_MINUTE
from contactpoint.api.problems import KINDS
from contactpoint.api.proposals.receiving import AN_HOUR
from contactpoint.api.proposals.shape import SCHEMAS
from contactpoint.api.resources import RESOURCES
from contactpoint.api.resources.resource import ROOT, Resource
from contactpoint.api.shapes import Schema
from contactpoint.kit.context import view_context

_OF_ALL: Final = frozenset({"fields", "limit", "cursor", "sort"})
_EXAMPLES: Final = {one.name: one.key_example for one in RESOURCES}


@dataclass(frozen=True, slots=True)
class Example:
    """An address to try, and what it asks for."""

    url: str
    about: str


@dataclass(frozen=True, slots=True)
class Told:
    """A list as the page tells it; rows are names and what they mean."""

    name: str
    about: str
    url: str
    examples: list[Example]
    parameters: list[tuple[str, str]]
    fields: list[tuple[str, str]]
    sorts: tuple[str, ...]


def told(resource: Resource) -> Told:
    """From the description by which it is read."""
    url = f"{ROOT}/{resource.path}".replace("{id}", _EXAMPLES.get(resource.below, ""))
    examples = [Example(f"{url}?{query}", about) for query, about in resource.examples]
    if resource.key_example:
        about = "One thing, by its key."
        examples.append(Example(f"{url}/{resource.key_example}", about))
    return Told(
        resource.name,
        resource.about,
        url,
        examples,
        [
            (one.name, one.about)
            for one in resource.list_parameters()
            if one.name not in _OF_ALL
        ],
        [(one.name, one.about) for one in resource.every_field],
        resource.sorts,
    )  # fmt: skip


def _fields(schema: Schema) -> list[tuple[str, str]]:
    return [
        (name, one["description"])
        for name, one in schema["properties"].items()
        if "description" in one
    ]


@require_safe
def developers(request: HttpRequest) -> HttpResponse:
    """How to ask, every list, and every kind of problem."""
    context = {
        **view_context(request),
        "root": ROOT,
        "base": settings.BASE_URL,
        "an_hour": AN_HOUR,
        "proposed": [(kind, _fields(schema)) for kind, schema in SCHEMAS.items()],
        "document_url": f"{ROOT}/openapi.json",
        "context_url": f"{ROOT}/context.jsonld",
        "limit": A_MINUTE,
        "lists": [told(one) for one in RESOURCES],
        "problems": [(name, status, title) for name, (status, title) in KINDS.items()],
    }
    return render(request, "api/developers.html", context)
