"""What the fields mean among linked data: the JSON-LD context that every answer names."""

from functools import cache
from typing import Any, Final

from contactpoint.api.resources import RESOURCES
from contactpoint.api.resources.resource import ROOT, whole

MEDIA_TYPE: Final = "application/ld+json"
_PREFIXES: Final = {
    "bibo": "http://purl.org/ontology/bibo/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def address() -> str:
    """Where it stands."""
    return whole(f"{ROOT}/context.jsonld")


@cache
def context() -> dict[str, Any]:
    """The context, from the fields. Raises `ValueError` where two lists disagree on a name."""
    terms: dict[str, Any] = {"data": "@graph", "label": _LABEL}
    for resource in RESOURCES:
        for field in resource.every_field:
            if not field.term:
                continue
            term = field.term if isinstance(field.term, str) else dict(field.term)
            known = terms.setdefault(field.name, term)
            if known != term:
                raise ValueError(f"{field.name} means {known} and {term}.")
    return {"@context": {"@version": 1.1, **_PREFIXES, **terms}}


_LABEL: Final = {"@id": "skos:prefLabel", "@container": "@language"}
