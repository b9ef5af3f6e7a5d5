"""Checks of hierarchy, relations and successors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from contactpoint.vocabulary.check.finding import Hit, Survey, rule

RELATIONS = ("broader", "narrower", "related")


@rule(
    "broader-cycle",
    "error",
    "It stands above itself: {path}. Remove one of these broader relations.",
)
def _broader_cycle(survey: Survey) -> Iterator[Hit]:
    """A concept is broader than itself by way of others; each ring is told once."""
    for ring in _rings(survey.broader):
        path = _way_round(ring, survey.broader)
        yield Hit(path[0], words={"path": " → ".join(path)})


@rule(
    "orphan",
    "warning",
    "It has no broader, narrower or related concept. Give it a place in the glossary.",
)
def _orphan(survey: Survey) -> Iterator[Hit]:
    """A concept has no relation at all, from either side."""
    joined: set[str] = set()
    for slug, concept in survey.concepts.items():
        for relation in RELATIONS:
            targets = [target for target in getattr(concept, relation) if target != slug]
            joined.update(targets)
            if targets:
                joined.add(slug)
    for slug in survey.living:
        if slug not in joined and len(survey.living) > 1:
            yield Hit(slug)


@rule(
    "relation-unknown",
    "error",
    "Its {relation} names {target}, which the scheme does not have. Add that concept, or remove "
    "the relation.",
)
def _relation_unknown(survey: Survey) -> Iterator[Hit]:
    """A relation leads to a concept that the scheme does not have."""
    for slug, concept in survey.concepts.items():
        for relation in RELATIONS:
            for target in getattr(concept, relation):
                if target not in survey.concepts:
                    yield Hit(slug, words={"relation": relation, "target": target})


@rule(
    "relation-deprecated",
    "warning",
    "Its {relation} names {target}, which is deprecated. Lead it to {instead}.",
)
def _relation_deprecated(survey: Survey) -> Iterator[Hit]:
    """A concept in use has a relation to one that was given up."""
    for slug, concept in survey.living.items():
        for relation in RELATIONS:
            for target in getattr(concept, relation):
                known = survey.concepts.get(target)
                if known is not None and known.status == "deprecated":
                    instead = known.replaced_by or "another concept, or remove it"
                    words = {"relation": relation, "target": target, "instead": instead}
                    yield Hit(slug, words=words)


@rule("related-self", "error", "It is related to itself. Remove the relation.")
def _related_self(survey: Survey) -> Iterator[Hit]:
    """A concept is related to itself."""
    for slug, concept in survey.concepts.items():
        if slug in concept.related:
            yield Hit(slug)


@rule(
    "related-one-sided",
    "hint",
    "It is related to {target}, which does not say so. Write the relation on both sides.",
)
def _related_one_sided(survey: Survey) -> Iterator[Hit]:
    """A relation is written on one side only, though it holds both ways."""
    for slug, concept in survey.concepts.items():
        for target in concept.related:
            other = survey.concepts.get(target)
            if other is not None and slug not in other.related:
                yield Hit(slug, words={"target": target})


@rule(
    "related-and-broader",
    "error",
    "{target} is both related and above it in the hierarchy. Remove one of the two.",
)
def _related_and_broader(survey: Survey) -> Iterator[Hit]:
    """Two concepts are related though one stands above the other, at whatever height (SKOS S27)."""
    pairs: dict[str, set[str]] = {}
    for slug, concept in survey.concepts.items():
        for target in concept.related:
            if target in survey.concepts and target != slug:
                pairs.setdefault(slug, set()).add(target)
                pairs.setdefault(target, set()).add(slug)
    for slug, targets in sorted(pairs.items()):
        for target in sorted(targets & _above(slug, survey.broader)):
            yield Hit(slug, words={"target": target})


@rule(
    "successor-missing",
    "warning",
    "It is deprecated and nothing takes its place. Name a successor, or say in a note why there "
    "is none.",
)
def _successor_missing(survey: Survey) -> Iterator[Hit]:
    """A deprecated concept names no successor, so that its readers are left without a way on."""
    for slug, concept in survey.concepts.items():
        if concept.status == "deprecated" and not concept.replaced_by:
            yield Hit(slug)


@rule(
    "successor-unknown",
    "error",
    "Its successor {target} is not in the scheme. Add that concept, or name another.",
)
def _successor_unknown(survey: Survey) -> Iterator[Hit]:
    """A successor is not a concept of the scheme."""
    for slug, concept in survey.concepts.items():
        if concept.replaced_by and concept.replaced_by not in survey.concepts:
            yield Hit(slug, words={"target": concept.replaced_by})


@rule(
    "successor-deprecated",
    "warning",
    "Its successor {target} is deprecated too. Lead it to {instead}.",
)
def _successor_deprecated(survey: Survey) -> Iterator[Hit]:
    """A successor was given up itself, so that readers are led twice, or to an end."""
    rings = {slug for ring in _rings(_successors(survey)) for slug in ring}
    for slug, concept in survey.concepts.items():
        successor = survey.concepts.get(concept.replaced_by)
        if slug not in rings and successor is not None and successor.status == "deprecated":
            last, seen = successor, {slug}
            while last.replaced_by in survey.concepts and last.id not in seen:
                seen.add(last.id)
                last = survey.concepts[last.replaced_by]
            instead = last.id if last.status != "deprecated" else "a concept that is in use"
            yield Hit(slug, words={"target": successor.id, "instead": instead})


@rule(
    "successor-cycle",
    "error",
    "Its successors lead back to it: {path}. Name one that is in use.",
)
def _successor_cycle(survey: Survey) -> Iterator[Hit]:
    """Concepts replace each other in a ring; each ring is told once."""
    successors = _successors(survey)
    for ring in _rings(successors):
        path = _way_round(ring, successors)
        yield Hit(path[0], words={"path": " → ".join(path)})


@rule(
    "successor-early",
    "warning",
    "It names {target} as its successor, but is not deprecated. Deprecate it, or remove the "
    "successor.",
)
def _successor_early(survey: Survey) -> Iterator[Hit]:
    """A concept in use names a successor."""
    for slug, concept in survey.living.items():
        if concept.replaced_by:
            yield Hit(slug, words={"target": concept.replaced_by})


def _successors(survey: Survey) -> Mapping[str, tuple[str, ...]]:
    return {
        slug: (concept.replaced_by,) if concept.replaced_by in survey.concepts else ()
        for slug, concept in survey.concepts.items()
    }


def _above(slug: str, broader: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    front = [slug]
    while front:
        for target in broader[front.pop()]:
            if target not in found:
                found.add(target)
                front.append(target)
    return found


def _rings(edges: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Nodes that reach each other, or one that reaches itself (Kosaraju, in linear time)."""
    backwards: dict[str, list[str]] = {node: [] for node in edges}
    for node, targets in edges.items():
        for target in targets:
            backwards[target].append(node)
    found: list[list[str]] = []
    seen: set[str] = set()
    for start in reversed(_in_order_of_finish(edges)):
        if start in seen:
            continue
        seen.add(start)
        ring, front = [], [start]
        while front:
            node = front.pop()
            ring.append(node)
            fresh = [other for other in backwards[node] if other not in seen]
            seen.update(fresh)
            front.extend(dict.fromkeys(fresh))
        if len(ring) > 1 or start in edges[start]:
            found.append(sorted(ring))
    return sorted(found)


def _in_order_of_finish(edges: Mapping[str, Iterable[str]]) -> list[str]:
    """Each node after all that it reaches, as far as rings let it; without recursion."""
    order: list[str] = []
    seen: set[str] = set()
    for start in edges:
        if start in seen:
            continue
        seen.add(start)
        work = [(start, iter(edges[start]))]
        while work:
            node, targets = work[-1]
            deeper = next((target for target in targets if target not in seen), None)
            if deeper is None:
                order.append(node)
                work.pop()
            else:
                seen.add(deeper)
                work.append((deeper, iter(edges[deeper])))
    return order


def _way_round(ring: list[str], edges: Mapping[str, Iterable[str]]) -> list[str]:
    """A shortest way from the ring's first node back to it: `["a", "b", "a"]`."""
    first, members = ring[0], set(ring)
    came_from: dict[str, str] = {}
    front = [first]
    for node in front:
        for target in edges[node]:
            if target == first:
                path = [first, node] if node != first else [first]
                while path[-1] != first:
                    path.append(came_from[path[-1]])
                return [first, *reversed(path[1:-1]), first]
            if target in members and target not in came_from:
                came_from[target] = node
                front.append(target)
    raise LookupError(f"{first} is in no ring.")
