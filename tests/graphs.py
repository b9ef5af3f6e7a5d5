"""Files as sets of statements, so that a test can say which are missing."""

from functools import cache

from rdflib import Graph
from rdflib.term import Node

from contactpoint.vocabulary.formats import FORMATS
from contactpoint.vocabulary.formats.blank_nodes import named
from contactpoint.vocabulary.formats.statements import Statements

Triple = tuple[Node, Node, Node]


@cache
def statements(data: bytes, format_name: str) -> set[Triple]:
    """What rdflib's parser finds in the file; nodes without address are named by what they say."""
    name = getattr(FORMATS[format_name], "rdflib_name")  # noqa: B009 — not all formats have one
    found = Statements()
    graph = Graph(store=found, bind_namespaces="none")
    graph.parse(data=data, format=name, publicID="https://contactpoint.example/id/")
    triples = [triple for triple, _graphs in found.triples(None)]
    names = named(triples)
    return {(names.get(one, one), by, names.get(other, other)) for one, by, other in triples}
