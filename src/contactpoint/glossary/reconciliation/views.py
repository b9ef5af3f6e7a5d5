"""The reconciliation service's addresses, as OpenRefine and others ask them. All of it only reads.

The manifest says where everything is. JSONP is refused: it would let any page run what we answer,
and every client that is kept up uses CORS.
"""

import json
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _

from contactpoint.glossary.lexicon import lexicon
from contactpoint.glossary.reconciliation import answers
from contactpoint.glossary.reconciliation.answers import ReconciliationError
from contactpoint.glossary.reconciliation.properties import (
    CONCEPT_TYPE,
    PROPERTIES,
    concept_type,
    described,
)
from contactpoint.glossary.reconciliation.showing import description
from contactpoint.glossary.views.data import open_data
from contactpoint.vocabulary import VocabularyConcept

LARGEST_BODY: Final = 512 * 1024
WIDTH: Final = 400
HEIGHT: Final = 260
_PAGE: Final = 10
_MOST_SKIPPED: Final = 1_000
_FRAMED: Final = (
    "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)


@open_data("GET", "HEAD", "POST")
def service(request: HttpRequest) -> HttpResponseBase:
    """The manifest, or the answer to `queries` or `extend`."""
    language = get_language_from_request(request)
    if "callback" in request.GET:
        return _refused(_("JSONP is not offered. Ask with CORS."))
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        return _refused(_("That is too much at once. Send fewer queries."), 413)
    given = request.POST if request.method == "POST" else request.GET
    with override(language):
        if "queries" in given:
            return _queries(given["queries"], language)
        if "extend" in given:
            return _extension(given["extend"], language)
        if request.method == "POST":
            return _refused(_("Send “queries” or “extend” as a form field."))
        return _answer(manifest())


@open_data("GET", "HEAD")
def suggest(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Concepts, properties or types that begin with `prefix`."""
    language = get_language_from_request(request)
    prefix = request.GET.get("prefix", "")[: answers.LONGEST_QUERY]
    cursor = request.GET.get("cursor", "0")
    skip = min(int(cursor), _MOST_SKIPPED) if cursor.isascii() and cursor.isdigit() else 0
    with override(language):
        if kind == "entity":
            found = answers.suggest(prefix, language, skip, _PAGE)
        elif kind == "property":
            found = [described(one) for one in PROPERTIES.values()]
            found = _beginning(found, prefix)[skip : skip + _PAGE * 2]
        elif kind == "type":
            found = _beginning([concept_type()], prefix)[skip:]
        else:
            raise Http404
        return _answer({"result": found})


@open_data("GET", "HEAD")
def proposals(request: HttpRequest) -> HttpResponseBase:
    """The properties that can be fetched for a type."""
    kind = request.GET.get("type", "")
    limit = request.GET.get("limit", "")
    with override(get_language_from_request(request)):
        found = [
            {"id": one.id, "name": str(one.name)}
            for one in PROPERTIES.values()
            if kind in {"", CONCEPT_TYPE}
        ]
    answer: dict[str, Any] = {"properties": found, "type": kind}
    if limit.isascii() and limit.isdigit():
        answer |= {"properties": found[: int(limit)], "limit": int(limit)}
    return _answer(answer)


@open_data("GET", "HEAD")
def preview(request: HttpRequest) -> HttpResponseBase:
    """A small page about a concept, for a frame in the client."""
    language = get_language_from_request(request)
    with override(language):
        response = render(request, "glossary/reconcile_preview.html", _shown(request, language))
    response["Content-Security-Policy"] = _FRAMED
    response["X-Frame-Options"] = "ALLOWALL"  # the policy decides; this stops the stricter default
    patch_vary_headers(response, ["Accept-Language"])
    return response


@open_data("GET", "HEAD")
def flyout(request: HttpRequest, kind: str) -> HttpResponseBase:
    """A few lines about a concept, a property or the type."""
    language = get_language_from_request(request)
    wanted = request.GET.get("id", "")
    with override(language):
        html: str
        if kind == "entity":
            html = render_to_string(
                "glossary/includes/reconcile_concept.html", _shown(request, language)
            )
        elif kind == "property" and wanted in PROPERTIES:
            html = _paragraph(str(PROPERTIES[wanted].name))
        elif kind == "type" and wanted == CONCEPT_TYPE:
            html = _paragraph(_("A concept of the glossary"))
        else:
            raise Http404
    return _answer({"id": wanted, "html": html})


def manifest() -> dict[str, Any]:
    """What the service offers, and where."""
    base = f"{settings.BASE_URL}/id/reconcile"

    def suggesting(kind: str) -> dict[str, str]:
        return {
            "service_url": base,
            "service_path": f"/suggest/{kind}",
            "flyout_service_url": base,
            "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
        }

    return {
        "versions": ["0.2"],
        "name": f"{_('Asylum and migration glossary')} ({settings.SITE_NAME})",
        "identifierSpace": f"{settings.BASE_URL}/id/concept/",
        "schemaSpace": "http://www.w3.org/2004/02/skos/core#",
        "documentation": f"{settings.BASE_URL}/en/glossary/",
        "defaultTypes": [concept_type()],
        "view": {"url": f"{settings.BASE_URL}/id/concept/{{{{id}}}}"},
        "preview": {"url": f"{base}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {kind: suggesting(kind) for kind in ("entity", "property", "type")},
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/properties"},
            "property_settings": [
                {
                    "name": "language",
                    "label": _("Language"),
                    "type": "text",
                    "default": "en",
                    "help_text": _("Of labels and definitions, e.g. fr; * for all of them."),
                }
            ],
        },
        "batchSize": answers.MOST_QUERIES,
    }


def _queries(text: str, language: str) -> HttpResponse:
    try:
        queries = json.loads(text)
        if not isinstance(queries, dict):
            return _refused(_("“queries” is an object: a key and a query each."))
        if len(queries) > answers.MOST_QUERIES:
            return _refused(_("That is too much at once. Send fewer queries."), 413)
        return _answer(answers.reconcile(queries, language))
    except ReconciliationError as error:
        return _refused(str(error))
    except (ValueError, RecursionError):
        return _refused(_("“queries” is not JSON."))


def _extension(text: str, language: str) -> HttpResponse:
    try:
        return _answer(answers.extend(json.loads(text), language))
    except ReconciliationError as error:
        return _refused(str(error))
    except (ValueError, RecursionError):
        return _refused(_("“extend” is not JSON."))


def _answer(content: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False})
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _refused(reason: str, status: int = 400) -> HttpResponse:
    return JsonResponse({"error": reason}, status=status, json_dumps_params={"ensure_ascii": False})


def _beginning(found: list[dict[str, Any]], prefix: str) -> list[dict[str, Any]]:
    wanted = prefix.strip().casefold()
    return [
        one
        for one in found
        if wanted in str(one["name"]).casefold() or str(one["id"]).casefold().startswith(wanted)
    ]


def _paragraph(text: str) -> str:
    return render_to_string("glossary/includes/reconcile_word.html", {"text": text})


def _shown(request: HttpRequest, language: str) -> dict[str, Any]:
    known = lexicon()
    concept: VocabularyConcept | None = known.concepts.get(request.GET.get("id", ""))
    if concept is None:
        raise Http404
    return {
        "label": known.term(concept.id, language).label,
        "description": description(concept, language),
        "broader": [
            known.concepts[one].label(language) for one in concept.broader if one in known.concepts
        ],
        "labels": [
            one for one in concept.labels if one.kind == "preferred" and one.language != language
        ][:8],
        "address": f"{settings.BASE_URL}/id/concept/{concept.id}",
        "reader": language,
    }
