"""A scheme as a table, one concept a row, in the EMN's order of fields, and the table as a scheme.

The columns after the notes carry the rest of the model, so that nothing is lost. The row of the
scheme itself says `scheme` under Status; where its other statements are long there are several.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from contactpoint.vocabulary.formats import cells
from contactpoint.vocabulary.formats.cells import Tagged
from contactpoint.vocabulary.formats.rows import RowReader, Terms
from contactpoint.vocabulary.model import (
    Definition,
    Note,
    Scheme,
    VocabularyConcept,
    VocabularyError,
)

COLUMNS: Final = (
    *("Term", "ID", "Definition", "Source", "Translations", "Synonyms"),
    *("Broader", "Narrower", "Related", "Notes"),
    *("Hidden labels", "Exact match", "Close match", "Notation", "Status", "Replaced by"),
    *("Address", "Version", "Other statements"),
)
_ALIASES: Final = {
    "english term": "Term", "identifier": "ID", "term": "Term", "broader term": "Broader",
    "narrower term": "Narrower", "related term": "Related", "note": "Notes", "synonym": "Synonyms",
    "translation": "Translations", "definition": "Definition", "source": "Source",
    "uri": "Address", "code": "Notation",
}  # fmt: skip
_LONGEST_CELL: Final = 30_000
"""A workbook's cell holds 32,767 characters."""
Row = Mapping[str, str]
Numbered = tuple[int, list[str]]


def rows(scheme: Scheme) -> Iterator[list[str]]:
    """The header, the scheme's own row or rows, then each concept's; every cell safe to open."""
    yield list(COLUMNS)
    for row in _scheme_rows(scheme):
        yield _laid_out(row)
    names = Terms(scheme.concepts.values())
    for concept in scheme.concepts.values():
        yield _laid_out(_concept_row(concept, names))


def scheme_of(found: Iterator[Numbered], name: str, scheme_id: str | None, word: str) -> Scheme:
    """The scheme in numbered rows; `word` is what the format calls a row (`line`, `row`)."""
    header = next(((number, row) for number, row in found if any(row)), None)
    if header is None:
        raise VocabularyError(f"{name} is empty. Give a table with a header and a row a concept.")
    columns = _columns(*header, name, word)
    readers = [
        RowReader(dict(zip(columns, (cells.unsafe(cell) for cell in row), strict=False)),
                  f"{name}, {word} {number}")
        for number, row in found
        if any(cell.strip() for cell in row)
    ]  # fmt: skip
    own = [reader for reader in readers if reader.is_scheme]
    concepts: dict[str, VocabularyConcept] = {}
    for reader in (reader for reader in readers if not reader.is_scheme):
        concept = reader.concept()
        if concept.id in concepts:
            reader.wrong("ID", f"{concept.id!r} is also the id of another row. Rename one")
        concepts[concept.id] = concept
    if not concepts:
        raise VocabularyError(f"{name} holds no concept. Give each a row with its term.")
    names = Terms(concepts.values())
    by_id = {reader.id: reader for reader in readers if not reader.is_scheme}
    concepts = {slug: by_id[slug].related(one, names) for slug, one in concepts.items()}
    first = own[0] if own else None
    return Scheme(
        id=scheme_id or (first.id if first else "") or re.split(r"[/\\]", name)[-1].split(".")[0],
        version=cells.unescape(first.cell("Version")) if first else "",
        concepts=_completed(concepts),
        labels=first.scheme_labels() if first else (),
        uri=first.cell("Address") if first else "",
        other=tuple(sorted(statement for reader in own for statement in reader.statements())),
    )


def _columns(number: int, row: list[str], name: str, word: str) -> list[str]:
    known = {column.casefold(): column for column in COLUMNS}
    columns = []
    for cell in row:
        plain = re.sub(r"\(s\)|\s+", " ", cell.casefold()).strip()
        column = known.get(plain) or _ALIASES.get(plain) or _ALIASES.get(plain.rstrip("s"))
        if column is None and plain:
            raise VocabularyError(
                f"{name}, {word} {number}: there is no column {cell.strip()!r}. The columns are: "
                f"{', '.join(COLUMNS)}."
            )
        if column in columns:
            raise VocabularyError(
                f"{name}, {word} {number}: the column {column} comes twice. Keep one."
            )
        columns.append(column or "")
    if not {"Term", "Translations"} & set(columns):
        raise VocabularyError(
            f"{name}, {word} {number}: this is no header of a glossary. The first row names the "
            f"columns: {', '.join(COLUMNS[:10])}, …"
        )
    return columns


