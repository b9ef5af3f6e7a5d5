"""The addresses of the interface."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from contactpoint.api import context, document
from contactpoint.api.answering import reading, told
from contactpoint.api.parameters import read, read_value
from contactpoint.api.problems import ProblemError
from contactpoint.api.resources import RESOURCES
from contactpoint.api.resources.resource import ROOT, Resource, whole

BY_NAME = {one.name: one for one in RESOURCES}


@reading
def start(request: HttpRequest) -> HttpResponse:
    """What there is, for who has only this address."""
    read(request.GET, [])
    links = {
        "service-desc": whole(f"{ROOT}/openapi.json"),
        "service-doc": whole("/en/developers/"),
    }
    return told(
        request,
        {
            "@context": context.address(),
            "document": links["service-desc"],
            "documentation": links["service-doc"],
            "lists": {one.name: one.list_url() for one in RESOURCES if not one.below},
            "proposals": whole(f"{ROOT}/proposals"),
        },
        links=links,
    )


@reading
def openapi(request: HttpRequest) -> HttpResponse:
    """The document."""
    read(request.GET, [])
    return told(request, document.document(), media_type=document.MEDIA_TYPE)


@reading
def jsonld(request: HttpRequest) -> HttpResponse:
    """The context that every answer names."""
    read(request.GET, [])
    return told(request, context.context(), media_type=context.MEDIA_TYPE)


@reading
def list_of(request: HttpRequest, name: str, key: str = "") -> HttpResponse:
    """A page of a list; `key` is of the thing that it stands below."""
    resource = BY_NAME[name]
    values = read(request.GET, resource.list_parameters())
    if resource.below and not _is_key(BY_NAME[resource.below], key):
        raise _missing(resource.below)
    asked = resource.asked(values, of_list=True, under=key)
    found = resource.listed(asked)
    if found is None:
        raise _missing(resource.below)
    following = ""
    if found.cursor:
        query = request.GET.copy()
        query["cursor"] = found.cursor
        following = f"{resource.list_url(key)}?{query.urlencode(safe=',')}"
    said: dict[str, Any] = {
        "@context": context.address(),
        **found.more,
        "data": [resource.chosen(one, asked) for one in found.things],
        "next": following or None,
    }
    return told(request, said, links={"next": following} if following else None)


@reading
def one_of(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """A thing by its key."""
    resource = BY_NAME[name]
    values = read(request.GET, resource.item_parameters())
    asked = resource.asked(values, of_list=False)
    found = resource.one(key, asked) if _is_key(resource, key) else None
    if found is None:
        raise _missing(name)
    return told(
        request,
        {"@context": context.address(), **resource.chosen(found, asked)},
        links={"collection": resource.list_url()},
    )


def _missing(name: str) -> ProblemError:
    return ProblemError(
        "not-found",
        f"There is no such thing among {name}, or nobody may see it any more; "
        f"{ROOT}/{name} lists what there is.",
    )


def _is_key(resource: Resource, key: str) -> bool:
    try:
        if resource.key_schema.get("format") == "uuid":
            return str(UUID(key)) == key.lower()
        read_value(resource.key_schema, key)
    except ValueError:
        return False
    return True


@reading
def nothing(request: HttpRequest, path: str = "") -> HttpResponse:
    """Whatever else is asked for."""
    raise ProblemError(
        "not-found", f"There is nothing at this address; {ROOT}/ says what there is."
    )
