"""SKOS in Turtle to a `Scheme`: https://www.w3.org/TR/skos-reference/.

Reading is the slow part (rdflib parses some 20,000 statements a second), so callers read once and
keep the scheme; `stored` writes it in a form that loads in milliseconds.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, Literal
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node, URIRef

from contactpoint.vocabulary.model import (
    Definition,
    Label,
    LabelKind,
    Note,
    NoteKind,
    Scheme,
    Status,
    VocabularyConcept,
    VocabularyError,
)

_NAMED: Final = 5
LARGEST_FILE: Final = 64 * 1024 * 1024
_STATUSES: Final[dict[str, Status]] = {
    "proposed": "proposed", "candidate": "proposed", "draft": "proposed", "unstable": "proposed",
    "testing": "proposed", "approved": "approved", "accepted": "approved", "published": "approved",
    "valid": "approved", "stable": "approved", "current": "approved", "deprecated": "deprecated",
    "archaic": "deprecated", "withdrawn": "deprecated", "retired": "deprecated",
}  # fmt: skip
_LABELS: Final[tuple[tuple[str, LabelKind], ...]] = (
    ("prefLabel", "preferred"),
    ("altLabel", "alternative"),
    ("hiddenLabel", "hidden"),
)
_NOTES: Final[tuple[tuple[str, NoteKind], ...]] = (
    ("note", "note"),
    ("scopeNote", "scope"),
    ("editorialNote", "editorial"),
    ("historyNote", "history"),
    ("changeNote", "change"),
    ("example", "example"),
)


def read_turtle(source: Path | str | bytes, *, scheme_id: str | None = None) -> Scheme:
    """Read one SKOS concept scheme from a Turtle file (`Path` or path as `str`) or its bytes.

    `scheme_id` names the scheme; without it the last part of the scheme's address does. Of several
    schemes in a file it chooses one, or, where none is called so, reads them all as one. The id of
    a concept is the last part of its address. Raises `VocabularyError` naming the line or concept
    where something is wrong and what to do; `OSError` where the file can't be opened.
    """
    name, data = ("the data", source) if isinstance(source, bytes) else _load(Path(source))
    text = _decode(name, data)
    return _Reader(_parse(name, text), text, name).scheme(scheme_id)


def _load(path: Path) -> tuple[str, bytes]:
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise VocabularyError(
            f"{path.name} is {size // 2**20} MB; a vocabulary may be {LARGEST_FILE // 2**20} MB at "
            "most. Split it, or leave out what is not SKOS."
        )
    return path.name, path.read_bytes()


def _decode(name: str, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise VocabularyError(
            f"{name}, line {line}: this is not UTF-8 text. Save the file as UTF-8."
        ) from error
    if not text.strip():
        raise VocabularyError(f"{name} is empty. Give a Turtle file with a skos:ConceptScheme.")
    return text


def _parse(name: str, text: str) -> Graph:
    graph = Graph(bind_namespaces="none")
    limit = sys.getrecursionlimit()
    try:
        graph.parse(data=text, format="turtle", publicID="https://contactpoint.example/id/")
    except BadSyntax as error:
        reason = str(getattr(error, "_why", "")) or "not Turtle"
        raise VocabularyError(
            f"{name}, line {error.lines + 1}: {reason}. Mend the Turtle there; a missing ; or . "
            "on the line before is the usual cause."
        ) from error
    except RecursionError as error:
        raise VocabularyError(
            f"{name}: brackets are nested more than {limit} deep. SKOS needs no such nesting."
        ) from error
    except (ValueError, AttributeError, IndexError, KeyError, AssertionError) as error:
        raise VocabularyError(
            f"{name}: {error}. Check the file with a Turtle validator."
        ) from error
    return graph


def _last_segment(uri: str) -> str:
    return re.split(r"[/#]", uri.rstrip("/#"))[-1]


class _Reader:
    """One pass over a parsed file; `text` is kept to say on which line a concept begins."""

    def __init__(self, graph: Graph, text: str, name: str) -> None:
        self.graph, self.text, self.name = graph, text, name
        self.all: set[Node] = set()

    def scheme(self, scheme_id: str | None) -> Scheme:
        schemes = sorted(self.graph.subjects(RDF.type, SKOS.ConceptScheme), key=str)
        named = [uri for uri in schemes if _last_segment(str(uri)) == scheme_id]
        if scheme_id is None and len(schemes) > 1:
            names = ", ".join(_last_segment(str(uri)) for uri in schemes[:_NAMED])
            more = f" and {len(schemes) - _NAMED} more" if len(schemes) > _NAMED else ""
            raise VocabularyError(
                f"{self.name} holds several concept schemes ({names}{more}). "
                "Name one with scheme_id, or give a name of your own to read them as one."
            )
        if scheme_id is None and not schemes:
            raise VocabularyError(
                f"{self.name} holds no skos:ConceptScheme. Add one, or name it with scheme_id."
            )
        uri = named[0] if named else schemes[0] if len(schemes) == 1 else None
        concepts = self._concepts(named[0] if named and len(schemes) > 1 else None)
        return Scheme(
            id=scheme_id or _last_segment(str(uri)),
            version=self._text(uri, OWL.versionInfo) if uri is not None else "",
            concepts=concepts,
            labels=tuple(self._scheme_labels(uri)) if uri is not None else (),
            uri=str(uri or ""),
        )

    def _concepts(self, only_in: Node | None) -> dict[str, VocabularyConcept]:
        self.all = set(self.graph.subjects(RDF.type, SKOS.Concept))
        members = set(self.graph.subjects(SKOS.inScheme, only_in)) if only_in else self.all
        subjects = sorted(self.all & members, key=str)
        if not subjects:
            raise VocabularyError(
                f"{self.name} holds no skos:Concept. Type each concept: <…> a skos:Concept ."
            )
        ids: dict[Node, str] = {}
        owners: dict[str, Node] = {}
        for subject in subjects:
            slug = _last_segment(str(subject))
            if slug in owners:
                raise self._wrong(
                    subject, f"its id {slug!r} is also that of {owners[slug]}", "Rename one."
                )
            owners[slug] = subject
            ids[subject] = slug
        broader, narrower = self._hierarchy(ids)
        return {
            ids[subject]: self._concept(subject, ids, broader, narrower) for subject in subjects
        }

    def _hierarchy(self, ids: dict[Node, str]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """Broader and narrower by id, each completed from the other."""
        broader: dict[str, set[str]] = defaultdict(set)
        narrower: dict[str, set[str]] = defaultdict(set)
        for subject, slug in ids.items():
            for parent in self._ids(subject, SKOS.broader, ids):
                broader[slug].add(parent)
                narrower[parent].add(slug)
            for child in self._ids(subject, SKOS.narrower, ids):
                narrower[slug].add(child)
                broader[child].add(slug)
        return broader, narrower

    def _concept(
        self,
        subject: Node,
        ids: dict[Node, str],
        broader: dict[str, set[str]],
        narrower: dict[str, set[str]],
    ) -> VocabularyConcept:
        slug = ids[subject]
        return VocabularyConcept(
            id=slug,
            uri=str(subject),
            labels=tuple(self._labels(subject)),
            definitions=tuple(self._definitions(subject)),
            broader=tuple(sorted(broader[slug])),
            narrower=tuple(sorted(narrower[slug])),
            related=tuple(self._ids(subject, SKOS.related, ids)),
            exact_matches=self._addresses(subject, SKOS.exactMatch),
            close_matches=self._addresses(subject, SKOS.closeMatch),
            status=self._status(subject),
            replaced_by=next(iter(self._ids(subject, DCTERMS.isReplacedBy, ids)), ""),
            notation=self._text(subject, SKOS.notation),
            notes=tuple(
                Note(str(note), (note.language or "").lower(), kind)
                for predicate, kind in _NOTES
                for note in self._literals(subject, SKOS[predicate])
            ),
        )

    def _labels(self, subject: Node) -> Iterable[Label]:
        found: list[Label] = []
        preferred: set[str] = set()
        for predicate, kind in _LABELS:
            for literal in self._literals(subject, SKOS[predicate]):
                text = " ".join(str(literal).split())
                language = (literal.language or "").lower()
                if not language:
                    raise self._wrong(
                        subject, f"its label {text!r} has no language", f'Write "{text}"@en.'
                    )
                if not text:
                    raise self._wrong(subject, f"a label in {language!r} is empty", "Remove it.")
                if kind == "preferred" and language in preferred:
                    raise self._wrong(
                        subject,
                        f"it has two preferred labels in {language!r}",
                        "Make one of them a skos:altLabel.",
                    )
                if kind == "preferred":
                    preferred.add(language)
                found.append(Label(text, language, kind))
        if not preferred:
            raise self._wrong(subject, "it has no skos:prefLabel", 'Add one, e.g. "…"@en.')
        return found

    def _definitions(self, subject: Node) -> Iterable[Definition]:
        """Plain literals, or nodes with rdf:value and dct:source."""
        shared = self._text(subject, DCTERMS.source)
        for node in self.graph.objects(subject, SKOS.definition):
            values: list[Node] = [*self._literals(node, RDF.value)] or [node]
            source = self._text(node, DCTERMS.source) or shared
            for value in values:
                language = str(getattr(value, "language", "") or "").lower()
                yield Definition(" ".join(str(value).split()), language, source)

    def _status(self, subject: Node) -> Status:
        if self._text(subject, OWL.deprecated).lower() in {"true", "1"}:
            return "deprecated"
        for predicate, value in self.graph.predicate_objects(subject):
            if _last_segment(str(predicate)) in {"status", "term_status"}:
                status = _STATUSES.get(_last_segment(str(value)).lower())
                if status is None:
                    raise self._wrong(
                        subject,
                        f"its status {str(value)!r} is not known",
                        "Use proposed, approved or deprecated.",
                    )
                return status
        return "approved"

    def _ids(self, subject: Node, predicate: URIRef, ids: dict[Node, str]) -> list[str]:
        found = []
        for target in self.graph.objects(subject, predicate):
            if target not in self.all:
                raise self._wrong(
                    subject,
                    f"{_last_segment(str(predicate))} points to {target}, which is not in the file",
                    "Add that concept or mend the address.",
                )
            if target in ids:
                found.append(ids[target])
        return sorted(found)

    def _scheme_labels(self, uri: Node) -> Iterable[Label]:
        for predicate in (SKOS.prefLabel, DCTERMS.title):
            for literal in self._literals(uri, predicate):
                yield Label(str(literal), (literal.language or "").lower())

    def _addresses(self, subject: Node, predicate: URIRef) -> tuple[str, ...]:
        return tuple(sorted(str(target) for target in self.graph.objects(subject, predicate)))

    def _literals(self, subject: Node, predicate: URIRef) -> list[Literal]:
        return sorted(
            (
                value
                for value in self.graph.objects(subject, predicate)
                if isinstance(value, Literal)
            ),
            key=lambda value: (value.language or "", str(value)),
        )

    def _text(self, subject: Node, predicate: URIRef) -> str:
        return next((str(value) for value in self.graph.objects(subject, predicate)), "")

    def _wrong(self, subject: Node, what: str, mend: str) -> VocabularyError:
        slug = _last_segment(str(subject))
        begins = re.compile(rf"^\s*(?:<[^>]*[/#]|[\w-]*:){re.escape(slug)}>?\s", re.MULTILINE)
        match = begins.search(self.text)
        where = f", line {self.text.count(chr(10), 0, match.end()) + 1}" if match else ""
        return VocabularyError(f"{self.name}{where}: concept {slug!r}: {what}. {mend}")