def _completed(concepts: dict[str, VocabularyConcept]) -> dict[str, VocabularyConcept]:
    """Broader and narrower, each completed from the other."""
    broader: dict[str, set[str]] = defaultdict(set)
    narrower: dict[str, set[str]] = defaultdict(set)
    for concept in concepts.values():
        for target in concept.broader:
            broader[concept.id].add(target)
            narrower[target].add(concept.id)
        for target in concept.narrower:
            narrower[concept.id].add(target)
            broader[target].add(concept.id)
    return {
        slug: replace(
            one, broader=tuple(sorted(broader[slug])), narrower=tuple(sorted(narrower[slug]))
        )
        for slug, one in concepts.items()
    }


def _laid_out(row: Row) -> list[str]:
    return [cells.safe(row.get(column, "")) for column in COLUMNS]


def _scheme_rows(scheme: Scheme) -> Iterator[Row]:
    statements = [" ".join(statement) + " ." for statement in scheme.other]
    parts: list[list[str]] = [[]]
    size = 0
    for statement in statements:
        size += len(statement) + 1
        if size > _LONGEST_CELL and parts[-1]:
            parts.append([])
            size = len(statement)
        parts[-1].append(statement)
    yield {
        "ID": scheme.id,
        "Translations": cells.joined(Tagged(one.text, one.language) for one in scheme.labels),
        "Status": "scheme",
        "Address": scheme.uri,
        "Version": cells.escape(scheme.version),
        "Other statements": "\n".join(parts[0]),
    }
    for part in parts[1:]:
        yield {"ID": scheme.id, "Status": "scheme", "Other statements": "\n".join(part)}


def _concept_row(concept: VocabularyConcept, names: Terms) -> Row:
    term = names.term(concept)
    by_kind: dict[str, list[Tagged]] = defaultdict(list)
    for label in concept.labels:
        if not label.language:
            raise VocabularyError(
                f"concept {concept.id!r}: its label {label.text!r} has no language. Give it one."
            )
        if (label.text, label.kind, label.language, label.variant) != (term, "preferred", "en", ""):
            by_kind[label.kind].append(Tagged(label.text, label.language, label.variant))
    return {
        "Term": term,
        "ID": concept.id,
        "Definition": _definitions(concept.definitions),
        "Source": _sources(concept.definitions),
        "Translations": cells.joined(by_kind["preferred"]),
        "Synonyms": cells.joined(by_kind["alternative"]),
        **{
            field.capitalize(): " ; ".join(
                names.shown(target) for target in getattr(concept, field)
            )
            for field in ("broader", "narrower", "related")
        },
        "Notes": "\n".join(_note(note) for note in concept.notes),
        "Hidden labels": cells.joined(by_kind["hidden"]),
        "Exact match": "\n".join(concept.exact_matches),
        "Close match": "\n".join(concept.close_matches),
        "Notation": cells.escape(concept.notation),
        "Status": concept.status,
        "Replaced by": names.shown(concept.replaced_by) if concept.replaced_by else "",
        "Address": concept.uri,
        "Other statements": "\n".join(" ".join(statement) + " ." for statement in concept.other),
    }


def _definitions(definitions: Iterable[Definition]) -> str:
    return "\n".join(
        f"{cells.tag(one.language, one.context)}: {cells.escape(one.text)}" for one in definitions
    )


def _sources(definitions: tuple[Definition, ...]) -> str:
    """One line where all definitions have the same source, else a line a definition."""
    sources = {one.source for one in definitions}
    if len(sources) == 1:
        text = cells.escape(sources.pop())
        if next(cells.lines(text), Tagged("")) == Tagged(text):
            return text
    return "\n".join(
        f"{cells.tag(one.language, one.context)}: {cells.escape(one.source)}".rstrip()
        for one in definitions
        if len(sources) or one.source
    )


def _note(note: Note) -> str:
    word = "" if note.kind == "note" else note.kind
    return f"{cells.tag(note.language, word=word)}: {cells.escape(note.text)}"
