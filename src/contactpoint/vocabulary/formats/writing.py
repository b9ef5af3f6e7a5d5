"""A `Scheme` to statements: the reverse of `reading`.

What a file said beyond the model is said again, unless the model has since changed its mind: where
`other` holds a label or a status that the concept no longer has, the concept's own fields win.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import quote

from rdflib import DCTERMS, OWL, RDF, SKOS, BNode, Literal, URIRef
from rdflib.term import Node

from contactpoint.vocabulary.formats import skos
from contactpoint.vocabulary.formats.terms import parsed, written
from contactpoint.vocabulary.model import (
    Definition,
    Label,
    Note,
    Scheme,
    VocabularyConcept,
    VocabularyError,
)

Triple = tuple[Node, Node, Node]
_SCHEME: Final = written(SKOS.ConceptScheme)
_SOURCE: Final = written(DCTERMS.source)


def triples(scheme: Scheme, concept_id: str | None = None) -> Iterator[Triple]:
    """Every statement of the scheme, the scheme's own first, then each concept's in turn.

    With `concept_id` only those of one concept and of its scheme.
    """
    return _Writer(scheme).triples(concept_id)


def address(concept: VocabularyConcept) -> URIRef:
    """The concept's address, or one made from its id where it has none."""
    uri = concept.uri or f"{skos.MINTED}concept/{quote(concept.id, safe='')}"
    return _address(concept, uri)


def scheme_address(scheme: Scheme) -> URIRef | None:
    """The scheme's address; None where the concepts belong to the schemes named in `other`."""
    if scheme.uri:
        return URIRef(scheme.uri)
    has_own = any(value == _SCHEME for _, _, value in scheme.other)
    is_read = any(concept.uri for concept in scheme.concepts.values())
    if has_own or (is_read and not scheme.labels and not scheme.version):
        return None
    return URIRef(f"{skos.MINTED}scheme/{quote(scheme.id, safe='')}")


def _address(concept: VocabularyConcept, uri: str) -> URIRef:
    if not skos.is_address(uri):
        raise VocabularyError(
            f"concept {concept.id!r}: {uri!r} is no address. Write spaces and signs as %20 and so "
            "on."
        )
    return URIRef(uri)


class _Writer:
    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.uri = scheme_address(scheme)
        self.addresses = {one.id: address(one) for one in scheme.concepts.values()}
        self.nodes = 0
        self.as_nodes = any(
            skos.needs_node(definition, _shared(concept))
            for concept in scheme.concepts.values()
            for definition in concept.definitions
        )
        self.elsewhere: dict[Node, dict[Node, list[Node]]] = {}
        for statement in scheme.other:
            subject, predicate, value = map(parsed, statement)
            self.elsewhere.setdefault(subject, {}).setdefault(predicate, []).append(value)

    def triples(self, concept_id: str | None) -> Iterator[Triple]:
        if self.uri is not None:
            yield from self._scheme(self.uri)
        concepts = self.scheme.concepts
        for concept in [concepts[concept_id]] if concept_id else concepts.values():
            subject = self.addresses[concept.id]
            for predicate, value, node in self._concept(concept):
                yield subject, predicate, value
                yield from ((value, *one) for one in node.items())
        for about, statements in self.elsewhere.items():
            if about != self.uri and not concept_id:
                yield from ((about, *one) for one in _pairs(statements))

    def _scheme(self, uri: URIRef) -> Iterator[Triple]:
        yield uri, RDF.type, SKOS.ConceptScheme
        said: set[Label] = set()
        other = self.elsewhere.get(uri, {})
        for predicate, value in _pairs(other):
            if predicate in {SKOS.prefLabel, DCTERMS.title} and isinstance(value, Literal):
                label = Label(str(value), (value.language or "").lower())
                if label not in self.scheme.labels:
                    continue
                said.add(label)
            yield uri, predicate, value
        for label in self.scheme.labels:
            if label not in said:
                yield uri, DCTERMS.title, Literal(label.text, lang=label.language or None)
        versions = {str(value) for value in other.get(OWL.versionInfo, ())}
        if self.scheme.version and self.scheme.version not in versions:
            yield uri, OWL.versionInfo, Literal(self.scheme.version)

    def _concept(self, concept: VocabularyConcept) -> Iterator[tuple[Node, Node, dict[Node, Node]]]:
        """Predicate, object, and what the object says where it is a node of ours."""
        other = [(parsed(predicate), parsed(value)) for predicate, value in concept.other]
        shared = _shared(concept)
        kept = _Kept(concept, other, self.elsewhere)
        yield RDF.type, SKOS.Concept, {}
        if self.uri is not None:
            yield SKOS.inScheme, self.uri, {}
        for predicate, kind in skos.LABELS.items():
            for label in concept.labels:
                if label.kind == kind and label not in kept.items:
                    yield predicate, self._literal(concept, label), {}
        if concept.notation and concept.notation not in kept.notations:
            yield SKOS.notation, Literal(concept.notation), {}
        for definition in concept.definitions:
            if definition not in kept.items:
                yield self._definition(definition, shared)
        for predicate, note_kind in skos.NOTES.items():
            for note in concept.notes:
                if note.kind == note_kind and note not in kept.items:
                    yield predicate, Literal(note.text, lang=note.language or None), {}
        yield from ((*one, {}) for one in self._relations(concept))
        if concept.status in skos.STATUS_STATEMENTS and not kept.has_status:
            yield (*skos.STATUS_STATEMENTS[concept.status], {})
        yield from ((*one, {}) for one in kept.statements)

    def _literal(self, concept: VocabularyConcept, label: Label) -> Literal:
        if not label.language:
            raise VocabularyError(
                f"concept {concept.id!r}: its label {label.text!r} has no language. Give it one."
            )
        return Literal(label.text, lang=skos.language_tag(label.language, label.variant))

    def _definition(
        self, definition: Definition, shared: str
    ) -> tuple[Node, Node, dict[Node, Node]]:
        terms = skos.definition_terms(definition, shared, as_nodes=self.as_nodes)
        if isinstance(terms, Literal):
            return SKOS.definition, terms, {}
        self.nodes += 1
        return SKOS.definition, BNode(f"d{self.nodes}"), terms

    def _relations(self, concept: VocabularyConcept) -> Iterator[tuple[Node, Node]]:
        for field, predicate in skos.RELATIONS.items():
            for target in getattr(concept, field):
                yield predicate, self._target(concept, field, target)
        for field, predicate in skos.MATCHES.items():
            for target in getattr(concept, field):
                yield predicate, _address(concept, target)
        if concept.replaced_by:
            target = self._target(concept, "replaced_by", concept.replaced_by)
            yield DCTERMS.isReplacedBy, target

    def _target(self, concept: VocabularyConcept, field: str, target: str) -> URIRef:
        try:
            return self.addresses[target]
        except KeyError:
            raise VocabularyError(
                f"concept {concept.id!r}: {field.replace('_', ' ')} names {target!r}, which the "
                "scheme does not have. Add that concept, or remove the relation."
            ) from None


