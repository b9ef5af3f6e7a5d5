"""What the four RDF formats share: rdflib parses and writes, we read and say the statements.

Nothing here fetches. rdflib would follow a remote JSON-LD context and expand XML entities; the
formats refuse both before it sees the file.
"""

from __future__ import annotations

import gc
import logging
import re
import sys
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import ClassVar, Final

import rdflib
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Graph, Namespace

from contactpoint.vocabulary.formats import skos
from contactpoint.vocabulary.formats.formats import Format, decode
from contactpoint.vocabulary.formats.reading import SchemeReader
from contactpoint.vocabulary.formats.statements import Statements
from contactpoint.vocabulary.formats.writing import Triple, address, triples
from contactpoint.vocabulary.model import Scheme, VocabularyError

# "01" as a number is not to become "1": what was said is said again as it was.
rdflib.NORMALIZE_LITERALS = False
# A literal that does not fit its type is kept as it is; a stack trace for each says nothing more.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)

_PREFIXES: Final = {
    "dct": DCTERMS, "owl": OWL, "rdf": RDF, "rdfs": RDFS, "skos": SKOS, "xsd": XSD,
}  # fmt: skip


class RdfFormat(Format):
    """A format of RDF; a variant says how rdflib calls it and where a concept begins in it."""

    rdflib_name: ClassVar[str]

    def _read(self, data: bytes, name: str, scheme_id: str | None) -> Scheme:
        text = decode(data, name)
        if not text.strip():
            raise VocabularyError(f"{name} is empty. Give a file with a concept scheme.")
        statements = Statements()
        graph = Graph(store=statements, bind_namespaces="none")
        with _collecting_no_garbage():
            try:
                self._parse(graph, data, text, name)
            except VocabularyError:
                raise
            except RecursionError as error:
                raise VocabularyError(
                    f"{name}: brackets are nested more than {sys.getrecursionlimit()} deep. "
                    "SKOS needs no such nesting."
                ) from error
            except Exception as error:  # rdflib's parsers raise whatever Python raises
                reason = " ".join(str(error).split()) or type(error).__name__
                raise VocabularyError(
                    f"{name}: {reason[:300]}. Check the file with a {self.title} validator."
                ) from error
            return SchemeReader(statements, name, lambda slug: self._line_of(slug, text)).scheme(
                scheme_id
            )

    def write_concept(self, scheme: Scheme, concept_id: str) -> bytes:
        """One concept of the scheme, and what the scheme says of itself; `KeyError` if none."""
        return self._written(scheme, triples(scheme, concept_id))

    def _write(self, scheme: Scheme) -> bytes:
        return self._written(scheme, triples(scheme))

    def _written(self, scheme: Scheme, statements: Iterable[Triple]) -> bytes:
        graph = Graph(store=Statements(), bind_namespaces="none")
        for prefix, namespace in {**_PREFIXES, **_own_prefixes(scheme)}.items():
            graph.bind(prefix, namespace, override=True)
        for triple in statements:
            graph.add(triple)
        stream = BytesIO()
        self._serialize(graph, stream)
        return stream.getvalue()

    def _line_of(self, slug: str, text: str) -> int | None:
        match = re.search(self._begins(re.escape(slug)), text, re.MULTILINE)
        return text.count("\n", 0, match.end()) + 1 if match else None

    def _parse(self, graph: Graph, data: bytes, text: str, name: str) -> None:
        graph.parse(data=data, format=self.rdflib_name, publicID=skos.MINTED)

    def _serialize(self, graph: Graph, stream: BytesIO) -> None:
        graph.serialize(stream, format=self.rdflib_name, encoding="utf-8")

    @abstractmethod
    def _begins(self, slug: str) -> str:
        """A regular expression for the place where the concept with this id begins."""


@contextmanager
def _collecting_no_garbage() -> Iterator[None]:
    """Millions of objects come to life at once; looking for dead ones costs a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _own_prefixes(scheme: Scheme) -> dict[str, Namespace]:
    """`concept:` for the folder that most concepts' addresses stand in."""
    counts: dict[str, int] = {}
    for concept in scheme.concepts.values():
        uri = str(address(concept))
        folder = uri[: len(uri) - len(skos.last_segment(uri))]
        counts[folder] = counts.get(folder, 0) + 1
    return {"concept": Namespace(max(counts, key=lambda one: (counts[one], one)))}
