"""One concept out of the statements about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn, Protocol

from rdflib import DCTERMS, RDF, SKOS, Literal, URIRef
from rdflib.term import Node

from contactpoint.vocabulary.formats import skos
from contactpoint.vocabulary.formats.statements import Statements
from contactpoint.vocabulary.model import Definition, Label, Note, Status, VocabularyConcept


class File(Protocol):
    """What a concept is read from."""

    statements: Statements
    all: set[Node]
    taken: set[tuple[Node, Node, Node]]

    def is_plain_node(self, node: Node) -> bool:
        """Whether a node has no address and nothing but one statement points to it."""
        ...

    def wrong(self, subject: Node, what: str, mend: str) -> NoReturn:
        """Raise an error that names the place."""
        ...


class ConceptReader:
    """Reads the concepts of one scheme; `foreign` collects neighbours that belong to another."""

    def __init__(self, file: File, ids: Mapping[Node, str], scheme: Node | None) -> None:
        self.file, self.ids, self.scheme = file, ids, scheme
        self.foreign: set[Node] = set()
        self.needs_nodes = False
        self.definitions: list[tuple[Node, Node, Definition, str]] = []

    def concept(
        self, subject: Node, broader: Mapping[str, set[str]], narrower: Mapping[str, set[str]]
    ) -> VocabularyConcept:
        """The concept; what is said exactly as the model says it is noted as taken."""
        slug = self.ids[subject]
        self._take(subject, RDF.type, SKOS.Concept)
        if self.scheme is not None:
            self._take(subject, SKOS.inScheme, self.scheme)
        return VocabularyConcept(
            id=slug,
            uri=str(subject),
            labels=self._labels(subject),
            definitions=self._definitions(subject),
            broader=tuple(sorted(broader.get(slug, ()))),
            narrower=tuple(sorted(narrower.get(slug, ()))),
            related=tuple(self.targets(subject, SKOS.related)),
            exact_matches=self._addresses(subject, SKOS.exactMatch),
            close_matches=self._addresses(subject, SKOS.closeMatch),
            status=self._status(subject),
            replaced_by=self._replaced_by(subject),
            notation=self._notation(subject),
            notes=self._notes(subject),
        )

    def targets(self, subject: Node, predicate: URIRef) -> list[str]:
        """The ids that a relation points to, inside this scheme."""
        found = []
        for target in self._said(subject, predicate):
            if target in self.ids:
                self._take(subject, predicate, target)
                found.append(self.ids[target])
            elif target in self.file.all or next(
                self.file.statements.objects(target, SKOS.inScheme), None
            ):
                self.foreign.add(target)
            else:
                self.file.wrong(
                    subject,
                    f"{skos.last_segment(str(predicate))} points to {target}, which is not in the "
                    "file",
                    "Add that concept or mend the address.",
                )
        return sorted(set(found))

    def _labels(self, subject: Node) -> tuple[Label, ...]:
        found: list[Label] = []
        preferred: dict[tuple[str, str], str] = {}
        for predicate, kind in skos.LABELS.items():
            seen: set[Label] = set()
            for literal in self._literals(subject, predicate):
                text = skos.clean(str(literal))
                language, variant = skos.language_and_variant(literal.language or "")
                if not language:
                    self.file.wrong(
                        subject, f"its label {text!r} has no language", f'Write "{text}"@en.'
                    )
                if not text:
                    self.file.wrong(subject, f"a label in {language!r} is empty", "Remove it.")
                label = Label(text, language, kind, variant)
                is_second = kind == "preferred" and (
                    preferred.setdefault((language, variant), text) != text
                )
                if is_second:
                    self.file.wrong(
                        subject,
                        f"it has two preferred labels in {literal.language!r}",
                        "Make one of them a skos:altLabel.",
                    )
                if (
                    text == str(literal)
                    and skos.language_tag(language, variant).lower()
                    == (literal.language or "").lower()
                ):
                    self._take(subject, predicate, literal)
                seen.add(label)
            found += sorted(seen, key=lambda one: (one.language, one.variant, one.text))
        if not preferred:
            self.file.wrong(subject, "it has no skos:prefLabel", 'Add one, e.g. "…"@en.')
        return tuple(found)

    def _definitions(self, subject: Node) -> tuple[Definition, ...]:
        """Plain literals, or nodes with rdf:value, dct:source and dct:coverage."""
        shared = min((str(one) for one in self._said(subject, DCTERMS.source)), default="")
        found: dict[Definition, None] = {}
        for node in self._said(subject, SKOS.definition):
            if isinstance(node, Literal):
                values, source, context = [node], shared, ""
            else:
                values = self._literals(node, RDF.value)
                source = min((str(one) for one in self._said(node, DCTERMS.source)), default=shared)
                context = min((str(one) for one in self._said(node, DCTERMS.coverage)), default="")
            for value in values:
                one = Definition(
                    skos.clean(str(value)), (value.language or "").lower(), source, context
                )
                found[one] = None
                self.needs_nodes = self.needs_nodes or skos.needs_node(one, shared)
                if len(values) == 1:
                    self.definitions.append((subject, node, one, shared))
        return tuple(
            sorted(found, key=lambda one: (one.language, one.context, one.text, one.source))
        )

    def take_definitions(self) -> None:
        """Note which definitions we would write as they were; all must have been read for that."""
        for subject, node, definition, shared in self.definitions:
            would_be = skos.definition_terms(definition, shared, as_nodes=self.needs_nodes)
            if isinstance(would_be, Literal):
                if node == would_be:
                    self._take(subject, SKOS.definition, node)
                continue
            said = self.file.statements.about.get(node, {})
            is_same = all(len(values) == 1 for values in said.values()) and would_be == {
                predicate: next(iter(values)) for predicate, values in said.items()
            }
            if is_same and self.file.is_plain_node(node):
                self._take(subject, SKOS.definition, node)
                for predicate, value in would_be.items():
                    self._take(node, predicate, value)

    def _status(self, subject: Node) -> Status:
        found: list[Status] = []
        statements = self.file.statements.about.get(subject, {})
        for predicate in sorted(statements, key=str):
            for value in sorted(statements[predicate], key=str):
                is_status, status = skos.status_of(predicate, value)
                if not is_status:
                    continue
                if status is None:
                    self.file.wrong(
                        subject,
                        f"its status {str(value)!r} is not known",
                        "Use proposed, approved or deprecated.",
                    )
                    continue
                if predicate == skos.STATUS_STATEMENTS["deprecated"][0]:
                    found.insert(0, status)
                else:
                    found.append(status)
        status = found[0] if found else "approved"
        if status in skos.STATUS_STATEMENTS:
            self._take(subject, *skos.STATUS_STATEMENTS[status])
        return status

    def _replaced_by(self, subject: Node) -> str:
        found = self.targets(subject, DCTERMS.isReplacedBy)
        for target in self._said(subject, DCTERMS.isReplacedBy):
            # Only one successor has a field; the others stay as they were said.
            if target in self.ids and self.ids[target] != found[0]:
                self.file.taken.discard((subject, DCTERMS.isReplacedBy, target))
        return found[0] if found else ""

    def _notation(self, subject: Node) -> str:
        found = sorted(self._said(subject, SKOS.notation), key=str)
        if not found:
            return ""
        if found[0] == Literal(str(found[0])):
            self._take(subject, SKOS.notation, found[0])
        return str(found[0])

    def _notes(self, subject: Node) -> tuple[Note, ...]:
        notes: dict[Note, None] = {}
        for predicate, kind in skos.NOTES.items():
            for literal in self._literals(subject, predicate):
                notes[Note(str(literal), (literal.language or "").lower(), kind)] = None
                if literal.datatype is None:
                    self._take(subject, predicate, literal)
        return tuple(notes)

    def _addresses(self, subject: Node, predicate: URIRef) -> tuple[str, ...]:
        found = [one for one in self._said(subject, predicate) if isinstance(one, URIRef)]
        for target in found:
            self._take(subject, predicate, target)
        return tuple(sorted(str(target) for target in found))

    def _literals(self, subject: Node, predicate: Node) -> list[Literal]:
        values = self._said(subject, predicate)
        return sorted(
            (value for value in values if isinstance(value, Literal)),
            key=lambda value: (value.language or "", str(value)),
        )

    def _said(self, subject: Node, predicate: Node) -> list[Node]:
        return list(self.file.statements.objects(subject, predicate))

    def _take(self, subject: Node, predicate: Node, value: Node) -> None:
        self.file.taken.add((subject, predicate, value))
