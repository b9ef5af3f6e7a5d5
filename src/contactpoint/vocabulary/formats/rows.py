"""One row of a table to a concept, and the names by which rows speak of each other."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, NoReturn, cast, get_args

from contactpoint.vocabulary.formats import cells, terms
from contactpoint.vocabulary.formats.cells import CellError, Tagged
from contactpoint.vocabulary.formats.formats import untellable
from contactpoint.vocabulary.formats.words import STATUSES
from contactpoint.vocabulary.model import (
    Definition,
    Label,
    LabelKind,
    Note,
    NoteKind,
    VocabularyConcept,
    VocabularyError,
)

_KINDS: Final = ("preferred", "alternative", "hidden")
_ENDS_IN_MARK: Final = re.compile(r"\s\([^()]+\)$")
_NOTE_KINDS: Final = get_args(NoteKind)


class Terms:
    """How a row names another concept: by its English term where no other has it, else by id."""

    def __init__(self, concepts: Iterable[VocabularyConcept]) -> None:
        self.terms: dict[str, str] = {}
        self.owners: dict[str, str] = {}
        english: Counter[str] = Counter()
        others: Counter[str] = Counter()
        named: list[tuple[str, str, bool]] = []
        for concept in concepts:
            self.terms[concept.id] = self.term(concept)
            preferred = {
                (label.text.casefold(), label.language == "en")
                for label in concept.labels
                if label.kind == "preferred"
            }
            for text, is_english in preferred:
                (english if is_english else others)[text] += 1
                named.append((text, concept.id, is_english))
        for text, slug, is_english in named:
            if (is_english and english[text] == 1) or (
                not is_english and others[text] == 1 and not english[text]
            ):
                self.owners[text] = slug

    @staticmethod
    def term(concept: VocabularyConcept) -> str:
        """The English preferred label, if it can stand alone in its cell."""
        found = [
            label.text
            for label in concept.labels
            if (label.kind, label.language, label.variant) == ("preferred", "en", "")
        ]
        return found[0] if found and not _ENDS_IN_MARK.search(found[0]) else ""

    def shown(self, slug: str) -> str:
        """What to write for a concept; `VocabularyError` where there is none."""
        if slug not in self.terms:
            raise VocabularyError(
                f"A concept names {slug!r}, which the scheme does not have. Add that concept, or "
                "remove the relation."
            )
        term = cells.escape(self.terms[slug], in_list=True)
        return term if term and self.found(self.terms[slug]) == slug else slug

    def found(self, text: str) -> str | None:
        """The id of the concept that is written so."""
        if text in self.terms:
            return text
        return self.owners.get(text.casefold())


class RowReader:
    """The cells of one row by column; errors say the row, the column and the concept."""

    def __init__(self, row: Mapping[str, str], place: str) -> None:
        self.row, self.place = row, place
        self.is_scheme = self.cell("Status").casefold() == "scheme"
        self.id = self.cell("ID") or _slug(self.cell("Term"))
        for column, text in row.items():
            if what := untellable(text):
                self.wrong(column, f"{what}. Remove it")

    def cell(self, column: str) -> str:
        """What stands under a column, empty where nothing does."""
        return self.row.get(column, "").strip(" \t\r\n")

    def wrong(self, column: str, what: str) -> NoReturn:
        """Say where and what; `what` ends with the mend."""
        about = f"concept {self.id!r}: " if self.id and not self.is_scheme else ""
        raise VocabularyError(f"{self.place}, column {column}: {about}{what}.")

    def concept(self) -> VocabularyConcept:
        """The concept without its relations, which need all rows."""
        if not self.id:
            self.wrong("Term", "the row has neither term nor id. Give it one of them")
        return VocabularyConcept(
            id=self.id,
            uri=self.cell("Address"),
            labels=self._labels(),
            definitions=self._definitions(),
            exact_matches=tuple(sorted(self.cell("Exact match").split())),
            close_matches=tuple(sorted(self.cell("Close match").split())),
            status=self._status(),  # type: ignore[arg-type]
            notation=cells.unescape(self.cell("Notation")),
            notes=self._notes(),
            other=self._other(),
        )

    def related(self, concept: VocabularyConcept, names: Terms) -> VocabularyConcept:
        """The concept with what it points to."""
        replaced_by = self._targets("Replaced by", names)
        return replace(
            concept,
            broader=self._targets("Broader", names),
            narrower=self._targets("Narrower", names),
            related=self._targets("Related", names),
            replaced_by=replaced_by[0] if replaced_by else "",
        )

    def scheme_labels(self) -> tuple[Label, ...]:
        """What the scheme is called."""
        found = [Label(one.text, one.language or "") for one in self._all("Translations", None)]
        if self.cell("Term"):
            found.append(Label(self.cell("Term"), "en"))
        return tuple(sorted(found, key=lambda label: (label.language, label.text)))

    def statements(self) -> Iterator[tuple[str, str, str]]:
        """Statements about no concept: subject, predicate, object."""
        for line in self._lines_of_terms():
            yield cast("tuple[str, str, str]", tuple(self._split(line, 3)))

    def _other(self) -> tuple[tuple[str, str], ...]:
        found = (self._split(line, 2) for line in self._lines_of_terms())
        return tuple(sorted(cast("tuple[str, str]", tuple(one)) for one in found))

    def _lines_of_terms(self) -> list[str]:
        return [line for line in self.cell("Other statements").split("\n") if line.strip()]

    def _split(self, line: str, count: int) -> list[str]:
        try:
            found = terms.split(line.strip(), count)
            for term in found:
                if what := untellable(str(terms.parsed(term))):
                    self.wrong("Other statements", f"{what}. Remove it")
        except VocabularyError as error:
            self.wrong("Other statements", str(error).rstrip("."))
        return found

    def _labels(self) -> tuple[Label, ...]:
        found: dict[Label, None] = {}
        preferred: set[tuple[str, str]] = set()
        term = self.cell("Term")
        if term:
            text, mark = cells.without_mark(term)
            found[Label(text, "en", "preferred", mark)] = None
            preferred.add(("en", mark))
        for column, kinds in (
            ("Translations", ("preferred", "alternative")),
            ("Synonyms", ("alternative", "alternative")),
            ("Hidden labels", ("hidden", "hidden")),
        ):
            default = None if column == "Translations" else "en"
            for one in self._all(column, default):
                key = (one.language or "", one.mark)
                if not one.language:
                    self.wrong(column, f"{one.text!r} has no language. Write it before")
                kind = kinds[0] if kinds[0] != "preferred" or key not in preferred else kinds[1]
                if kind == "preferred":
                    preferred.add(key)
                found[Label(one.text, one.language, cast(LabelKind, kind), one.mark)] = None
        if not preferred:
            self.wrong("Term", "it has no term in any language. Give it one")
        return tuple(
            sorted(
                found,
                key=lambda one: (_KINDS.index(one.kind), one.language, one.variant, one.text),
            )
        )

    def _definitions(self) -> tuple[Definition, ...]:
        """Texts by language and context; a source without a tag is that of all of them."""
        texts: list[Tagged] = []
        for one in self._lines("Definition"):
            if one.language is None and texts:
                # A cell that was wrapped by hand: the line goes on with the text before it.
                texts[-1] = replace(texts[-1], text=f"{texts[-1].text} {one.text.strip()}")
            else:
                texts.append(one)
        shared: list[str] = []
        own: dict[tuple[str, str], list[str]] = {}
        for one in self._lines("Source"):
            if one.language is None:
                shared.append(cells.unescape(one.text))
            else:
                own.setdefault((one.language, one.mark), []).append(cells.unescape(one.text))
        found = []
        for one in texts:
            language = "en" if one.language is None else one.language
            sources = own.get((language, one.mark)) or [" ".join(shared)]
            source = sources.pop(0) if len(sources) > 1 else sources[0]
            found.append(Definition(cells.unescape(one.text), language, source, one.mark))
        return tuple(
            sorted(found, key=lambda one: (one.language, one.context, one.text, one.source))
        )

    def _notes(self) -> tuple[Note, ...]:
        found = []
        for one in self._lines("Notes"):
            kind = one.word or "note"
            if one.language is None:
                found.append(Note(cells.unescape(one.text), "en"))
                continue
            if kind not in _NOTE_KINDS:
                self.wrong("Notes", f"{kind!r} is no kind of note. Write {', '.join(_NOTE_KINDS)}")
            found.append(Note(cells.unescape(one.text), one.language, cast(NoteKind, kind)))
        return tuple(
            sorted(found, key=lambda one: (_NOTE_KINDS.index(one.kind), one.language, one.text))
        )

    def _status(self) -> str:
        said = self.cell("Status").casefold()
        if said and said not in STATUSES:
            self.wrong("Status", f"{said!r} is no status. Write proposed, approved or deprecated")
        return STATUSES[said] if said else "approved"

    def _targets(self, column: str, names: Terms) -> tuple[str, ...]:
        found = set()
        for part in cells.split(self.cell(column).replace("\r\n", "\n"), r";|\n|(?<!\S)/(?!\S)"):
            text = cells.unescape(part)
            slug = names.found(text)
            if slug is None:
                self.wrong(
                    column,
                    f"{text!r} is the term or id of no row. Add a row for it, or mend the name",
                )
            found.add(slug)
        return tuple(sorted(found))

    def _all(self, column: str, default: str | None) -> list[Tagged]:
        try:
            groups = list(cells.alternatives(self.cell(column), default))
        except CellError as error:
            self.wrong(column, str(error))
        return [one for group in groups for one in group]

    def _lines(self, column: str) -> list[Tagged]:
        try:
            return list(cells.lines(self.cell(column)))
        except CellError as error:
            self.wrong(column, str(error))


def _slug(term: str) -> str:
    """An id from a term: `asylum seeker` becomes `asylum-seeker`."""
    plain = unicodedata.normalize("NFKD", term).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
