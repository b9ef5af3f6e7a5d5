"""The OpenAPI document, made from the same descriptions by which requests are read and told."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from django.conf import settings

from contactpoint.api import writing
from contactpoint.api.parameters import Parameter, in_query
from contactpoint.api.problems import KINDS_BY_STATUS
from contactpoint.api.problems import MEDIA_TYPE as PROBLEM
from contactpoint.api.resources import RESOURCES
from contactpoint.api.resources.resource import ROOT, Resource
from contactpoint.api.shapes import ADDRESS, NUMBER, TEXT, Schema, named, of_object, perhaps, shared

MEDIA_TYPE: Final = "application/vnd.oai.openapi+json;version=3.1"
VERSION: Final = "1.0.0"
_LIMITS: Final = (
    "RateLimit", "RateLimit-Policy", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"
)  # fmt: skip


@cache
def document() -> dict[str, Any]:
    """The whole of it; the same for as long as the process runs."""
    paths: dict[str, Any] = {
        f"{ROOT}/": _path("start", "What there is", [], _object_of_anything(), []),
        f"{ROOT}/openapi.json": _path(
            "openapi", "This document", [], _object_of_anything(), [], media_type=MEDIA_TYPE
        ),
        f"{ROOT}/context.jsonld": _path(
            "context", "What the fields mean among linked data", [], _object_of_anything(), [],
            media_type="application/ld+json",
        ),
    }  # fmt: skip
    schemas: dict[str, Any] = {**shared(), "Problem": _problem(), "PageOfFile": _page_of_file()}
    for resource in RESOURCES:
        schemas |= _schemas(resource)
        paths |= _paths(resource)
    paths |= writing.paths()
    schemas |= writing.schemas()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.SITE_NAME,
            "version": VERSION,
            "summary": "What the portal publishes, for programs. Reading needs no registration, "
            "proposing a token.",
            "description": _ABOUT,
        },
        "servers": [{"url": settings.BASE_URL or "/"}],
        "externalDocs": {"url": f"{settings.BASE_URL}/en/developers/"},
        "tags": [
            *({"name": one.name, "description": one.about} for one in RESOURCES),
            {"name": "proposals", "description": writing.ABOUT},
        ],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": _responses(),
            "headers": _headers(),
            "securitySchemes": writing.SECURITY,
        },
    }


_ABOUT: Final = (
    "Texts are maps from languages to words, and hold no language that nobody has translated to. "
    "Lists go on by cursor: follow `next`, or the `Link` header. Ask again with `If-None-Match` "
    "and the `ETag` that you have. Parameters that nobody knows are refused. `theme.any=a,b` wants "
    "one of both, `theme.all=a,b` each, `theme.none=a` none. What describes things, such as "
    "titles, days and terms, may be used under CC BY 4.0; texts, files, questions and answers keep "
    "the rights that stand beside them, and no licence is given for them here."
)


def _paths(resource: Resource) -> dict[str, Any]:
    name = resource.schema_name
    listed = _path(
        f"list_{resource.name}",
        resource.about,
        resource.list_parameters(),
        named(f"{name}List"),
        [400, 404, *([503] if resource.name == "search" else [])],
        tag=resource.name,
    )
    paths = {f"{ROOT}/{resource.path}": listed}
    if resource.below:
        _keyed(listed, resource.key_schema)
    if resource.has_items:
        one = _path(
            f"get_{resource.name}",
            f"One of {resource.name}, by its key",
            resource.item_parameters(),
            named(name),
            [400, 404],
            tag=resource.name,
        )
        _keyed(one, resource.key_schema)
        paths[f"{ROOT}/{resource.name}/{{id}}"] = one
    return paths


def _keyed(path: dict[str, Any], schema: Schema) -> None:
    key = {
        "name": "id",
        "in": "path",
        "required": True,
        "schema": schema,
        "description": "Its key.",
    }
    for method in ("get", "head"):
        path[method]["parameters"].insert(0, key)
    # What other sites may ask is told for any key, there or not.
    path["options"]["parameters"].insert(0, {**key, "schema": TEXT})


def _path(
    operation: str,
    summary: str,
    parameters: Sequence[Parameter],
    schema: Schema,
    problems: Sequence[int],
    *,
    tag: str = "portal",
    media_type: str = "application/json",
) -> dict[str, Any]:
    given = [in_query(one) for one in parameters]
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in ("ETag", *_LIMITS)}
    failing = {
        str(code): {"$ref": f"#/components/responses/{code}"}
        for code in sorted({400, 429, 500, *problems})
    }
    shared = {"tags": [tag], "parameters": given}
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            **shared,
            "responses": {
                "200": {
                    "description": "It.",
                    "headers": headers,
                    "content": {
                        media_type: {"schema": schema},
                        # What answers as JSON answers as JSON-LD: it names its context.
                        **(
                            {"application/ld+json": {"schema": schema}}
                            if media_type == "application/json"
                            else {}
                        ),
                    },
                },
                "304": {"description": "What you have is still so."},
                **failing,
            },
        },
        "head": {
            "operationId": f"head_{operation}",
            "summary": f"{summary}: only the headers",
            "tags": [tag],
            "parameters": list(given),
            "responses": {
                "200": {"description": "It is there.", "headers": headers},
                "304": {"description": "What you have is still so."},
                **{code: {"description": KINDS_BY_STATUS[int(code)]} for code in failing},
            },
        },
        "options": {
            "operationId": f"options_{operation}",
            "summary": "What other sites may ask here",
            "tags": [tag],
            "parameters": [],
            "responses": {"204": {"description": "In the headers."}},
        },
    }


def _schemas(resource: Resource) -> dict[str, Any]:
    fields = {one.name: _described(one.schema, one.about) for one in resource.every_field}
    always = [one.name for one in resource.every_field if one.always]
    one = of_object({"@context": ADDRESS, **fields}, always)
    of_list = {name: schema for name, schema in fields.items() if name not in resource.only_one}
    name = resource.schema_name
    return {
        name: one,
        f"{name}List": of_object({
            "@context": ADDRESS,
            **resource.more,
            "data": {"type": "array", "items": of_object(of_list, always)},
            "next": perhaps(ADDRESS),
        }),
    }  # fmt: skip


def _described(schema: Schema, about: str) -> Schema:
    return {**schema, "description": about}


def _problem() -> Schema:
    fault = of_object(
        {"parameter": TEXT, "header": TEXT, "pointer": TEXT, "detail": TEXT, "mend": TEXT},
        ["detail", "mend"],
    )
    return {
        **of_object(
            {
                "type": ADDRESS,
                "title": TEXT,
                "status": NUMBER,
                "detail": TEXT,
                "errors": {"type": "array", "items": fault},
            },
            ["type", "title", "status", "detail"],
        ),
        "description": "What is wrong, where, and how to mend it (RFC 9457).",
    }


def _page_of_file() -> Schema:
    return of_object({"file": TEXT, "url": ADDRESS, "number": NUMBER})


def _object_of_anything() -> Schema:
    return {"type": "object"}


def _responses() -> dict[str, Any]:
    return {
        str(status): {
            "description": told,
            **(
                {"headers": {"Retry-After": {"schema": {"type": "string"}}}}
                if status in (429, 503)
                else {}
            ),
            "content": {PROBLEM: {"schema": named("Problem")}},
        }
        for status, told in KINDS_BY_STATUS.items()
    }


def _headers() -> dict[str, Any]:
    whole = {"type": "string", "pattern": "^[0-9]+$"}
    return {
        "ETag": {"required": True, "schema": TEXT, "description": "Names what was told."},
        "RateLimit": {
            "required": True,
            "schema": {"type": "string", "pattern": '^"place";r=[0-9]+;t=[0-9]+$'},
            "description": "What is left (r), and for how many seconds (t).",
        },
        "RateLimit-Policy": {
            "required": True,
            "schema": {"type": "string", "pattern": '^"place";q=[0-9]+;w=[0-9]+$'},
            "description": "How many requests (q) in how many seconds (w).",
        },
        "RateLimit-Limit": {
            "required": True, "schema": whole, "description": "Requests in a minute.",
        },
        "RateLimit-Remaining": {
            "required": True, "schema": whole, "description": "Those that are left of them.",
        },
        "RateLimit-Reset": {
            "required": True, "schema": whole, "description": "Seconds until all are there again.",
        },
    }  # fmt: skip
