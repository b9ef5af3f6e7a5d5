"""Statements to a `Scheme`, with everything that the model has no field for kept beside it.

A statement is *taken* if writing the model gives exactly it again; every other one is kept in
`other`, also where the model understood it (a label with a double space, a definition behind an
address). So a file that is read and written again lacks none of its statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, NoReturn

from rdflib import DCTERMS, OWL, RDF, SKOS, BNode, Literal, URIRef
from rdflib.term import Node

from contactpoint.vocabulary.formats import skos
from contactpoint.vocabulary.formats.blank_nodes import named
from contactpoint.vocabulary.formats.concepts import ConceptReader
from contactpoint.vocabulary.formats.formats import untellable
from contactpoint.vocabulary.formats.statements import Statements
from contactpoint.vocabulary.formats.terms import written
from contactpoint.vocabulary.model import Label, Scheme, VocabularyConcept, VocabularyError

_NAMED: Final = 5
Triple = tuple[Node, Node, Node]


class SchemeReader:
    """One pass over the statements of a file; `line_of` says where a concept begins in it."""

    def __init__(
        self, statements: Statements, name: str, line_of: Callable[[str], int | None]
    ) -> None:
        self.statements, self.name, self.line_of = statements, name, line_of
        self.all = self._typed(SKOS.Concept)
        self.schemes = self._typed(SKOS.ConceptScheme)
        self.taken: set[Triple] = set()
        self.pointed_at = self._pointed_at()

    def scheme(self, scheme_id: str | None) -> Scheme:
        """The scheme called `scheme_id`, the only one, or all read as one."""
        self._refuse_bad_terms()
        uri, is_one_of_many = self._chosen(scheme_id)
        subjects = self._subjects(uri if is_one_of_many else None)
        ids = self._ids(subjects)
        reader = ConceptReader(self, ids, uri)
        broader, narrower = self._hierarchy(reader, ids)
        concepts = {ids[one]: reader.concept(one, broader, narrower) for one in subjects}
        reader.take_definitions()
        labels = self._scheme_labels(uri) if uri is not None else ()
        version = self._version(uri) if uri is not None else ""
        if uri is not None:
            self.taken.add((uri, RDF.type, SKOS.ConceptScheme))
        kept = list(self._left(subjects, uri, reader.foreign if is_one_of_many else None))
        names = named(kept)
        about: dict[Node, list[tuple[str, str]]] = defaultdict(list)
        elsewhere = []
        for subject, predicate, value in kept:
            told = (written(predicate), written(names.get(value, value)))
            if subject in ids:
                about[subject].append(told)
            else:
                elsewhere.append((written(names.get(subject, subject)), *told))
        return Scheme(
            id=scheme_id or skos.last_segment(str(uri)),
            version=version,
            concepts={
                slug: _with_other(concepts[slug], about[subject]) for subject, slug in ids.items()
            },
            labels=labels,
            uri=str(uri or ""),
            other=tuple(sorted(elsewhere)),
        )

    def is_plain_node(self, node: Node) -> bool:
        """Whether a node has no address and nothing but one statement points to it."""
        return isinstance(node, BNode) and self.pointed_at[node] == 1

    def wrong(self, subject: Node, what: str, mend: str) -> NoReturn:
        """Say where, what and how to mend it."""
        slug = skos.last_segment(str(subject))
        line = self.line_of(slug)
        where = f", line {line}" if line else ""
        raise VocabularyError(f"{self.name}{where}: concept {slug!r}: {what}. {mend}")

    def _typed(self, kind: Node) -> set[Node]:
        return {
            subject
            for subject, said in self.statements.about.items()
            if kind in said.get(RDF.type, ())
        }

    def _pointed_at(self) -> dict[Node, int]:
        counts: dict[Node, int] = defaultdict(int)
        for said in self.statements.about.values():
            for values in said.values():
                for value in values:
                    if isinstance(value, BNode):
                        counts[value] += 1
        return counts

    def _refuse_bad_terms(self) -> None:
        seen: set[Node] = set()
        for subject, said in self.statements.about.items():
            terms = [subject, *said, *(value for values in said.values() for value in values)]
            for term in terms:
                if isinstance(term, Literal) and (what := untellable(str(term))):
                    self.wrong(subject, what, "Remove it.")
                address = term.datatype if isinstance(term, Literal) else term
                if not isinstance(address, URIRef) or address in seen:
                    continue
                seen.add(address)
                if not skos.is_address(str(address)):
                    line = self.line_of(skos.last_segment(str(subject)))
                    where = f", line {line}" if line else ""
                    raise VocabularyError(
                        f"{self.name}{where}: {str(address)!r} (said of {subject}) is no address. "
                        "Write spaces and signs in addresses as %20 and so on."
                    )

    def _chosen(self, scheme_id: str | None) -> tuple[Node | None, bool]:
        schemes = sorted(self.schemes, key=str)
        called = [uri for uri in schemes if skos.last_segment(str(uri)) == scheme_id]
        if scheme_id is None and len(schemes) > 1:
            names = ", ".join(skos.last_segment(str(uri)) for uri in schemes[:_NAMED])
            more = f" and {len(schemes) - _NAMED} more" if len(schemes) > _NAMED else ""
            raise VocabularyError(
                f"{self.name} holds several concept schemes ({names}{more}). "
                "Name one with scheme_id, or give a name of your own to read them as one."
            )
        if scheme_id is None and not schemes:
            raise VocabularyError(
                f"{self.name} holds no skos:ConceptScheme. Add one, or name it with scheme_id."
            )
        uri = called[0] if called else schemes[0] if len(schemes) == 1 else None
        if isinstance(uri, BNode):
            raise VocabularyError(
                f"{self.name}: the skos:ConceptScheme has no address. Give it one: <…> a "
                "skos:ConceptScheme ."
            )
        return uri, bool(called) and len(schemes) > 1

    def _subjects(self, only_in: Node | None) -> list[Node]:
        subjects = sorted(self.all, key=str)
        if only_in is not None:
            subjects = [
                one for one in subjects if only_in in self.statements.objects(one, SKOS.inScheme)
            ]
        if not subjects:
            raise VocabularyError(
                f"{self.name} holds no skos:Concept. Type each concept: <…> a skos:Concept ."
            )
        return subjects

    def _ids(self, subjects: Iterable[Node]) -> dict[Node, str]:
        ids: dict[Node, str] = {}
        owners: dict[str, Node] = {}
        for subject in subjects:
            slug = skos.last_segment(str(subject))
            if isinstance(subject, BNode):
                label = next(self.statements.objects(subject, SKOS.prefLabel), "without label")
                raise VocabularyError(
                    f"{self.name}: concept {str(label)!r} has no address. Write <…> a "
                    "skos:Concept ."
                )
            if slug in owners:
                self.wrong(
                    subject, f"its id {slug!r} is also that of {owners[slug]}", "Rename one."
                )
            owners[slug] = subject
            ids[subject] = slug
        return ids

    def _hierarchy(
        self, reader: ConceptReader, ids: dict[Node, str]
    ) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """Broader and narrower by id, each completed from the other."""
        broader: dict[str, set[str]] = defaultdict(set)
        narrower: dict[str, set[str]] = defaultdict(set)
        for subject, slug in ids.items():
            for parent in reader.targets(subject, SKOS.broader):
                broader[slug].add(parent)
                narrower[parent].add(slug)
            for child in reader.targets(subject, SKOS.narrower):
                narrower[slug].add(child)
                broader[child].add(slug)
        return broader, narrower

    def _scheme_labels(self, uri: Node) -> tuple[Label, ...]:
        """Titles; taken only where all are plain dct:title, for that is what we write."""
        found = [
            (predicate, value)
            for predicate in (DCTERMS.title, SKOS.prefLabel)
            for value in self.statements.objects(uri, predicate)
            if isinstance(value, Literal)
        ]
        if all(one == DCTERMS.title and value.datatype is None for one, value in found):
            self.taken.update((uri, predicate, value) for predicate, value in found)
        labels = {Label(str(value), (value.language or "").lower()) for _, value in found}
        return tuple(sorted(labels, key=lambda label: (label.language, label.text)))

    def _version(self, uri: Node) -> str:
        values = sorted((one for one in self.statements.objects(uri, OWL.versionInfo)), key=str)
        if not values:
            return ""
        if values[0] == Literal(str(values[0])):
            self.taken.add((uri, OWL.versionInfo, values[0]))
        return str(values[0])

    def _left(
        self, subjects: Iterable[Node], uri: Node | None, foreign: set[Node] | None
    ) -> Iterable[Triple]:
        """What nobody took. Of one scheme among many, nothing that is about the others;
        only that a neighbour beyond its borders stands in another scheme."""
        neighbours = foreign or set()
        skipped = set() if foreign is None else (self.all | self.schemes) - {*subjects, uri}
        for subject, said in self.statements.about.items():
            if subject in skipped and subject not in neighbours:
                continue
            for predicate, values in said.items():
                if subject in skipped and predicate != SKOS.inScheme:
                    continue
                for value in values:
                    triple = (subject, predicate, value)
                    if triple not in self.taken:
                        yield triple


def _with_other(concept: VocabularyConcept, other: list[tuple[str, str]]) -> VocabularyConcept:
    if not other:
        return concept
    return replace(concept, other=tuple(sorted(other)))
