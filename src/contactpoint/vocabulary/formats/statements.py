"""Where rdflib puts what it reads and finds what it writes: statements by subject, in order.

rdflib's own store keeps three indexes and every graph apart, and hands statements out in an order
that changes from process to process. We ask by subject only, and once; the same scheme makes the
same file; and statements of a named graph (JSON-LD) are read like all others.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import Any

from rdflib import Graph, URIRef
from rdflib.store import Store
from rdflib.term import Node


class Statements(Store):
    """`about[subject][predicate]` holds the objects, each once, in order."""

    context_aware = True
    graph_aware = True

    def __init__(self) -> None:
        super().__init__()
        self.about: dict[Node, dict[Node, dict[Node, None]]] = {}
        self._namespaces: dict[str, URIRef] = {}
        self._prefixes: dict[URIRef, str] = {}
        self._by_object: dict[Node, list[tuple[Node, Node, Node]]] | None = None

    def add(
        self, triple: tuple[Node, Node, Node], context: Any = None, quoted: bool = False
    ) -> None:
        """Keep one statement, whatever its graph."""
        subject, predicate, value = triple
        self._by_object = None
        try:
            self.about[subject][predicate][value] = None
        except KeyError:
            self.about.setdefault(subject, {}).setdefault(predicate, {})[value] = None

    def objects(self, subject: Node, predicate: Node) -> Iterator[Node]:
        """What `subject` says by `predicate`."""
        return iter(self.about.get(subject, {}).get(predicate, ()))

    def bind(self, prefix: str, namespace: URIRef, override: bool = True) -> None:
        """Parsers look up the prefixes that they have met."""
        self._namespaces[prefix] = namespace
        self._prefixes[namespace] = prefix

    def namespace(self, prefix: str) -> URIRef | None:
        """The address that a prefix stands for."""
        return self._namespaces.get(prefix)

    def prefix(self, namespace: URIRef) -> str | None:
        """The prefix that stands for an address."""
        return self._prefixes.get(namespace)

    def namespaces(self) -> Iterator[tuple[str, URIRef]]:
        """All prefixes met."""
        return iter(list(self._namespaces.items()))

    def add_graph(self, graph: Any) -> None:
        """Graphs are not told apart."""

    def contexts(self, triple: Any = None) -> Generator[Graph, None, None]:
        """Graphs are not told apart."""
        yield from ()

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        """The statements that fit a pattern, in order; serialisers ask, parsers hardly do."""
        subject, predicate, value = triple_pattern or (None, None, None)
        if value is not None and subject is None:
            found = self._pointing(value)
        else:
            found = self._said([subject] if subject is not None else list(self.about))
        for triple in found:
            fits = predicate in (None, triple[1]) and value in (None, triple[2])
            if fits:
                yield triple, iter((context,))

    def _said(self, subjects: Iterable[Node]) -> Iterator[tuple[Node, Node, Node]]:
        for subject in subjects:
            for predicate, values in self.about.get(subject, {}).items():
                for value in values:
                    yield subject, predicate, value

    def _pointing(self, value: Node) -> Iterable[tuple[Node, Node, Node]]:
        """Who points to `value`; the index is made when somebody first asks, and then holds."""
        if self._by_object is None:
            self._by_object = {}
            for triple in self._said(self.about):
                self._by_object.setdefault(triple[2], []).append(triple)
        return self._by_object.get(value, ())

    def __len__(self, context: Any = None) -> int:
        return sum(len(values) for one in self.about.values() for values in one.values())
