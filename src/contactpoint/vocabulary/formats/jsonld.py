"""JSON-LD: https://www.w3.org/TR/json-ld11/."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from rdflib import DCTERMS, OWL, RDF, SKOS, Graph
from rdflib.plugins.serializers.jsonld import Converter
from rdflib.plugins.shared.jsonld.context import Context

from contactpoint.vocabulary.formats.rdf import RdfFormat
from contactpoint.vocabulary.model import VocabularyError

_BY_LANGUAGE: Final = ("prefLabel", "altLabel", "hiddenLabel")
_ADDRESSES: Final = (
    *("broader", "narrower", "related", "exactMatch", "closeMatch", "inScheme"),
    *("topConceptOf", "hasTopConcept"),
)
CONTEXT: Final[dict[str, Any]] = {
    "skos": str(SKOS),
    "dct": str(DCTERMS),
    "owl": str(OWL),
    "rdf": str(RDF),
    **{name: {"@id": f"skos:{name}", "@container": "@language"} for name in _BY_LANGUAGE},
    **{name: {"@id": f"skos:{name}", "@type": "@id"} for name in _ADDRESSES},
}


class JsonLd(RdfFormat):
    """RDF for those who read JSON; the context stands in the file, so nothing need be fetched."""

    name = "jsonld"
    title = "JSON-LD"
    suffixes = (".jsonld", ".json")
    media_type = "application/ld+json"
    other_media_types = ("application/json",)
    rdflib_name = "json-ld"

    def looks_like(self, head: str) -> bool:
        """It begins as JSON does: Turtle has no brace there, and no brace after a bracket."""
        begins = "".join(head[:400].split())
        return begins.startswith(("{", "[{"))

    def _parse(self, graph: Graph, data: bytes, text: str, name: str) -> None:
        try:
            document = json.loads(text)
        except json.JSONDecodeError as error:
            raise VocabularyError(
                f"{name}, line {error.lineno}: {error.msg}. Mend the JSON there."
            ) from error
        for context in _contexts(document):
            _refuse_fetching(context, name)
        super()._parse(graph, text.encode(), text, name)

    def _serialize(self, graph: Graph, stream: BytesIO) -> None:
        converter = Converter(Context(CONTEXT), use_native_types=False, use_rdf_type=False)
        # Where there is a context the converter writes JSON's own numbers, which lose "01".
        converter.use_native_types = False
        found = converter.convert(graph)
        nodes = found["@graph"] if isinstance(found, dict) else found
        # The converter takes the subjects from a set; the same scheme makes the same file.
        nodes.sort(key=lambda node: (_place(node.get("@type", "")), node["@id"]))
        document = {"@context": CONTEXT, "@graph": nodes}
        stream.write(json.dumps(document, ensure_ascii=False, indent=1).encode())

    def _begins(self, slug: str) -> str:
        return rf"\"@id\"\s*:\s*\"(?:[^\"]*[/#:])?{slug}\""


def _place(kinds: str | list[str]) -> int:
    """The scheme first, then the concepts, then whatever is said beside them."""
    found = [kinds] if isinstance(kinds, str) else kinds
    return next(
        (place for place, one in enumerate(("skos:ConceptScheme", "skos:Concept")) if one in found),
        2,
    )


def _contexts(document: Any) -> Iterator[Any]:
    """Every @context and @import, however deep; no recursion, for depth is the file's choice."""
    waiting = [document]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if "@context" in part:
                yield part["@context"]
            if "@import" in part:
                yield str(part["@import"])
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part


def _refuse_fetching(context: Any, name: str) -> None:
    parts = context if isinstance(context, list) else [context]
    for part in parts:
        if isinstance(part, list):
            _refuse_fetching(part, name)
        elif part is not None and not isinstance(part, dict):
            raise VocabularyError(
                f"{name} names a @context elsewhere ({str(part)[:80]}), and nothing is fetched. "
                "Put the context itself into the file."
            )
