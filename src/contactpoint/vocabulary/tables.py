"""All labels of all schemes and languages as flat tables: sorted words, and a trie over them.

A dictionary a node costs half a gigabyte for EuroVoc in 27 languages; arrays of numbers cost a
twentieth, are written to a file as they are, and are read back without being built again.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from contactpoint.vocabulary.collecting import without_collecting
from contactpoint.vocabulary.entries import capitals_of, primary, spellings
from contactpoint.vocabulary.inflection import inflections, read_data
from contactpoint.vocabulary.model import Label, Scheme
from contactpoint.vocabulary.normalise import tokenise

# Stands among languages: a label that counts in a text of any language.
ANY: Final = "*"
# In place of a concept's number: the entry is a false friend.
NO_CONCEPT: Final = 0xFFFFFFFF
NUMBERS: Final = "I"
NUMBER_TABLES: Final = (
    "word_languages", "word_opens", "first", "edge_word", "leaf",
    "entry_concept", "entry_label", "entry_spelling", "entry_language", "entry_capitals",
    "key_word", "key_languages", "compact_first", "compact_entry",
)  # fmt: skip
WORD_TABLES: Final = ("words", "keys", "compacts")

Numbers = Sequence[int]


class Tables(NamedTuple):
    """The tables. Numbers of words, nodes, entries and sets of languages are positions in them.

    `words`            folded words of labels, sorted
    `word_languages`   a word: the set of languages in whose labels it stands
    `word_opens`       a word: the set of languages in whose texts a label may begin with it
    `first`            a trie node: its first edge (the last one more, as for every `…first`)
    `edge_word`        an edge: its word; sorted within a node; edge n leads to node n + 1
    `leaf`             a trie node: the first of the entries that end there, and the one after
    `entry_…`          an entry: concept (in the order of the schemes), label of that concept,
                       spelling of that label, language, letters that are an abbreviation
    `keys`             words, and what they are without an article or a mutation, sorted
    `key_word`, `key_languages`   a key: its word, and the set of languages
    `compacts`         labels written as one word, sorted
    `compact_first`, `compact_entry`   a compact label: its entries
    `languages`        tags; `sets` sorted tuples of their positions
    """

    languages: tuple[str, ...]
    sets: tuple[tuple[int, ...], ...]
    words: list[str]
    word_languages: Numbers
    word_opens: Numbers
    first: Numbers
    edge_word: Numbers
    leaf: Numbers
    entry_concept: Numbers
    entry_label: Numbers
    entry_spelling: Numbers
    entry_language: Numbers
    entry_capitals: Numbers
    keys: list[str]
    key_word: Numbers
    key_languages: Numbers
    compacts: list[str]
    compact_first: Numbers
    compact_entry: Numbers

    def find_word(self, folded: str) -> int:
        """The number of a folded word, or -1 where no label has it."""
        place = bisect_left(self.words, folded)
        return place if place < len(self.words) and self.words[place] == folded else -1

    def child(self, node: int, word: int) -> int:
        """The node that `word` leads to from `node`, or -1."""
        last = self.first[node + 1]
        place = bisect_left(self.edge_word, word, self.first[node], last)
        return place + 1 if place < last and self.edge_word[place] == word else -1

    def leaves(self, node: int) -> range:
        """The entries that end at a node."""
        return range(self.leaf[2 * node], self.leaf[2 * node + 1])


class _Row(NamedTuple):
    """One entry before it has a number: its folded words, and what the tables say of it."""

    words: tuple[str, ...]
    concept: int
    label: int
    spelling: int
    language: int
    capitals: int


def false_friends() -> dict[str, Any]:
    """Expressions that swallow a label, and words that match as written only."""
    return read_data("false_friends")


def false_friend_label(language: str, place: int) -> Label:
    """The label that stands for a false friend, which belongs to no concept."""
    return Label(false_friends()["phrases"][language][place], language, "hidden")


def build(schemes: Iterable[Scheme]) -> Tables:
    """Compile the labels of `schemes`; concepts are numbered through in their order."""
    with without_collecting():
        return _Builder(schemes).tables()


class _Builder:
    """Words, languages and sets get numbers as they are met; sorted ones at the end."""

    def __init__(self, schemes: Iterable[Scheme]) -> None:
        self.languages: dict[str, int] = {}
        self.sets: dict[tuple[int, ...], int] = {(): 0}
        self.rows: list[_Row] = []
        self.in_labels: defaultdict[str, set[int]] = defaultdict(set)
        self.opens: defaultdict[str, set[int]] = defaultdict(set)
        self.inflecting: defaultdict[str, set[int]] = defaultdict(set)
        number = 0
        for scheme in schemes:
            for concept in scheme.concepts.values():
                for place, label in enumerate(concept.labels):
                    self._add_label(number, place, label)
                number += 1
        self._add_false_friends()

    def _language(self, tag: str) -> int:
        return self.languages.setdefault(tag, len(self.languages))

    def _set(self, members: Iterable[int]) -> int:
        return self.sets.setdefault(tuple(sorted(members)), len(self.sets))

    def _add_label(self, concept: int, place: int, label: Label) -> None:
        tag = primary(label.language)
        language = self._language(tag)
        anywhere = self._language(ANY)
        for spelling, (text, _) in enumerate(spellings(label.text, tag)):
            folded = tuple([token.folded for token in tokenise(text)])
            if not folded or "" in folded:
                continue
            capitals = capitals_of(text)
            self.rows.append(_Row(folded, concept, place, spelling, language, capitals))
            opens = self.opens[folded[0]]
            opens.add(language)
            if len(folded) > 1 or capitals:
                opens.add(anywhere)
            for word in folded:
                self.in_labels[word].add(language)
                self.inflecting[word].add(language)

    def _add_false_friends(self) -> None:
        for tag, phrases in false_friends()["phrases"].items():
            if tag not in self.languages:
                continue
            language = self.languages[tag]
            for place, phrase in enumerate(phrases):
                folded = tuple([token.folded for token in tokenise(phrase)])
                self.rows.append(_Row(folded, NO_CONCEPT, place, 0, language, 0))
                self.opens[folded[0]].add(language)
                self.inflecting[folded[-1]].add(language)

    def tables(self) -> Tables:
        words = sorted({word for row in self.rows for word in row.words})
        numbers = {word: number for number, word in enumerate(words)}
        numbered = sorted(
            (tuple([numbers[word] for word in row.words]), order)
            for order, row in enumerate(self.rows)
        )
        rows = [self.rows[order] for _, order in numbered]
        keys = self._keys(words)
        compacts, compact_first, compact_entry = _compacts(rows)
        return Tables(
            tuple(self.languages),
            (),
            words,
            _numbers(self._set(self.in_labels.get(word, ())) for word in words),
            _numbers(self._set(self.opens.get(word, ())) for word in words),
            *_trie([label for label, _ in numbered]),
            _numbers(row.concept for row in rows),
            _numbers(row.label for row in rows),
            _numbers(row.spelling for row in rows),
            _numbers(row.language for row in rows),
            _numbers(row.capitals for row in rows),
            [key for key, _, _ in keys],
            _numbers(word for _, word, _ in keys),
            _numbers(languages for _, _, languages in keys),
            compacts,
            compact_first,
            compact_entry,
        )._replace(sets=tuple(self.sets))

    def _keys(self, words: Sequence[str]) -> list[tuple[str, int, int]]:
        tags = {number: tag for tag, number in self.languages.items()}
        rules = inflections()
        found: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
        for number, word in enumerate(words):
            for language in self.inflecting.get(word, ()):
                rule = rules.get(tags[language])
                for begun in rule.beginnings(word) if rule else ():
                    found[begun, number].add(language)
        return sorted((key, word, self._set(members)) for (key, word), members in found.items())


def _numbers(values: Iterable[int]) -> Numbers:
    return array(NUMBERS, values)


def _trie(labels: Sequence[tuple[int, ...]]) -> tuple[Numbers, Numbers, Numbers]:
    """First edges, words of edges and leaves, of labels that are sorted by their words.

    Breadth first, so that a node's children stand together and need no table of their own.
    """
    first, edge_word, leaf = array(NUMBERS), array(NUMBERS), array(NUMBERS)
    spans = [(0, len(labels), 0)]
    for low, high, depth in spans:
        first.append(len(edge_word))
        place = low
        while place < high and len(labels[place]) == depth:
            place += 1
        leaf.extend((low, place))
        while place < high:
            word = labels[place][depth]
            end = bisect_left(labels, word + 1, place, high, key=lambda label: label[depth])
            edge_word.append(word)
            spans.append((place, end, depth + 1))
            place = end
    first.append(len(edge_word))
    return first, edge_word, leaf


def _compacts(rows: Sequence[_Row]) -> tuple[list[str], Numbers, Numbers]:
    order = sorted(
        ("".join(row.words), number) for number, row in enumerate(rows) if row.concept != NO_CONCEPT
    )
    compacts: list[str] = []
    first = array(NUMBERS)
    for place, (compact, _) in enumerate(order):
        if not compacts or compacts[-1] != compact:
            compacts.append(compact)
            first.append(place)
    first.append(len(order))
    return compacts, first, array(NUMBERS, [number for _, number in order])
