"""What the labels say of a word: looked up in the tables, which are only read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from contactpoint.vocabulary.compiled import StoredConcepts, replaced
from contactpoint.vocabulary.entries import Entry, spellings
from contactpoint.vocabulary.inflection import WordForms, inflections
from contactpoint.vocabulary.model import Scheme
from contactpoint.vocabulary.normalise import fold
from contactpoint.vocabulary.tables import (
    ANY,
    NO_CONCEPT,
    Tables,
    build,
    false_friend_label,
    false_friends,
)

_ENTRY_LIMIT: Final = 15_000


class Found(NamedTuple):
    """A path through the trie from one word to another. `languages` is `None` where every word is
    a label's word as it stands, else the languages in which all of them are forms of it."""

    end: int
    entries: Sequence[Entry]
    languages: frozenset[str] | None


# For one word of a text: label words it may stand for, with the languages where that is inflection.
Forms = tuple[tuple[int, frozenset[str] | None], ...]
# Where a path through the trie stands, and the languages in which it is inflected.
Standing = tuple[int, frozenset[str] | None]
ROOT: Final[tuple[Standing, ...]] = ((0, None),)


class LabelIndex:
    """Labels by their words. `languages` are those that occur in the labels.

    Words are known by their number in the tables. Entries are made when they are first met; the
    memo of them can be thrown away, so threads may share an index.
    """

    def __init__(self, schemes: Iterable[Scheme], tables: Tables | None = None) -> None:
        """Compile the schemes, or take the tables that were compiled from them before."""
        self.schemes = tuple(schemes)
        self.scheme_order = {scheme.id: order for order, scheme in enumerate(self.schemes)}
        self.tables = build(self.schemes) if tables is None else tables
        tags = self.tables.languages
        self.sets = [frozenset(tags[number] for number in members) for members in self.tables.sets]
        self.languages = frozenset(tag for tag in tags if tag != ANY)
        self.only_as_written = frozenset(
            fold(word) for words in false_friends()["words"].values() for word in words
        )
        self.words = WordForms(
            self.tables.words, self.tables.keys, self.tables.key_word, self.tables.key_languages,
            self.sets,
        )  # fmt: skip
        self._concepts = [
            (scheme, list(scheme.concepts), start)
            for scheme, start in zip(self.schemes, _starts(self.schemes), strict=True)
        ]
        self._replaced = {scheme.id: _replaced(scheme) for scheme in self.schemes}
        self._entries: dict[int, Entry] = {}
        self._neighbours: dict[tuple[str, str], frozenset[str]] = {}

    def entry(self, number: int) -> Entry:
        """The entry of this number in the tables."""
        found = self._entries.get(number)
        if found is None:
            if len(self._entries) >= _ENTRY_LIMIT:
                self._entries = {}
            found = self._entries[number] = self._make(number)
        return found

    def _make(self, number: int) -> Entry:
        tables = self.tables
        concept, place = tables.entry_concept[number], tables.entry_label[number]
        language = tables.languages[tables.entry_language[number]]
        if concept == NO_CONCEPT:
            label = false_friend_label(language, place)
            return Entry.spelt(label.text, "", label, None)
        scheme, name = self._concept(concept)
        if isinstance(scheme.concepts, StoredConcepts):
            label = scheme.concepts.label(name, place)
        else:
            label = scheme.concepts[name].labels[place]
        for spelling, (text, made_by) in enumerate(spellings(label.text, language)):
            if spelling == tables.entry_spelling[number]:
                return Entry.spelt(text, made_by, label, name, scheme.id)
        raise IndexError(number)

    def _concept(self, number: int) -> tuple[Scheme, str]:
        for scheme, ids, start in reversed(self._concepts):
            if number >= start:
                return scheme, ids[number - start]
        raise IndexError(number)

    def neighbours(self, entry: Entry) -> frozenset[str]:
        """Ids of the concepts right above, below and beside that of an entry."""
        key = (entry.scheme, entry.concept or "")
        found = self._neighbours.get(key)
        if found is None:
            concept = self.schemes[self.scheme_order[key[0]]].concepts[key[1]]
            found = frozenset((*concept.broader, *concept.narrower, *concept.related))
            self._neighbours[key] = found
        return found

    def label(self, scheme: str, concept: str) -> str:
        """The English label of a concept, or what stands in for one."""
        return self.schemes[self.scheme_order[scheme]].concepts[concept].label("en")

    def successor(self, entry: Entry) -> str:
        """The id of the concept that has taken a deprecated one's place, or of the concept."""
        name = entry.concept or ""
        return self._replaced[entry.scheme].get(name, name)

    def is_known(self, folded: str) -> bool:
        """Whether a folded word stands in a label or in a false friend."""
        return self.tables.find_word(folded) >= 0

    def languages_of(self, folded: str) -> frozenset[str]:
        """The languages in whose labels a folded word stands."""
        word = self.tables.find_word(folded)
        return self.sets[self.tables.word_languages[word]] if word >= 0 else self.sets[0]

    def begins(self, forms: Forms, language: str | None) -> bool:
        """Whether a label that counts in a text of this language begins with one of these words."""
        for word, _ in forms:
            languages = self.sets[self.tables.word_opens[word]]
            if languages and (language is None or language in languages or ANY in languages):
                return True
        return False

    def forms(self, folded: str, languages: frozenset[str]) -> Forms:
        """What a word may stand for: itself where a label has it, and words it is a form of."""
        word = self.tables.find_word(folded)
        itself: Forms = ((word, None),) if word >= 0 else ()
        if folded in self.only_as_written:
            return itself
        return (*itself, *self.words.find(folded, languages).items())

    def step(self, standing: Iterable[Standing], forms: Forms) -> tuple[Standing, ...]:
        """Where paths through the trie stand after one word more; those that end are left out."""
        following: list[Standing] = []
        for node, languages in standing:
            for word, tags in forms:
                both = tags if languages is None else languages & tags if tags else languages
                if both is None or both:
                    child = self.tables.child(node, word)
                    if child >= 0:
                        following.append((child, both))
        return tuple(following)

    def ending(
        self, standing: Iterable[Standing], language: str | None, words: int
    ) -> Iterator[tuple[Entry, frozenset[str] | None]]:
        """The entries of so many words that end where paths stand and may be meant in a text of
        this language, in the order of the schemes and their labels, with the path's languages.

        A single word of another language is left out unless it is an abbreviation.
        """
        tables = self.tables
        found = []
        for node, languages in standing:
            for number in tables.leaves(node):
                tag = tables.languages[tables.entry_language[number]]
                if languages is not None and tag not in languages:
                    continue
                if language in {None, tag} or words > 1 or tables.entry_capitals[number]:
                    place = (tables.entry_concept[number], tables.entry_label[number], number)
                    found.append((place, languages))
        for (*_, number), languages in sorted(found, key=lambda one: one[0]):
            yield self.entry(number), languages

    def goes_on(self, standing: Iterable[Standing]) -> bool:
        """Whether any label has more words than these."""
        first = self.tables.first
        return any(first[node] < first[node + 1] for node, _ in standing)

    def walk(self, forms: Sequence[Forms], start: int) -> Iterator[Found]:
        """Every label that begins at word `start`, shorter ones first."""
        standing: tuple[Standing, ...] = ROOT
        for position in range(start, len(forms)):
            standing = self.step(standing, forms[position])
            if not standing:
                return
            for node, languages in standing:
                leaves = self.tables.leaves(node)
                if leaves:
                    yield Found(position + 1, [self.entry(n) for n in leaves], languages)

    def compact(self, text: str) -> list[Entry]:
        """Entries whose words, written as one, are `text`."""
        place = bisect_left(self.tables.compacts, text)
        if place == len(self.tables.compacts) or self.tables.compacts[place] != text:
            return []
        first = self.tables.compact_first
        return [
            self.entry(number)
            for number in self.tables.compact_entry[first[place] : first[place + 1]]
        ]

    def compacts_from(self, letter: str) -> list[str]:
        """Labels written as one word that begin with a letter."""
        compacts = self.tables.compacts
        return compacts[bisect_left(compacts, letter) : bisect_left(compacts, chr(ord(letter) + 1))]

    def single(self, folded: str, language: str) -> list[Entry]:
        """Labels of one word, abbreviations apart, in a language that writes compounds."""
        if folded not in self._singles:
            return []
        node = self.tables.child(0, self.tables.find_word(folded))
        found = [self.entry(number) for number in self.tables.leaves(node)]
        return [
            entry
            for entry in found
            if entry.language == language and entry.concept is not None and not entry.capitals
        ]

    @cached_property
    def _singles(self) -> frozenset[str]:
        """Words that are a whole label in a language that writes compounds."""
        tables = self.tables
        joining = {number for number, tag in enumerate(tables.languages) if compound_links(tag)}
        return frozenset(
            tables.words[tables.edge_word[edge]]
            for edge in range(tables.first[1])
            if any(tables.entry_language[number] in joining for number in tables.leaves(edge + 1))
        )


def _starts(schemes: Iterable[Scheme]) -> Iterator[int]:
    """The number of the first concept of each scheme."""
    start = 0
    for scheme in schemes:
        yield start
        start += len(scheme.concepts)


def _replaced(scheme: Scheme) -> dict[str, str]:
    """The successor of each concept that has one in the scheme."""
    if isinstance(scheme.concepts, StoredConcepts):
        return scheme.concepts.replaced
    return replaced(scheme.concepts)


def compound_links(language: str) -> tuple[str, ...]:
    """Letters that may stand between two parts of a compound; empty where a language has none."""
    rules = inflections().get(language)
    return rules.compounds if rules else ()
