"""N-Triples: https://www.w3.org/TR/n-triples/, one statement a line."""

from __future__ import annotations

import re
from typing import Final

from rdflib import BNode, Graph
from rdflib.exceptions import ParserError as ParseError
from rdflib.plugins.parsers.ntriples import NTGraphSink, W3CNTriplesParser

from contactpoint.vocabulary.formats.rdf import RdfFormat
from contactpoint.vocabulary.model import VocabularyError

_LINE: Final = re.compile(
    r"(?:\s*(?:#.*)?\n)*\s*(?:<[^>\s]*>|_:\S+)\s+<[^>\s]*>\s+\S.*\.\s*(?:\n|$)"
)

_ENDS: Final = re.compile(r"\r\n|\n|\r")


class NTriples(RdfFormat):
    """The plainest: made for line tools, and the fastest to read in parts."""

    name = "ntriples"
    title = "N-Triples"
    suffixes = (".nt",)
    media_type = "application/n-triples"
    rdflib_name = "nt"

    def looks_like(self, head: str) -> bool:
        """A whole statement on the first line."""
        return bool(_LINE.match(head))

    def _parse(self, graph: Graph, data: bytes, text: str, name: str) -> None:
        parser = W3CNTriplesParser(NTGraphSink(graph))
        nodes: dict[str, BNode] = {}
        for number, line in enumerate(_ENDS.split(text), 1):
            parser.line = line
            try:
                parser.parseline(nodes)
            except ParseError as error:
                raise VocabularyError(
                    f"{name}, line {number}: not a statement of N-Triples. Write <subject> "
                    "<predicate> <object> . on one line."
                ) from error

    def _begins(self, slug: str) -> str:
        return rf"^\s*<[^>]*[/#]{slug}>\s"