class _Kept:
    """What of `other` still holds, and which fields of the model it says already."""

    def __init__(
        self,
        concept: VocabularyConcept,
        other: list[tuple[Node, Node]],
        elsewhere: Mapping[Node, Mapping[Node, list[Node]]],
    ) -> None:
        self.items: set[object] = set()
        self.statements: list[tuple[Node, Node]] = []
        self.notations = {str(value) for predicate, value in other if predicate == SKOS.notation}
        has: set[object] = {*concept.labels, *concept.definitions, *concept.notes}
        shared = _shared(concept)
        found = [skos.status_of(*one)[1] for one in sorted(other, key=lambda one: str(one[0]))]
        said = next((status for status in found if status), None)
        is_stale = said is not None and concept.status not in {said, "deprecated"}
        self.has_status = said == concept.status
        for predicate, value in other:
            if is_stale and skos.status_of(predicate, value)[0]:
                continue
            items = set(_items(predicate, value, shared, elsewhere))
            if not items or items & has:
                self.items |= items
                self.statements.append((predicate, value))


def _shared(concept: VocabularyConcept) -> str:
    """The source that the concept gives for all its definitions."""
    terms = (parsed(value) for about, value in concept.other if about == _SOURCE)
    return min(map(str, terms), default="")


def _pairs(said: Mapping[Node, list[Node]]) -> Iterator[tuple[Node, Node]]:
    return ((predicate, value) for predicate, values in said.items() for value in values)


def _items(
    predicate: Node,
    value: Node,
    shared: str,
    elsewhere: Mapping[Node, Mapping[Node, list[Node]]],
) -> Iterator[object]:
    """The fields of the model that a statement is read as."""
    if isinstance(value, Literal):
        language = (value.language or "").lower()
        if predicate in skos.LABELS:
            language, variant = skos.language_and_variant(language)
            yield Label(skos.clean(str(value)), language, skos.LABELS[predicate], variant)
        elif predicate in skos.NOTES:
            yield Note(str(value), language, skos.NOTES[predicate])
        elif predicate == SKOS.definition:
            yield Definition(skos.clean(str(value)), language, shared)
    elif predicate == SKOS.definition:
        said = elsewhere.get(value, {})
        source = min(map(str, said.get(DCTERMS.source, ())), default=shared)
        context = min(map(str, said.get(DCTERMS.coverage, ())), default="")
        for one in said.get(RDF.value, ()):
            if isinstance(one, Literal):
                text, language = skos.clean(str(one)), (one.language or "").lower()
                yield Definition(text, language, source, context)
