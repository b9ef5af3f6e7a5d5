"""Turtle: https://www.w3.org/TR/turtle/."""

from __future__ import annotations

from io import BytesIO

from rdflib import SKOS, Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.plugins.serializers.turtle import TurtleSerializer
from rdflib.term import Node

from contactpoint.vocabulary.formats.rdf import RdfFormat
from contactpoint.vocabulary.model import VocabularyError


class Turtle(RdfFormat):
    """The one that people write by hand."""

    name = "turtle"
    title = "Turtle"
    suffixes = (".ttl",)
    media_type = "text/turtle"
    other_media_types = ("application/x-turtle",)
    rdflib_name = "turtle"

    def looks_like(self, head: str) -> bool:
        """Prefixes, or a sentence about an address; what no other format claims is Turtle too."""
        return head.lstrip().startswith(("@prefix", "@base", "PREFIX", "BASE", "#"))

    def _parse(self, graph: Graph, data: bytes, text: str, name: str) -> None:
        try:
            super()._parse(graph, text.encode(), text, name)
        except BadSyntax as error:
            reason = str(getattr(error, "_why", "")) or "not Turtle"
            raise VocabularyError(
                f"{name}, line {error.lines + 1}: {reason}. Mend the Turtle there; a missing ; or "
                ". on the line before is the usual cause."
            ) from error

    def _serialize(self, graph: Graph, stream: BytesIO) -> None:
        _SchemesFirst(graph).serialize(stream, encoding="utf-8")

    def _begins(self, slug: str) -> str:
        return rf"^\s*(?:<[^>]*[/#]|[\w-]*:){slug}>?\s"


class _SchemesFirst(TurtleSerializer):
    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self.topClasses = [SKOS.ConceptScheme, SKOS.Concept]

    def label(self, node: Node, position: int) -> str:
        """Numbers and truths in full: the short form would make another of "01" or of "1"."""
        if isinstance(node, Literal) and node.datatype is not None:
            return node._literal_n3(use_plain=False, qname_callback=self._type_name)
        return str(super().label(node, position))

    def _type_name(self, datatype: URIRef) -> str | None:
        name = self.get_pname(datatype, gen_prefix=False)
        return str(name) if name else None
