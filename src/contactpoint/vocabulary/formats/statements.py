"""Where rdflib's parsers put what they read: the statements by subject, in the order of the file.

rdflib's own store keeps three indexes and every graph apart. We ask by subject only, and once; and
statements of a named graph (JSON-LD) are read like all others.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
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

    def add(
        self, triple: tuple[Node, Node, Node], context: Any = None, quoted: bool = False
    ) -> None:
        """Keep one statement, whatever its graph."""
        subject, predicate, value = triple
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
        """All statements; parsers ask only whether there is one."""
        for subject, predicates in self.about.items():
            for predicate, values in predicates.items():
                for value in values:
                    yield (subject, predicate, value), iter((context,))

    def __len__(self, context: Any = None) -> int:
        return sum(len(values) for one in self.about.values() for values in one.values())
