"""Names for nodes without an address that are the same at each reading of the same statements.

A parser invents names as it goes, so two readings of one file would differ. Here the name comes
from what the node says; where two say the same, from who points to them.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from rdflib import BNode
from rdflib.term import Node

from contactpoint.vocabulary.formats.terms import written

_ROUNDS: Final = 8
"""Nodes that point at each other in a ring are told apart by what stands so many steps away."""
Triple = tuple[Node, Node, Node]


def named(triples: Iterable[Triple]) -> dict[Node, BNode]:
    """A lasting name for each blank node of the triples."""
    says: dict[Node, list[tuple[Node, Node]]] = defaultdict(list)
    pointed_at: dict[Node, list[tuple[Node, Node]]] = defaultdict(list)
    nodes: dict[Node, None] = {}
    for subject, predicate, value in triples:
        if isinstance(subject, BNode):
            nodes[subject] = None
            says[subject].append((predicate, value))
        if isinstance(value, BNode):
            nodes[value] = None
            pointed_at[value].append((subject, predicate))
    digests = _digests(nodes, says)
    same: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        same[digests[node]].append(node)
    names: dict[Node, BNode] = {}
    for digest, group in same.items():
        group.sort(key=lambda node: _shown(pointed_at[node], digests))
        for number, node in enumerate(group):
            names[node] = BNode(f"b{digest[:16]}" + (f"x{number}" if number else ""))
    return names


def _digests(
    nodes: Iterable[Node], says: Mapping[Node, list[tuple[Node, Node]]]
) -> dict[Node, str]:
    """A digest of what each node says; leaves first, so that a list of any length is one pass."""
    waiting = {
        node: sum(1 for _, value in says.get(node, ()) if isinstance(value, BNode))
        for node in nodes
    }
    above: dict[Node, list[Node]] = defaultdict(list)
    for node, statements in says.items():
        for _, value in statements:
            if isinstance(value, BNode):
                above[value].append(node)
    digests: dict[Node, str] = {}
    ready = [node for node, count in waiting.items() if not count]
    while ready:
        node = ready.pop()
        digests[node] = _digest(says.get(node, ()), digests)
        for upper in above[node]:
            waiting[upper] -= 1
            if not waiting[upper]:
                ready.append(upper)
    ring = [node for node in waiting if node not in digests]
    for _ in range(_ROUNDS if ring else 0):
        digests |= {node: _digest(says.get(node, ()), digests) for node in ring}
    return digests


def _digest(statements: Iterable[tuple[Node, Node]], digests: Mapping[Node, str]) -> str:
    lines = sorted(
        f"{written(by)} {digests.get(one, '') if isinstance(one, BNode) else written(one)}"
        for by, one in statements
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _shown(
    pointing: Iterable[tuple[Node, Node]], digests: Mapping[Node, str]
) -> list[tuple[str, str]]:
    return sorted((digests.get(subject, written(subject)), str(by)) for subject, by in pointing)
