"""RDF/XML: https://www.w3.org/TR/rdf-syntax-grammar/."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Final
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml import DefusedXmlException
from rdflib import Graph, Literal

from contactpoint.vocabulary.formats.rdf import RdfFormat
from contactpoint.vocabulary.model import VocabularyError

_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class RdfXml(RdfFormat):
    """The oldest; many catalogues and agencies still hand out nothing else."""

    name = "rdfxml"
    title = "RDF/XML"
    suffixes = (".rdf", ".xml", ".owl")
    media_type = "application/rdf+xml"
    rdflib_name = "xml"

    def looks_like(self, head: str) -> bool:
        """It begins as XML does."""
        return head.lstrip().startswith(("<?xml", "<rdf:RDF", "<!--", "<!DOCTYPE"))

    def _parse(self, graph: Graph, data: bytes, text: str, name: str) -> None:
        """Entities let a few bytes grow without end: a DTD is refused before rdflib reads."""
        try:
            defusedxml.sax.parseString(
                data, ContentHandler(), forbid_dtd=True, forbid_entities=True, forbid_external=True
            )
            super()._parse(graph, data, text, name)
        except DefusedXmlException as error:
            raise VocabularyError(
                f"{name} has a document type or entities, which can hide an attack. Remove the "
                "<!DOCTYPE …> and write addresses in full."
            ) from error
        except SAXParseException as error:
            raise VocabularyError(
                f"{name}, line {error.getLineNumber()}: {error.getMessage()}. Mend the XML there."
            ) from error

    def _serialize(self, graph: Graph, stream: BytesIO) -> None:
        for subject, _, value in graph:
            if isinstance(value, Literal) and _ILLEGAL.search(value):
                raise VocabularyError(
                    f"{subject}: {str(value)[:40]!r} holds a control character, which XML "
                    "can't. Remove it."
                )
        try:
            super()._serialize(graph, stream)
        except ValueError as error:
            raise VocabularyError(
                f"RDF/XML can't write this: {error}. Choose Turtle or N-Triples."
            ) from error

    def _begins(self, slug: str) -> str:
        return rf"(?:about|ID)\s*=\s*[\"'](?:[^\"']*[/#])?{slug}[\"']"
